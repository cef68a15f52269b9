import { describe, expect, test } from 'vitest';
import type { RecordType, Unit } from '@/api/types';
import { readDay, readRows } from '@/rooms/record/backfill';

const unit = (id: string, name: string) => ({ id, name, code: null }) as Unit;
const field = (name: string, type: string, of: string | null, required: boolean) => ({
  name,
  title: name,
  type,
  of,
  required,
});
const types = [
  { name: 'core/day', title: '主题党日', fields: [field('summary', 'text', null, true)] },
  { name: 'core/meeting', title: '党员大会', fields: [field('items', 'list', 'text', true)] },
  { name: 'core/group', title: '党小组会', fields: [field('group', 'unit', null, true)] },
] as RecordType[];
const units = [unit('u1', '东村党支部'), unit('u2', '西村党支部')];
const read = (text: string) => readRows(text, units, types, '2026-11-26');

describe('days as people write them', () => {
  test.each([
    ['2026-03-05', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['2026-02-29', null],
    ['2024-02-29', '2024-02-29'],
    ['3/5', null],
    ['', null],
  ])('%s is %s', (text, day) => expect(readDay(text)).toBe(day));
});

test('a line of a spreadsheet becomes a record', () => {
  const [row] = read('东村党支部\t2026/3/5\t主题党日、党员大会\t植树；选举\t村口');
  expect(row?.wrong).toEqual([]);
  expect(row?.body).toEqual({
    types: ['core/day', 'core/meeting'],
    units: ['u1'],
    date: '2026-03-05',
    place: '村口',
    fields: {
      'core/day': { summary: '植树；选举' },
      'core/meeting': { items: ['植树', '选举'] },
    },
  });
});

test('a heading is passed over, and only on the first line', () => {
  expect(read('单位\t日期\t类型\t内容\n东村\t2026-3-5\t主题党日\t植树')).toHaveLength(1);
  expect(read('东村\t2026-3-5\t主题党日\t植树\n单位\t日期\t类型\t内容')).toHaveLength(2);
});

test.each([
  ['村\t2026-3-5\t主题党日\t植树', 'backfill.wrong.unit'],
  ['东村\t2026-13-5\t主题党日\t植树', 'backfill.wrong.date'],
  ['东村\t2026-11-27\t主题党日\t植树', 'backfill.wrong.future'],
  ['东村\t2026-3-5\t什么\t植树', 'backfill.wrong.kind'],
  ['东村\t2026-3-5\t主题党日\t', 'backfill.wrong.content'],
  ['东村\t2026-3-5\t党小组会\t学习', 'backfill.wrong.content'],
])('%s is refused with %s', (line, wrong) => expect(read(line)[0]?.wrong).toContain(wrong));
