// What a matter says in words: its content in one line, its deadline, how it ended.
import type { Field, Matter, MatterType } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { comma, daysBetween, semicolon } from '@/i18n/format';
import type { Move } from './types';

// The first text that the type cannot do without is what the matter is about.
export function contentField(type: MatterType | undefined): Field | undefined {
  const texts = (type?.fields ?? []).filter((field) => field.type === 'text');
  return texts.find((field) => field.required) ?? texts[0];
}

export function contentOf(matter: Matter, type: MatterType | undefined): string {
  const field = contentField(type);
  const value = field ? matter.fields[field.name] : undefined;
  return typeof value === 'string' && value !== ''
    ? value
    : t('matter.nameless', { type: matter.type_title, id: matter.id });
}

// What practice keeps beside the content: the first texts that the type's moves ask for.
export function usualColumns(type: MatterType | undefined): string[] {
  const content = contentField(type)?.name;
  const asked = (type?.moves ?? []).flatMap((move) => move.fields);
  const isText = (field: Field) => field.type === 'text' || field.of === 'text';
  return (type?.fields ?? [])
    .filter((field) => field.name !== content && isText(field) && asked.includes(field.name))
    .slice(0, 2)
    .map((field) => field.name);
}

// As plain text, for a cell of a table or of a sheet.
export function plain(field: Field, value: unknown, names: Map<string, string>): string {
  if (value === undefined) return '';
  if (value === null) return t('record.hidden');
  const kind = field.of ?? field.type;
  const one = (item: unknown): string => {
    if (kind === 'bool') return t(item ? 'field.yes' : 'field.no');
    const text = String(item);
    if (kind === 'enum') return field.words.find((word) => word.code === text)?.title ?? text;
    return kind === 'unit' ? (names.get(text) ?? t('unit.closed_name', { id: text })) : text;
  };
  if (!Array.isArray(value)) return one(value);
  return value.map(one).join(kind === 'text' ? semicolon() : comma());
}

export type Lateness = 'late' | 'soon' | 'ahead' | 'none';
const soonDays = 7;

export function lateness(matter: Matter, today: string): Lateness {
  if (!matter.next_due || !matter.is_open) return 'none';
  if (matter.overdue) return 'late';
  return daysBetween(today, matter.next_due) <= soonDays ? 'soon' : 'ahead';
}

export function latenessText(matter: Matter, today: string): string {
  if (!matter.next_due) return '';
  const days = daysBetween(today, matter.next_due);
  switch (lateness(matter, today)) {
    case 'late':
      return t('matter.due.late', { days: -days });
    case 'soon':
      return days === 0 ? t('matter.due.today') : t('matter.due.soon', { days });
    default:
      return '';
  }
}

// What comes before the deadline: the last day of the step that is being taken.
export const stepDue = (matter: Matter): string | null =>
  matter.is_open && matter.next_due !== matter.due ? matter.next_due : null;

export const isExtended = (matter: Matter): boolean =>
  matter.first_due !== null && matter.first_due !== matter.due;

export const outcomeText = (outcome: string): string => wordOf('sentence.outcome', outcome);

// What leads on: further than here without ending it, or else to a solution.
export function mainMove(moves: Move[], type: MatterType | undefined, state: string): Move | null {
  const states = type?.states ?? [];
  const place = (id: string) => states.findIndex((one) => one.id === id);
  const ending = (move: Move) => states.find((one) => one.id === move.to);
  const on = moves
    .filter((move) => !ending(move)?.final && place(move.to) > place(state))
    .sort((a, b) => place(b.to) - place(a.to));
  return on[0] ?? moves.find((move) => ending(move)?.outcome === 'solved') ?? null;
}

export const stateText = (matter: Matter): string => matter.state_title ?? matter.state;

export const stateIn = (type: MatterType | undefined, state: string): string =>
  type?.states.find((one) => one.id === state)?.title ?? state;
