import type { Action } from '@/app/action';

export const sessionActions: Action[] = [
  { label: 'place.notices', icon: 'journal', to: '/notices', place: 'more', keys: 'g n' },
  { label: 'place.me', icon: 'user', to: '/me', place: 'more', keys: 'g m' },
];
