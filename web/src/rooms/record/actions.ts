import type { Action } from '@/app/action';

export const recordActions: Action[] = [
  {
    label: 'place.records',
    icon: 'record',
    to: '/records',
    permission: 'record_read',
    beyond: 'member',
    place: 'rail',
    keys: 'g r',
  },
  {
    label: 'place.registers',
    icon: 'register',
    to: '/registers',
    permission: 'record_read',
    beyond: 'member',
    place: 'rail',
    keys: 'g n',
  },
  {
    label: 'record.enter.action',
    icon: 'plus',
    to: '/records/new',
    permission: 'record_enter',
    place: 'more',
    keys: 'n',
  },
  {
    label: 'record.grid.action',
    icon: 'grid',
    to: '/records/grid',
    permission: 'record_enter',
    place: 'more',
  },
  {
    label: 'record.backfill.action',
    icon: 'sheet',
    to: '/records/backfill',
    permission: 'record_enter',
    place: 'more',
  },
];
