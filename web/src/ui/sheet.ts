// A table as XLSX, made in the browser from what is on screen: a title, what it is of and the time
// of its data, the head, the rows. Texts are inline strings, which no spreadsheet reads as formulas;
// those that begin like one are marked as text besides.
import { type Entry, zipped } from './zip';

export type CellValue = string | number | null | undefined;
export type Sheet = {
  name: string;
  notes: string[];
  head: string[];
  rows: CellValue[][];
  bare?: boolean; // the head is the first row: for sheets that are filled in
  choices?: Choice[];
};
// The words that a column is chosen from.
export type Choice = { column: number; words: string[] };

const filledRows = 2000; // that a choice reaches
const choicesSheet = '_';

const escaped = (text: string) =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

function cell(value: CellValue, column: number, row: number, style: number): string {
  if (value === null || value === undefined || value === '') return '';
  const at = `${columnName(column)}${row}`;
  if (typeof value === 'number') return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
  const quoted = /^[=+\-@\t\r]/.test(value) ? 3 : style;
  return `<c r="${at}" s="${quoted}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

export function sheetXml(sheet: Sheet, choicesFrom = 0): string {
  const above: [CellValue[], number][] = [
    [[sheet.name], 1],
    ...sheet.notes.map((note): [CellValue[], number] => [[note], 0]),
  ];
  const lines: [CellValue[], number][] = [
    ...(sheet.bare ? [] : above),
    [sheet.head, 2],
    ...sheet.rows.map((row): [CellValue[], number] => [row, 0]),
  ];
  const rows = lines.map(([values, style], i) => {
    const cells = values.map((value, column) => cell(value, column, i + 1, style)).join('');
    return `<row r="${i + 1}">${cells}</row>`;
  });
  const frozen = sheet.bare ? 1 : sheet.notes.length + 2;
  const widths = sheet.head
    .map((head, column) => {
      const widest = Math.max(
        head.length * 2,
        ...sheet.rows.slice(0, 200).map((row) => width(row[column])),
      );
      return `<col min="${column + 1}" max="${column + 1}" width="${Math.min(widest + 2, 60)}" customWidth="1"/>`;
    })
    .join('');
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${widths}</cols><sheetData>${rows.join('')}</sheetData>${choicesXml(sheet, frozen, choicesFrom)}</worksheet>`
  );
}

// Each choice is a column of the hidden sheet, from column `from` on.
function choicesXml(sheet: Sheet, frozen: number, from: number): string {
  const choices = sheet.choices ?? [];
  if (choices.length === 0) return '';
  const all = choices.map(({ column, words }, i) => {
    const name = columnName(column);
    const list = columnName(from + i);
    return (
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${name}${frozen + 1}:${name}${frozen + filledRows}">` +
      `<formula1>'${choicesSheet}'!$${list}$1:$${list}$${words.length}</formula1></dataValidation>`
    );
  });
  return `<dataValidations count="${all.length}">${all.join('')}</dataValidations>`;
}

function choicesSheetXml(choices: Choice[]): string {
  const longest = Math.max(...choices.map(({ words }) => words.length));
  const rows = Array.from({ length: longest }, (_, i) => {
    const cells = choices.map(({ words }, column) => cell(words[i], column, i + 1, 0)).join('');
    return `<row r="${i + 1}">${cells}</row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

const width = (value: CellValue) =>
  [...String(value ?? '')].reduce((sum, char) => sum + (char.charCodeAt(0) > 255 ? 2 : 1), 0);

const styles =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="14"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>' +
  '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  '<cellXfs count="4"><xf fontId="0"/><xf fontId="1" applyFont="1"/><xf fontId="2" applyFont="1"/><xf fontId="0" quotePrefix="1"/></cellXfs></styleSheet>';

const relations = (...targets: [string, string][]) =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  targets
    .map(
      ([type, target], i) =>
        `<Relationship Id="rId${i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
    )
    .join('') +
  '</Relationships>';

const titleOf = (sheet: Sheet): string =>
  escaped(sheet.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)).replaceAll('"', '');

function parts(sheets: Sheet[]): Entry[] {
  const choices = sheets.flatMap((sheet) => sheet.choices ?? []);
  let before = 0;
  const texts = sheets.map((sheet) => {
    const xml = sheetXml(sheet, before);
    before += sheet.choices?.length ?? 0;
    return xml;
  });
  const names = sheets.map((sheet) => `name="${titleOf(sheet)}"`);
  if (choices.length > 0) {
    texts.push(choicesSheetXml(choices));
    names.push(`name="${choicesSheet}" state="hidden"`);
  }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = texts.map(
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  return [
    [
      '[Content_Types].xml',
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${overrides.join('')}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    ],
    ['_rels/.rels', relations(['officeDocument', 'xl/workbook.xml'])],
    [
      'xl/workbook.xml',
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${names.map((name, i) => `<sheet ${name} sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        ...texts.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`]),
        ['styles', 'styles.xml'],
      ),
    ],
    ['xl/styles.xml', styles],
    ...texts.map((text, i): Entry => [`xl/worksheets/sheet${i + 1}.xml`, text]),
  ];
}

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// Several sheets in one workbook; what is chosen from stands in a hidden one at the end.
export const workbookBytes = (sheets: Sheet[]): Promise<Blob> =>
  zipped(parts(sheets), workbookType);
export const sheetBytes = (sheet: Sheet): Promise<Blob> => workbookBytes([sheet]);

export function saveFile(name: string, bytes: Blob) {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function saveSheet(sheet: Sheet) {
  saveFile(`${sheet.name}.xlsx`, await sheetBytes(sheet));
}
