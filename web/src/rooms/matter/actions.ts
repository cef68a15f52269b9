import type { Action } from '@/app/action';

export const matterActions: Action[] = [
  {
    label: 'place.ledger',
    icon: 'ledger',
    to: '/matters',
    permission: 'matter_read',
    beyond: 'member',
    place: 'rail',
    keys: 'g l',
  },
  {
    label: 'place.oversight',
    icon: 'search',
    to: '/oversight',
    permission: 'matter_read',
    only: 'inspector',
    place: 'rail',
    keys: 'g v',
  },
  {
    label: 'pack_view.title',
    icon: 'ledger',
    to: '/ledgers',
    permission: 'matter_read',
    beyond: 'member',
    place: 'more',
  },
  {
    label: 'matter.open.action',
    icon: 'plus',
    to: '/matters/new',
    permission: 'matter_open',
    place: 'more',
  },
  {
    label: 'look_back.title',
    icon: 'clock',
    to: '/look-backs',
    permission: 'matter_read',
    beyond: 'member',
    place: 'more',
  },
];
