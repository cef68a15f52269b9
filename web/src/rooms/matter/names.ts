// Names of units and persons that fields speak of, as far as they are open.
import { useQueries } from '@tanstack/react-query';
import { unitQuery } from '@/api/hooks';
import type { Field, Matter } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { useRoll } from '@/rooms/record/types';

export function unitsIn(matters: Matter[], fields: Field[]): string[] {
  const units = new Set<string>();
  for (const field of fields.filter((one) => (one.of ?? one.type) === 'unit')) {
    for (const matter of matters) {
      for (const unit of [matter.fields[field.name]].flat()) {
        if (typeof unit === 'string') units.add(unit);
      }
    }
  }
  return [...units];
}

export function useUnitNames(units: string[]): Map<string, string> {
  const found = useQueries({ queries: units.map(unitQuery) });
  const names = new Map<string, string>();
  for (const { data } of found) if (data) names.set(data.id, data.name);
  return names;
}

// The roll of one's own unit; that of others is not asked for.
export function useOwnRoll(unit: string, wanted = true) {
  const { me, units } = useSession();
  const named = useMay('member_names_read');
  const own = units.some((one) => one.id === unit);
  return useRoll([unit], me.today, wanted && named && own);
}
