import type { Action } from '@/app/action';

export const indicatorActions: Action[] = [
  {
    label: 'place.figures',
    icon: 'figures',
    to: '/figures',
    permission: 'standing_read',
    place: 'rail',
    keys: 'g f',
  },
];
