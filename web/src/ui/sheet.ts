// A table as XLSX, made in the browser from what is on screen: a title, what it is of and the time
// of its data, the head, the rows. Texts are inline strings, which no spreadsheet reads as formulas;
// those that begin like one are marked as text besides.
export type CellValue = string | number | null | undefined;
export type Sheet = {
  name: string;
  notes: string[];
  head: string[];
  rows: CellValue[][];
};

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

export function sheetXml(sheet: Sheet): string {
  const lines: [CellValue[], number][] = [
    [[sheet.name], 1],
    ...sheet.notes.map((note): [CellValue[], number] => [[note], 0]),
    [sheet.head, 2],
    ...sheet.rows.map((row): [CellValue[], number] => [row, 0]),
  ];
  const rows = lines.map(([values, style], i) => {
    const cells = values.map((value, column) => cell(value, column, i + 1, style)).join('');
    return `<row r="${i + 1}">${cells}</row>`;
  });
  const frozen = sheet.notes.length + 2;
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
    `<cols>${widths}</cols><sheetData>${rows.join('')}</sheetData></worksheet>`
  );
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

function parts(sheet: Sheet): [string, string][] {
  const title = escaped(sheet.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)).replaceAll('"', '');
  return [
    [
      '[Content_Types].xml',
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    ],
    ['_rels/.rels', relations(['officeDocument', 'xl/workbook.xml'])],
    [
      'xl/workbook.xml',
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${title}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']),
    ],
    ['xl/styles.xml', styles],
    ['xl/worksheets/sheet1.xml', sheetXml(sheet)],
  ];
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A ZIP (APPNOTE 6.3.3): local headers with their data, then the directory.
export async function sheetBytes(sheet: Sheet): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const all = parts(sheet);
  for (const [name, text] of all) {
    const path = new TextEncoder().encode(name);
    const plain = new TextEncoder().encode(text);
    const data = await deflated(plain);
    const common = new DataView(new ArrayBuffer(26));
    [20, 0x0800, 8, 0, 0x21].forEach((value, i) => common.setUint16(i * 2, value, true));
    common.setUint32(10, crc32(plain), true);
    common.setUint32(14, data.length, true);
    common.setUint32(18, plain.length, true);
    common.setUint16(22, path.length, true);
    const head = new Uint8Array(common.buffer);
    pieces.push(new Uint8Array([0x50, 0x4b, 3, 4]), head, path, data);
    const entry = new DataView(new ArrayBuffer(16));
    entry.setUint32(12, offset, true);
    directory.push(
      new Uint8Array([0x50, 0x4b, 1, 2, 20, 0]),
      head.slice(0, 24),
      new Uint8Array(2),
      new Uint8Array(entry.buffer).slice(2),
      path,
    );
    offset += 30 + path.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, all.length, true);
  end.setUint16(10, all.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...pieces, ...directory, new Uint8Array(end.buffer)], {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
}

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
