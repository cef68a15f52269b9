// Types of matters, and what a change to a matter looks like while it is being written.
import { useGet } from '@/api/hooks';
import type { Field, Matter, MatterType, MatterTypeList, MatterWhole } from '@/api/types';

export const useMatterTypes = (enabled = true) =>
  useGet<MatterTypeList>('/matter-types', {}, enabled, 600_000);

export type Step = MatterWhole['timeline'][number];
export type Move = MatterWhole['moves'][number];
export type Values = Record<string, unknown>;

// A field that the version in force no longer declares is still shown, under its name.
const unknown = (name: string): Field => ({
  name,
  title: name,
  type: 'text',
  of: null,
  words: [],
  target: null,
  required: false,
  min: null,
  max: null,
  not_after: null,
  default: null,
});

export function fieldsOf(type: MatterType | undefined, matter: Pick<Matter, 'fields'>): Field[] {
  const declared = type?.fields ?? [];
  const names = new Set(declared.map((field) => field.name));
  return [
    ...declared,
    ...Object.keys(matter.fields)
      .filter((name) => !names.has(name))
      .map(unknown),
  ];
}

export type Change = {
  fields: Values;
  unit: string;
  into: string; // the matter that it is merged into
  due: string;
  reason: string;
  evidence: string[];
};
export const nothing: Change = {
  fields: {},
  unit: '',
  into: '',
  due: '',
  reason: '',
  evidence: [],
};

export type Asked = 'must' | 'may' | 'no';
// What a form asks for: fields of the type, and what every matter has.
export type Asks = {
  fields: Field[];
  unit: Asked;
  into?: Asked;
  due: Asked;
  reason: Asked;
  reasonTitle?: string; // where it is no reason
  evidence: Asked;
};

// A move demands each of its fields; a word on the way and something to prove it are welcome.
export function asksOf(move: Pick<Move, 'fields'>, type: MatterType | undefined): Asks {
  const asks = (name: string, otherwise: Asked): Asked =>
    move.fields.includes(name) ? 'must' : otherwise;
  const fields = move.fields.flatMap((name) => {
    const field = type?.fields.find((one) => one.name === name);
    return field ? [{ ...field, required: true }] : [];
  });
  return {
    fields,
    unit: asks('unit', 'no'),
    into: asks('into', 'no'),
    due: asks('due', 'no'),
    reason: asks('reason', 'may'),
    evidence: asks('evidence', 'may'),
  };
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (!Array.isArray(value)) return value;
  return value
    .map((item: unknown) => (typeof item === 'string' ? item.trim() : item))
    .filter((item) => item !== '');
}

// What is sent: fields as they were filled in, nothing that is empty, nothing that was not asked.
export function bodyOf(change: Change, asks: Asks) {
  const fields: Values = {};
  for (const { name } of asks.fields) {
    const value = trimmed(change.fields[name]);
    if (!isEmpty(value)) fields[name] = value;
  }
  const reason = change.reason.trim();
  return {
    fields,
    ...(asks.unit !== 'no' && change.unit ? { unit: change.unit } : {}),
    ...(asks.into === 'must' && change.into ? { into: change.into } : {}),
    ...(asks.due !== 'no' && change.due ? { due: change.due } : {}),
    ...(reason ? { reason } : {}),
    ...(change.evidence.length > 0 ? { evidence: change.evidence } : {}),
  };
}

// Only what became different; what was emptied is said to be empty.
export function differing(fields: Values, before: Values, asks: Asks): Values {
  const changed: Values = {};
  for (const { name } of asks.fields) {
    const now = fields[name] ?? null;
    if (JSON.stringify(now) !== JSON.stringify(before[name] ?? null)) changed[name] = now;
  }
  return changed;
}

// Where a refusal points in the form, which may stand below a pointer of what was sent: the message of
// one item is its whole list's.
export function wrongIn(error: unknown, below = ''): Map<string, string> {
  const wrong = new Map<string, string>();
  const refusals =
    (error as { problem?: { refusals: { where: string; message: string }[] } } | null)?.problem
      ?.refusals ?? [];
  for (const { where: whole, message } of refusals) {
    if (!whole.startsWith(below)) continue;
    const where = whole.slice(below.length);
    const depth = where.startsWith('/fields/') ? 3 : 2;
    wrong.set(where.split('/').slice(0, depth).join('/'), message);
  }
  return wrong;
}
