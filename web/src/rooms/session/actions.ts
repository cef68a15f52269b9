import type { Action } from '@/app/action';

export const sessionActions: Action[] = [
  { label: 'place.me', icon: 'user', to: '/me', place: 'more', keys: 'g m' },
];
