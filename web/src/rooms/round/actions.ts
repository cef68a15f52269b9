import type { Action } from '@/app/action';

export const roundActions: Action[] = [
  {
    label: 'place.rounds',
    icon: 'refresh',
    to: '/rounds',
    permission: 'matter_read',
    beyond: 'member',
    place: 'rail',
    keys: 'g d',
  },
  {
    label: 'look_round.title',
    icon: 'check',
    to: '/look-back-rounds',
    permission: 'matter_read',
    beyond: 'member',
    place: 'more',
  },
  {
    label: 'unit_draw.title',
    icon: 'search',
    to: '/unit-draws',
    permission: 'draw_read',
    place: 'more',
  },
];
