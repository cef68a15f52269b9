// Reading what was copied out of a spreadsheet: unit, date, kinds, content, place in each line.
import type { NewRecord, RecordType, Unit } from '@/api/types';
import type { Fields } from './types';

export type BackfillRow = { line: number; cells: string[]; body: NewRecord; wrong: string[] };

// "2026/3/5", "2026.3.5", "2026年3月5日" and "2026-03-05" → the last of them.
export function readDay(text: string): string | null {
  const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text.trim());
  if (!found) return null;
  const [, year, month, day] = found.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

const norm = (text: string) => text.replaceAll(/\s/g, '').toLowerCase();

function findUnit(text: string, units: Unit[]): Unit | undefined {
  const wanted = norm(text);
  if (!wanted) return units.length === 1 ? units[0] : undefined;
  const exact = units.find((unit) => norm(unit.name) === wanted || unit.code === text.trim());
  if (exact) return exact;
  const near = units.filter((unit) => norm(unit.name).includes(wanted));
  return near.length === 1 ? near[0] : undefined;
}

export function readRows(
  text: string,
  units: Unit[],
  types: RecordType[],
  today: string,
): BackfillRow[] {
  const rows: BackfillRow[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const cells = line.includes('\t') ? line.split('\t') : line.split(/[,，]/);
    const [unitText = '', dayText = '', kindText = '', content = '', place = ''] = cells.map(
      (cell) => cell.trim().replaceAll(/^"|"$/g, ''),
    );
    const date = readDay(dayText);
    if (rows.length === 0 && index === 0 && !date && !findKinds(kindText, types)) continue;
    const unit = findUnit(unitText, units);
    const kinds = findKinds(kindText, types);
    const wrong: string[] = [];
    if (!unit) wrong.push('backfill.wrong.unit');
    if (!date) wrong.push('backfill.wrong.date');
    else if (date > today) wrong.push('backfill.wrong.future');
    if (!kinds) wrong.push('backfill.wrong.kind');
    const fields = fieldsOf(kinds ?? [], content);
    if (!fields) wrong.push('backfill.wrong.content');
    rows.push({
      line: index + 1,
      cells: [unit?.name ?? unitText, date ?? dayText, kindText, content, place],
      body: {
        types: (kinds ?? []).map((kind) => kind.name),
        units: unit ? [unit.id] : [],
        date: date ?? '',
        ...(place ? { place } : {}),
        ...(fields && Object.keys(fields).length > 0 ? { fields } : {}),
      },
      wrong,
    });
  }
  return rows;
}

function findKinds(text: string, types: RecordType[]): RecordType[] | null {
  const words = text
    .split(/[、;；/+]/)
    .map(norm)
    .filter(Boolean);
  const found = words.map((word) =>
    types.find((type) => norm(type.title) === word || type.name === word),
  );
  return words.length > 0 && found.every((one) => one !== undefined)
    ? (found as RecordType[])
    : null;
}

// The content goes where a kind asks for text; a kind that asks for more cannot come from a sheet.
function fieldsOf(kinds: RecordType[], content: string): Fields | null {
  const fields: Fields = {};
  for (const kind of kinds) {
    for (const field of kind.fields.filter((one) => one.required)) {
      const lines = content
        .split(/[;；]/)
        .map((line) => line.trim())
        .filter(Boolean);
      const value = field.type === 'text' ? content : field.of === 'text' ? lines : null;
      if (value === null || value.length === 0) return null;
      fields[kind.name] = { ...fields[kind.name], [field.name]: value };
    }
  }
  return fields;
}
