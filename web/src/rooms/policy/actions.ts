import type { Action } from '@/app/action';

export const policyActions: Action[] = [
  {
    label: 'place.policy',
    icon: 'policy',
    to: '/policy',
    permission: 'pack_read',
    place: 'rail',
    keys: 'g p',
  },
];
