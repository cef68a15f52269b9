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
  {
    label: 'values.action',
    icon: 'policy',
    to: '/policy?part=values',
    permission: 'pack_read',
    place: 'more',
  },
  {
    label: 'simulation.action',
    icon: 'policy',
    to: '/policy/simulation',
    permission: 'pack_propose',
    place: 'more',
  },
  {
    label: 'document.import.action',
    icon: 'upload',
    to: '/policy?import=',
    permission: 'pack_propose',
    place: 'more',
  },
];
