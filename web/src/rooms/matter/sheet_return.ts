// The sheet that was handed in, given back with what is wrong in one more column: a workbook stays
// as it is in everything else, a CSV is written anew in UTF-8.
import { unzipped, zipped } from '@/ui/zip';
import { workbookType } from '@/ui/sheet';

export type Fault = { where: string; message: string };

export type Place = { row: number; column?: string };

// "整改台账!C7" or "台账.csv:7:12".
export function placeOf(where: string): Place | null {
  const cell = /!([A-Z]+)(\d+)$/.exec(where);
  if (cell) return { column: cell[1] ?? '', row: Number(cell[2]) };
  const line = /:(\d+):\d+$/.exec(where);
  return line ? { row: Number(line[1]) } : null;
}

// What is wrong with each row; what has no row stands under 0.
export function byRow(faults: Fault[], headOf: (column: string) => string): Map<number, string[]> {
  const rows = new Map<number, string[]>();
  for (const { where, message } of faults) {
    const place = placeOf(where);
    const head = place?.column ? headOf(place.column) : '';
    const said = rows.get(place?.row ?? 0) ?? [];
    said.push(head ? `${head}：${message}` : message);
    rows.set(place?.row ?? 0, said);
  }
  return rows;
}

const escaped = (text: string) =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return unescaped(found?.[1] ?? '');
}

function numberOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(number: number): string {
  const rest = Math.floor((number - 1) / 26);
  return (rest > 0 ? lettersOf(rest) : '') + String.fromCharCode(65 + ((number - 1) % 26));
}

const rowTag = /<((?:\w+:)?)row\b([^>]*?)(\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g;

// The last column of a row; a cell that does not say where it stands is right of the one before.
function lastColumn(cells: string): number {
  return [...cells.matchAll(/<(?:\w+:)?c(?=[\s/>])[^>]*>/g)].reduce((column, [cell]) => {
    const [letters] = /^[A-Z]+/.exec(attribute(cell, 'r')) ?? [];
    return letters ? numberOf(letters) : column + 1;
  }, 0);
}

// One more cell at the end of each row that has something to say.
export function withColumn(xml: string, texts: Map<number, string>): string {
  const widest = [...xml.matchAll(rowTag)].reduce(
    (most, row) => Math.max(most, lastColumn(row[4] ?? '')),
    0,
  );
  const column = lettersOf(widest + 1);
  let number = 0;
  return xml.replace(rowTag, (whole, prefix: string, attributes: string, _end, cells?: string) => {
    // So does a row, below the one before.
    number = Number(attribute(` ${attributes}`, 'r')) || number + 1;
    const text = texts.get(number);
    if (!text) return whole;
    const added =
      `<${prefix}c r="${column}${number}" t="inlineStr"><${prefix}is>` +
      `<${prefix}t xml:space="preserve">${escaped(text)}</${prefix}t></${prefix}is></${prefix}c>`;
    // It no longer spans what it said.
    const kept = attributes.replace(/\sspans="[^"]*"/, '');
    return `<${prefix}row${kept}>${cells ?? ''}${added}</${prefix}row>`;
  });
}

async function returnedWorkbook(
  bytes: ArrayBuffer,
  sheet: string,
  texts: Map<number, string>,
): Promise<Blob> {
  const entries = await unzipped(bytes);
  const text = (path: string) => {
    const found = entries.find(([name]) => name.toLowerCase() === path.toLowerCase());
    return typeof found?.[1] === 'object' ? new TextDecoder().decode(found[1]) : '';
  };
  const tags = [...text('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(
    ([tag]) => tag,
  );
  const tag = tags.find((one) => attribute(one, 'name') === sheet) ?? '';
  const id = attribute(tag, 'r:id') || attribute(tag, '\\w+:id');
  const relations = [
    ...text('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g),
  ];
  const relation = relations.map(([one]) => one).find((one) => attribute(one, 'Id') === id);
  const target = attribute(relation ?? '', 'Target');
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return zipped(
    entries.map(([name, content]) =>
      name.toLowerCase() === path.toLowerCase()
        ? [name, withColumn(text(name), texts)]
        : [name, content],
    ),
    workbookType,
  );
}

// Lines with their number in the file; a quoted cell may go over several.
export function csvRows(text: string, separator: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let line = 1;
  let row = { line, cells: [''] };
  let quoted = false;
  const add = (char: string) => {
    row.cells[row.cells.length - 1] += char;
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') add(char);
      else if (text[i + 1] === '"') {
        add(char);
        i += 1;
      } else quoted = false;
    } else if (char === '"' && row.cells.at(-1) === '') quoted = true;
    else if (char === separator) row.cells.push('');
    else if (char === '\n') {
      rows.push(row);
      row = { line, cells: [''] };
    } else if (char !== '\r') add(char);
  }
  if (row.cells.some((cell) => cell !== '')) rows.push(row);
  return rows;
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export function returnedCsv(text: string, texts: Map<number, string>): string {
  const first = text.slice(0, text.indexOf('\n') + 1);
  const separator = first.includes('\t') && !first.includes(',') ? '\t' : ',';
  const rows = csvRows(text, separator);
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  return rows
    .map(({ line, cells }, i) => {
      const next = rows[i + 1]?.line ?? Infinity;
      const said = [...texts].filter(([at]) => at >= line && at < next).map(([, one]) => one);
      const padded = [...cells, ...Array<string>(width - cells.length).fill('')];
      return [...padded, said.join(' ')].map(quoted).join(',');
    })
    .join('\r\n');
}

// `head`: the row of the headings, where the new column has its name.
export async function returnedSheet(
  file: File,
  sheet: string,
  head: { row: number; title: string },
  faults: Map<number, string[]>,
): Promise<Blob> {
  const bytes = await file.arrayBuffer();
  const texts = new Map([...faults].map(([row, said]) => [row, said.join(' ')] as const));
  texts.set(head.row, head.title);
  const magic = new Uint8Array(bytes.slice(0, 2));
  if (magic[0] === 0x50 && magic[1] === 0x4b) return returnedWorkbook(bytes, sheet, texts);
  return new Blob([`\ufeff${returnedCsv(decoded(bytes), texts)}\r\n`], { type: 'text/csv' });
}
