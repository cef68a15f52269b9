// Names of the units that fields speak of, as far as they are open.
import { useQueries } from '@tanstack/react-query';
import { get } from '@/api/client';
import type { Field, Matter, UnitWithPaths } from '@/api/types';

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

export const nameQuery = (id: string) => ({
  queryKey: [`/units/${id}`, {}],
  queryFn: () => get<UnitWithPaths>(`/units/${id}`),
  staleTime: 300_000,
  retry: false,
});

export function useUnitNames(units: string[]): Map<string, string> {
  const found = useQueries({ queries: units.map(nameQuery) });
  const names = new Map<string, string>();
  for (const { data } of found) if (data) names.set(data.id, data.name);
  return names;
}
