// A thing that a user can do: menus, the command palette and shortcuts are made from these.
import type { Me } from '@/api/types';
import type { IconName } from '@/ui/icon';

export type Action = {
  label: string; // key of a text
  icon: IconName;
  to: string;
  permission?: string; // none: being signed in is enough
  place?: 'rail' | 'more'; // where beside the palette it stands
  keys?: string; // "g t": one after the other
  beyond?: string; // not for who has no other role than this one
  only?: string; // for who has this role
};

// Whether this account can do it anywhere.
export function permits(me: Me, action: Action): boolean {
  if (action.permission && !me.permissions.includes(action.permission)) return false;
  const has = (role: string) => me.grants.some((grant) => grant.role === role);
  if (action.only && !has(action.only)) return false;
  return !action.beyond || me.grants.some((grant) => grant.role !== action.beyond);
}
