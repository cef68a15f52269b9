// Entries of registers: what their fields say, and which of them stand on the same unit.
import type { Field, RecordType, RegisterEntry } from '@/api/types';
import { t } from '@/i18n/i18n';
import { aside, comma } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';

export type NamedUnit = { id: string; name: string | null };
export type NamedPerson = { name: string | null; posts: string[] };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isUnit = (value: unknown): value is NamedUnit => isObject(value) && 'id' in value;
export const isPerson = (value: unknown): value is NamedPerson =>
  isObject(value) && Array.isArray(value.posts);

// A name where it is open, else the posts; who holds none any more is only somebody.
export function personText(person: NamedPerson): string {
  const posts = person.posts.join(comma());
  if (person.name) return posts ? `${person.name}${aside(posts)}` : person.name;
  return posts || t('register.somebody');
}

const wordIn = (field: Field, code: string) =>
  field.words.find((word) => word.code === code)?.title ?? code;

export function textOf(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => textOf(field, one)).join(comma());
  if (isUnit(value)) return nameOf(value);
  if (isPerson(value)) return personText(value);
  if (typeof value === 'boolean') return t(value ? 'act.yes' : 'act.no');
  if (isObject(value)) return '';
  return wordIn(field, String(value));
}

// The fields of a type that are columns: dates stand in columns of their own, files in the record.
export const columnsOf = (type: RecordType): Field[] =>
  type.fields.filter(
    (field) => !['from', 'until'].includes(field.name) && ![field.type, field.of].includes('file'),
  );

const isOver = (entry: RegisterEntry, day: string) => entry.until !== null && entry.until <= day;
export const stateOf = (entry: RegisterEntry, day: string): 'ahead' | 'runs' | 'over' =>
  entry.from > day ? 'ahead' : isOver(entry, day) ? 'over' : 'runs';

/**
 * For each entry in force the others in force on the same unit, where the unit is part of what the
 * entry is: a contact point at a branch, not who is responsible for a measure.
 */
export function sharingOf(
  entries: RegisterEntry[],
  type: RecordType | undefined,
  day: string,
): Map<string, RegisterEntry[]> {
  const found = new Map<string, RegisterEntry[]>();
  const running = entries.filter((entry) => stateOf(entry, day) === 'runs');
  for (const field of type?.fields.filter(
    (one) => one.type === 'unit' && type.identity.includes(one.name),
  ) ?? []) {
    const byUnit = new Map<string, RegisterEntry[]>();
    for (const entry of running) {
      const unit = entry.fields[field.name];
      if (isUnit(unit)) byUnit.set(unit.id, [...(byUnit.get(unit.id) ?? []), entry]);
    }
    for (const same of byUnit.values()) {
      if (same.length < 2) continue;
      for (const entry of same)
        found.set(
          entry.record,
          same.filter((other) => other.record !== entry.record),
        );
    }
  }
  return found;
}
