import { beforeAll, expect, test } from 'vitest';
import type { CoveredClause, DocumentHole } from '@/api/types';
import { loadWords } from '@/i18n/i18n';
import {
  around,
  countsOf,
  declarationsOf,
  isShown,
  linesOf,
  piecesOf,
  unplaced,
} from '@/rooms/policy/clauses';
import { typedOf, valueFrom, valueText } from '@/rooms/policy/values';

beforeAll(() => loadWords('zh-CN'));

const hole = (before: string, after: string, kind: DocumentHole['kind'] = 'number') =>
  ({ kind, raw: [0, 0], before, after }) as DocumentHole;

const covered = (id: string, at: string | null, more: Partial<CoveredClause> = {}) =>
  ({ id, at, hole: null, declarations: [], left: null, reason: null, ...more }) as CoveredClause;

const duty = (address: string) =>
  ({ kind: 'obligation', address, pack: 'a', title: address, sentence: '' }) as const;

test('a hole stands between what stands beside it', () => {
  expect(piecesOf('每年至少举办期读书会', [hole('至少举办', '期读书会')])).toEqual([
    { text: '每年至少举办' },
    { kind: 'number', shown: '' },
    { text: '期读书会' },
  ]);
});

test('two holes of the same surroundings are two places, in the order of the text', () => {
  const pieces = piecesOf('每年次，每季次。', [hole('每年', '次，'), hole('每季', '次。')]);
  expect(pieces.map((one) => ('text' in one ? one.text : '□')).join('')).toBe('每年□次，每季□次。');
});

test('what stands in the place of a hole is shown with it, a long passage is not', () => {
  expect(piecesOf('定于×月×日开馆', [hole('定于', '开馆', 'date')])).toEqual([
    { text: '定于' },
    { kind: 'date', shown: '×月×日' },
    { text: '开馆' },
  ]);
  const far = `定于${'很'.repeat(60)}开馆`;
  expect(piecesOf(far, [hole('定于', '开馆', 'date')])[1]).toEqual({ kind: 'date', shown: '' });
});

test('a hole that is not found is not lost, and the last one may end the text', () => {
  expect(piecesOf('全文', [hole('没有', '这里', 'passage')])).toEqual([
    { text: '全文' },
    { kind: 'passage', shown: '' },
  ]);
  expect(piecesOf('以下', [hole('以下', '', 'passage')])).toEqual([
    { text: '以下' },
    { kind: 'passage', shown: '' },
  ]);
});

const clause = (id: string, raw: [number, number]) => ({
  id,
  path: id,
  heading: '',
  text: id,
  raw,
  holes: [],
});

test('clauses of packs and repairs are put at the clause of the text', () => {
  const repairs = [{ rule: 'line_break', raw: [12, 13], removed: '\n', inserted: '' }];
  const clauses = [covered('D-1', '1'), covered('D-1.2', '1.2'), covered('D-9', '9')];
  const lines = linesOf([clause('1', [0, 10]), clause('1.2', [10, 20])], repairs, clauses);
  expect(lines.map((line) => [line.depth, line.repairs.length, line.own[0]?.id])).toEqual([
    [0, 0, 'D-1'],
    [1, 1, 'D-1.2'],
  ]);
  expect(around('1.2', clauses).map((one) => one.id)).toEqual(['D-1']);
  expect(around('10', clauses)).toEqual([]);
  expect(unplaced(clauses, lines).map((one) => one.id)).toEqual(['D-9']);
});

test('counts add up to the clauses, a declared one is counted as declared', () => {
  const clauses = [
    covered('1', '1', { declarations: [duty('a/x')], left: 'bare_fact' }),
    covered('2', '1', { left: 'later' }),
    covered('3', '2', { left: 'no_duty' }),
    covered('4', '2'),
  ];
  expect(countsOf({ clauses })).toEqual({
    declared: 1,
    bare_fact: 0,
    later: 1,
    no_duty: 1,
    unanswered: 1,
  });
  const lines = linesOf([clause('1', [0, 1]), clause('2', [1, 2])], [], clauses);
  const shown = (show: Parameters<typeof isShown>[1]) =>
    lines.filter((line) => isShown(line, show)).map((line) => line.id);
  expect([shown('all'), shown('declared'), shown('left'), shown('unanswered')]).toEqual([
    ['1', '2'],
    ['1'],
    ['1', '2'],
    ['2'],
  ]);
});

test('a declaration that cites two clauses is one', () => {
  const both = [
    covered('1', '1', { declarations: [duty('a/x')] }),
    covered('2', '1', { declarations: [duty('a/x'), duty('a/y')] }),
  ];
  expect(declarationsOf(both).map((one) => one.address)).toEqual(['a/x', 'a/y']);
});

test.each([
  [3, '3'],
  [null, '无'],
  [true, '是'],
  [{ workdays: 5 }, '5个工作日'],
  [{ county: 1, else: { days: 3 } }, 'county 1；其他 3天'],
  [
    [
      { id: 'one', title: { 'zh-CN': '一', en: '一' } },
      { id: 'two', title: {} },
    ],
    '一、two',
  ],
])('the value %j reads %s', (value, text) => expect(valueText(value)).toBe(text));

test('what is typed is sent as the type wants it, wrong figures as they are', () => {
  expect(typedOf({ workdays: 5 })).toEqual({ text: '5', unit: 'workdays' });
  expect(valueFrom('duration', { text: ' 7 ', unit: 'days' })).toEqual({ days: 7 });
  expect(valueFrom('int', { text: '2', unit: '' })).toBe(2);
  expect(valueFrom('int', { text: '两', unit: '' })).toBe('两');
  expect(valueFrom('bool', { text: 'false', unit: '' })).toBe(false);
  expect(valueFrom('month_day', { text: '03-31', unit: '' })).toBe('03-31');
  expect(valueFrom('int', { text: ' ', unit: '' })).toBeUndefined();
});
