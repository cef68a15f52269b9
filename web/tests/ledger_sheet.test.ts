import { beforeAll, describe, expect, test } from 'vitest';
import type { Field, Matter, MatterType } from '@/api/types';
import { loadWords } from '@/i18n/i18n';
import { pastedColumn } from '@/rooms/matter/batch';
import { fillColumns } from '@/rooms/matter/export';
import {
  byRow,
  placeOf,
  returnedCsv,
  returnedSheet,
  withColumn,
} from '@/rooms/matter/sheet_return';
import { templateSheets } from '@/rooms/matter/template';
import { sheetXml, workbookBytes } from '@/ui/sheet';
import { unzipped } from '@/ui/zip';

beforeAll(() => loadWords('zh-CN'));

const field = (name: string, title: string, more: Partial<Field> = {}): Field => ({
  name,
  title,
  type: 'text',
  of: null,
  words: [],
  target: null,
  required: false,
  min: null,
  max: null,
  not_after: null,
  default: null,
  ...more,
});
const type = {
  name: 'trial/fault',
  title: '故障/台账',
  fields: [
    field('what', '现象', { required: true }),
    field('grade', '等级', {
      type: 'enum',
      words: [
        { code: 'a', title: '重大' },
        { code: 'b', title: '一般' },
      ],
    }),
    field('steps', '步骤', { type: 'list', of: 'text' }),
    field('lead', '牵头', { type: 'unit' }),
    field('paper', '附件', { type: 'file' }),
  ],
} as unknown as MatterType;

const textOf = async (bytes: Blob, path: string) => {
  const found = (await unzipped(await bytes.arrayBuffer())).find(([name]) => name === path);
  return new TextDecoder().decode(found?.[1] as Uint8Array);
};

describe('a template', () => {
  test('has a column for all that a cell can say, and words to choose from', async () => {
    const sheets = templateSheets(type);
    expect(sheets[0]?.head).toEqual([
      '编号',
      '现象',
      '责任单位',
      '等级',
      '步骤',
      '牵头',
      '完成时限',
    ]);
    const bytes = await workbookBytes(sheets);
    const data = await textOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(data).toContain('sqref="D2:D2001"');
    expect(data).toContain("<formula1>'_'!$A$1:$A$2</formula1>");
    expect(await textOf(bytes, 'xl/worksheets/sheet3.xml')).toContain('重大');
    expect(await textOf(bytes, 'xl/workbook.xml')).toContain('name="_" state="hidden"');
    // Its first row is the head, so that the import finds it.
    expect(data).toContain('<row r="1"><c r="A1" s="2"');
  }, 60_000);

  test('says of each column how it is filled in', () => {
    const how = templateSheets(type)[1];
    expect(how?.rows.find(([head]) => head === '等级')).toEqual([
      '等级',
      '',
      '从右侧的词中选一个',
      '重大、一般',
    ]);
    expect(how?.rows.find(([head]) => head === '现象')?.[1]).toBe('是');
  });
});

describe('a sheet that is given back', () => {
  const faults = [
    { where: '台账!C3', message: '没有这个词' },
    { where: '台账!A3', message: '必填' },
    { where: '台账!B5', message: '<坏>' },
  ];
  const headOf = (letters: string) => ({ A: '编号', B: '现象', C: '等级' })[letters] ?? '';

  test('knows the row of each fault', () => {
    expect(placeOf('台账!C3')).toEqual({ column: 'C', row: 3 });
    expect(placeOf('a.csv:7:12')).toEqual({ row: 7 });
    expect(placeOf('/unit')).toBeNull();
    expect([...byRow(faults, headOf)]).toEqual([
      [3, ['等级：没有这个词', '编号：必填']],
      [5, ['现象：<坏>']],
    ]);
  });

  test('stays as it is and has one column more', () => {
    const xml =
      '<sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="C1"/></row>' +
      '<row r="2"/><row r="3" ht="30"><c r="A3"><v>1</v></c></row></sheetData>';
    const texts = new Map([
      [1, '问题'],
      [3, 'a<b'],
    ]);
    expect(withColumn(xml, texts)).toBe(
      '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"/>' +
        '<c r="D1" t="inlineStr"><is><t xml:space="preserve">问题</t></is></c></row>' +
        '<row r="2"/><row r="3" ht="30"><c r="A3"><v>1</v></c>' +
        '<c r="D3" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c></row></sheetData>',
    );
  });

  test('finds rows and cells that do not say where they stand', () => {
    const cells = '<x:c t="s"><x:v>0</x:v></x:c><x:c/>';
    const xml = `<x:row>${cells}</x:row><x:row/><x:row>${cells}</x:row>`;
    expect(withColumn(xml, new Map([[3, '不对']]))).toBe(
      `<x:row>${cells}</x:row><x:row/><x:row>${cells}` +
        '<x:c r="C3" t="inlineStr"><x:is><x:t xml:space="preserve">不对</x:t></x:is></x:c></x:row>',
    );
  });

  test('is the same workbook', async () => {
    const sheet = {
      name: '台账',
      notes: [],
      bare: true,
      head: ['编号', '现象'],
      rows: [['1', 'x']],
    };
    const file = new File([await workbookBytes([sheet])], 'l.xlsx');
    const back = await returnedSheet(
      file,
      '台账',
      { row: 1, title: '导入问题' },
      new Map([[2, ['不对']]]),
    );
    const xml = await textOf(back, 'xl/worksheets/sheet1.xml');
    expect(xml).toContain('<c r="C1" t="inlineStr">');
    expect(xml).toContain('不对');
    expect(xml.replace(/<c r="C\d"[\s\S]*?<\/c>/g, '')).toBe(sheetXml(sheet));
  }, 60_000);

  test('may be a CSV with lines within its cells', () => {
    const text = '编号,现象\r\n1,"甲\n乙"\r\n2,"丙,丁"\r\n';
    const back = returnedCsv(
      text,
      new Map([
        [1, '导入问题'],
        [3, '第二行里'],
        [4, '不对'],
      ]),
    );
    expect(back).toBe('编号,现象,导入问题\r\n1,"甲\n乙",第二行里\r\n2,"丙,丁",不对');
  });
});

describe('a pasted column', () => {
  test('is its first, line by line', () => {
    expect(pastedColumn('甲\r\n\r\n"乙\n丙"\r\n')).toEqual({
      cells: ['甲', '', '乙\n丙'],
      more: false,
    });
    expect(pastedColumn('甲\t1\n"说""好"""\t2')).toEqual({ cells: ['甲', '说"好"'], more: true });
    expect(pastedColumn('')).toEqual({ cells: [], more: false });
  });
});

test('what is filled in names the matter and its version, and no persons or units', () => {
  const columns = fillColumns(type, '2026-11-26');
  expect(columns.map((one) => one.head)).toEqual([
    '系统编号',
    '版本',
    '现象',
    '责任单位',
    '状态',
    '是否逾期',
    '等级',
    '步骤',
  ]);
  const matter = {
    id: 'i7',
    version: 3,
    unit: { id: 'u3', name: '东村', within: null },
    fields: { what: null, grade: 'a', steps: ['一', '二'] },
    state: 'new',
    state_title: '新',
    next_due: null,
  } as unknown as Matter;
  expect(columns.map((one) => one.value?.(matter))).toEqual([
    'i7',
    3,
    '',
    '东村',
    '新',
    '',
    '重大',
    '一\n二',
  ]);
});
