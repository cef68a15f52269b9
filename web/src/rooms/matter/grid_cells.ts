// Cells of the grid: which fields can be written there, what stands in them as text, what a text
// means for a field, and how what was copied from a sheet lies over the rows.
import type { Field, Matter, MatterType } from '@/api/types';

const kinds = new Set(['text', 'int', 'decimal', 'bool', 'enum', 'date']);

// Units and persons are chosen on the matter's page, files are put there.
export const isWritable = (field: Field): boolean =>
  kinds.has(field.type) || (field.type === 'list' && field.of === 'text');

export const writableFields = (type: MatterType): Field[] => type.fields.filter(isWritable);

// What stands there, as it would be typed. A value that is hidden from the reader is null.
export function cellText(field: Field, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(String).join('\n');
  if (field.type === 'bool') return value ? 'true' : 'false';
  return String(value);
}
export const isHidden = (matter: Matter, field: Field): boolean =>
  matter.fields[field.name] === null;

export type Cell = { value: unknown } | { fault: string }; // a key of a text

const yes = new Set(['是', 'yes', 'true', '1', '√', '✓', 'y']);
const no = new Set(['否', 'no', 'false', '0', '×', 'n']);

function dayIn(text: string): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

// Empty empties the field; the server says whether it may be.
export function parsedCell(field: Field, typed: string): Cell {
  const text = typed.trim();
  if (text === '') return field.required ? { fault: 'matter.grid.required' } : { value: null };
  switch (field.type) {
    case 'int':
    case 'decimal': {
      const plain = text.replaceAll(/[,，\s]/g, '');
      const number = Number(plain);
      const fits = field.type === 'int' ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/;
      if (!fits.test(plain)) return { fault: 'matter.grid.number' };
      if (field.min !== null && number < field.min) return { fault: 'matter.grid.range' };
      if (field.max !== null && number > field.max) return { fault: 'matter.grid.range' };
      return { value: field.type === 'int' ? number : plain };
    }
    case 'bool':
      if (yes.has(text.toLowerCase())) return { value: true };
      return no.has(text.toLowerCase()) ? { value: false } : { fault: 'matter.grid.yes_no' };
    case 'date': {
      const day = dayIn(text);
      return day ? { value: day } : { fault: 'matter.grid.date' };
    }
    case 'enum': {
      const word = field.words.find((one) => one.title === text || one.code === text);
      return word ? { value: word.code } : { fault: 'matter.grid.word' };
    }
    case 'list':
      return {
        value: text
          .split(/\n|[；;]/)
          .map((item) => item.trim())
          .filter(Boolean),
      };
    default:
      return { value: text };
  }
}

// Rows of cells, as a sheet puts them on the clipboard; a quoted cell may hold line breaks.
export function pastedCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  const plain = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  if (plain === '') return [];
  for (let i = 0; i < plain.length; i += 1) {
    const char = plain[i] ?? '';
    if (quoted && char === '"' && plain[i + 1] === '"') {
      cell += char;
      i += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (char === '\t' && !quoted) endCell();
    else if (char === '\n' && !quoted) endRow();
    else cell += char;
  }
  endRow();
  return rows;
}

// What was typed: by matter, by field.
export type Typed = Record<string, Record<string, string>>;

export function withCell(typed: Typed, id: string, name: string, text: string, before: string) {
  const { [name]: _, ...rest } = typed[id] ?? {};
  const row = text === before ? rest : { ...rest, [name]: text };
  const { [id]: __, ...others } = typed;
  return Object.keys(row).length > 0 ? { ...others, [id]: row } : others;
}

// From the chosen cell down and to the right; rows that nothing may be written into are passed over.
// `left`: lines for which no row was left.
export function laidOver(
  typed: Typed,
  cells: string[][],
  at: { row: number; column: number },
  items: Matter[],
  columns: Field[],
): { typed: Typed; left: number } {
  let next = typed;
  let row = at.row;
  let used = 0;
  for (const line of cells) {
    while (row < items.length && !items[row]?.is_open) row += 1;
    const matter = items[row];
    if (!matter) break;
    for (const [i, text] of line.entries()) {
      const field = columns[at.column + i];
      if (!field || isHidden(matter, field)) continue;
      next = withCell(
        next,
        matter.id,
        field.name,
        text,
        cellText(field, matter.fields[field.name]),
      );
    }
    row += 1;
    used += 1;
  }
  return { typed: next, left: cells.length - used };
}
