import { beforeAll, expect, test } from 'vitest';
import type { RecordType, RegisterEntry } from '@/api/types';
import { loadWords } from '@/i18n/i18n';
import { sharingOf, columnsOf, personText, stateOf, textOf } from '@/rooms/record/registers';

beforeAll(() => loadWords('zh-CN'));

const field = (name: string, type: string, more = {}) => ({
  name,
  title: name,
  type,
  of: null,
  words: [],
  ...more,
});
const type = {
  name: 'a/point',
  identity: ['holder', 'host', 'from'],
  fields: [
    field('holder', 'person'),
    field('host', 'unit'),
    field('from', 'date'),
    field('until', 'date'),
    field('plan', 'list', { of: 'file' }),
  ],
} as unknown as RecordType;

const entry = (record: string, host: string, from: string, until: string | null = null) =>
  ({ record, from, until, fields: { host: { id: host, name: null } } }) as unknown as RegisterEntry;

test('two in force share a unit, an ended one and one ahead do not', () => {
  const sharing = sharingOf(
    [
      entry('r1', 'u1', '2026-01-01'),
      entry('r2', 'u1', '2026-02-01'),
      entry('r3', 'u1', '2025-01-01', '2026-03-01'),
      entry('r4', 'u1', '2026-12-01'),
      entry('r5', 'u2', '2026-01-01'),
    ],
    type,
    '2026-03-01',
  );
  expect([...sharing].map(([one, others]) => [one, others.map((other) => other.record)])).toEqual([
    ['r1', ['r2']],
    ['r2', ['r1']],
  ]);
});

test('who is responsible for several is nothing to mark', () => {
  const measures = { ...type, identity: ['from'] };
  const entries = [entry('r1', 'u1', '2026-01-01'), entry('r2', 'u1', '2026-01-02')];
  expect(sharingOf(entries, measures, '2026-03-01').size).toBe(0);
});

test('an entry is in force from its first day to the day before its last', () => {
  const one = entry('r1', 'u1', '2026-01-01', '2026-03-01');
  expect(
    ['2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01'].map((day) => stateOf(one, day)),
  ).toEqual(['ahead', 'runs', 'runs', 'over']);
});

test('a person is the name with posts where it is open, else the posts', () => {
  expect(personText({ name: '林一', posts: ['书记', '委员'] })).toBe('林一（书记、委员）');
  expect(personText({ name: '林一', posts: [] })).toBe('林一');
  expect(personText({ name: null, posts: ['书记'] })).toBe('书记');
  expect(personText({ name: null, posts: [] })).toBe('已不任职');
});

test('fields are told in words; dates and files have no column of the kind', () => {
  expect(columnsOf(type).map((one) => one.name)).toEqual(['holder', 'host']);
  const words = field('kind', 'set', { of: 'enum', words: [{ code: 'a', title: '甲' }] });
  expect(textOf(words as never, ['a', 'b'])).toBe('甲、b');
  expect(textOf(words as never, null)).toBe('');
  expect(textOf(words as never, true)).toBe('是');
  expect(textOf(words as never, { id: 'u1', name: '某村' })).toBe('某村');
});
