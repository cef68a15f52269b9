import type { Action } from '@/app/action';

export const campaignActions: Action[] = [
  {
    label: 'place.campaigns',
    icon: 'calendar',
    to: '/campaigns',
    permission: 'standing_read',
    place: 'rail',
    keys: 'g c',
  },
];
