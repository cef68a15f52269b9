// A thing that a user can do: menus, the command palette and shortcuts are made from these.
import type { IconName } from '@/ui/icon';

export type Action = {
  label: string; // key of a text
  icon: IconName;
  to: string;
  permission?: string; // none: being signed in is enough
  place?: 'rail' | 'more'; // where beside the palette it stands
  keys?: string; // "g t": one after the other
};
