import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sheetBytes, sheetXml } from '@/ui/sheet';

const sheet = {
  name: '完成情况',
  notes: ['数据截至 2026-11-26 04:38'],
  head: ['单位', '完成'],
  rows: [
    ['=cmd|calc', 3],
    ['a<b&"c"\u0001', null],
  ],
};

test('what looks like a formula is text and marked as text', () => {
  const xml = sheetXml(sheet);
  expect(xml).toContain('<c r="A4" s="3" t="inlineStr"><is><t xml:space="preserve">=cmd|calc</t>');
  expect(xml).not.toContain('<f>');
  expect(xml).toContain('<c r="B4" s="0"><v>3</v></c>');
});

test('what XML cannot hold is escaped or left out', () => {
  expect(sheetXml(sheet)).toContain('a&lt;b&amp;"c"</t>');
});

// Reads the file by its directory, as every reader of ZIP does.
async function unzip(blob: Blob): Promise<Map<string, string>> {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i += 1) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const packed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    const start = local + 30 + bytes.readUInt16LE(local + 26);
    const text = inflateRawSync(bytes.subarray(start, start + packed));
    expect(text.length).toBe(bytes.readUInt32LE(at + 24));
    files.set(name, text.toString('utf8'));
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

test('the file is a ZIP with the parts of a workbook', async () => {
  const files = await unzip(await sheetBytes(sheet));
  expect([...files.keys()]).toContain('[Content_Types].xml');
  expect(files.get('xl/worksheets/sheet1.xml')).toBe(sheetXml(sheet));
  expect(files.get('xl/workbook.xml')).toContain('name="完成情况"');
});
