// Names of units and persons that matters speak of, as far as they are open.
import type { Matter } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { nameOf } from '@/rooms/org/unit_name';
import { useRoll } from '@/rooms/record/types';

export const unitNamesIn = (matters: Matter[]): Map<string, string> =>
  new Map(matters.flatMap(({ units }) => units.map((unit) => [unit.id, nameOf(unit)] as const)));

// The roll of one's own unit; that of others is not asked for.
export function useOwnRoll(unit: string, wanted = true) {
  const { me, units } = useSession();
  const named = useMay('member_names_read');
  const own = units.some((one) => one.id === unit);
  return useRoll([unit], me.today, wanted && named && own);
}
