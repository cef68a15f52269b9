import type { Action } from '@/app/action';

export const complianceActions: Action[] = [
  {
    label: 'place.todo',
    icon: 'todo',
    to: '/todo',
    permission: 'record_enter',
    place: 'rail',
    keys: 'g t',
  },
  {
    label: 'place.standing',
    icon: 'standing',
    to: '/standing',
    permission: 'standing_read',
    place: 'rail',
    keys: 'g s',
  },
  {
    label: 'place.exemptions',
    icon: 'exemption',
    to: '/exemptions',
    permission: 'standing_read',
    place: 'rail',
    keys: 'g e',
  },
];
