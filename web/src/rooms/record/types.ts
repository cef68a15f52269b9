// Record types, the roll and what a record looks like while it is being written.
import { useQuery } from '@tanstack/react-query';
import { get } from '@/api/client';
import { useGet } from '@/api/hooks';
import { useObligations } from '@/rooms/compliance/hooks';
import type { Membership, NewRecord, RecordType, RecordTypeList, RollList } from '@/api/types';

export const useRecordTypes = () => useGet<RecordTypeList>('/record-types', {}, true, 600_000);

// Those that may serve a duty here: of the words of all, and of packs that are in force; besides
// what was chosen already.
export function useTypesInForce(chosen: string[] = []): RecordType[] | undefined {
  const types = useRecordTypes();
  const duties = useObligations();
  const all = types.data?.items;
  if (!all || !duties.data) return all;
  const packs = new Set(['core', ...duties.data.items.map((duty) => duty.pack)]);
  const packOf = (type: RecordType) => type.name.split('/')[0] ?? '';
  return all.filter((type) => packs.has(packOf(type)) || chosen.includes(type.name));
}

export const typeTitle = (types: RecordType[] | undefined, name: string): string =>
  types?.find((type) => type.name === name)?.title ?? name.split('/').at(-1) ?? name;

// Every member of the units on the day, all pages of them.
export function useRoll(units: string[], on: string, enabled = true) {
  return useQuery({
    queryKey: ['roll', units, on],
    queryFn: async ({ signal }) => {
      const members: Membership[] = [];
      for (const unit of units) {
        let cursor: string | null = null;
        do {
          const page: RollList = await get<RollList>(
            `/units/${unit}/roll`,
            { on, limit: 500, cursor },
            { signal },
          );
          members.push(...page.items);
          cursor = page.next_cursor;
        } while (cursor);
      }
      return members;
    },
    enabled: enabled && units.length > 0 && on !== '',
    staleTime: 300_000,
    retry: false,
  });
}

export type Fields = Record<string, Record<string, unknown>>;

export type Draft = {
  types: string[];
  units: string[];
  date: string;
  place: string;
  absent: string[];
  fields: Fields;
  reasons?: Record<string, string>; // by the address of the check that asks for one
};

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.filter((item) => item !== '').length === 0);

// What is sent: no empty members, no fields of kinds that were unticked again.
export function bodyOf(draft: Draft, present: string[], planned: boolean): NewRecord {
  const fields: Fields = {};
  for (const type of draft.types) {
    const given = Object.entries(draft.fields[type] ?? {})
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]) => [name, trimmed(value)]);
    if (given.length > 0) fields[type] = Object.fromEntries(given);
  }
  return {
    types: draft.types,
    units: draft.units,
    date: draft.date,
    ...(draft.place.trim() ? { place: draft.place.trim() } : {}),
    ...(planned ? {} : { present }),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}

function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) {
    return value
      .map((item: unknown) => (typeof item === 'string' ? item.trim() : item))
      .filter((item) => item !== '');
  }
  return value;
}

export const pointer = (...parts: string[]): string =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
