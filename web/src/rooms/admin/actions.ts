import type { Action } from '@/app/action';

export const adminActions: Action[] = [
  {
    label: 'admin.import.action',
    icon: 'upload',
    to: '/admin/import',
    permission: 'unit_change',
    place: 'more',
  },
  {
    label: 'admin.accounts.action',
    icon: 'key',
    to: '/admin/accounts',
    permission: 'account_read',
    place: 'more',
  },
  {
    label: 'admin.calendar.action',
    icon: 'calendar',
    to: '/admin/calendar',
    permission: 'pack_read',
    place: 'more',
  },
  {
    label: 'admin.journal.action',
    icon: 'journal',
    to: '/admin/journal',
    permission: 'journal_read',
    place: 'more',
  },
  {
    label: 'admin.outbox.action',
    icon: 'out',
    to: '/admin/outbox',
    permission: 'account_read',
    place: 'more',
  },
  { label: 'place.admin', icon: 'admin', to: '/admin', place: 'rail' },
];
