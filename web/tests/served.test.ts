import { expect, test } from 'vitest';
import type { Effect } from '@/api/parts';
import { together } from '@/rooms/record/counts';
import { periodOf } from '@/rooms/compliance/served';
import { periodsUpTo } from '@/rooms/compliance/standing_sides';

const effect = (obligation: string, bearer: string, verdict: string): Effect =>
  ({
    obligation,
    period: '2026-Q4',
    bearer: { id: bearer, name: null },
    counts: true,
    after: { verdict, have: 1, need: 1, marks: [] },
  }) as unknown as Effect;

test('what counts for many members is one line with the worst of them', () => {
  const lines = together([
    effect('attend', 'p1', 'met'),
    effect('attend', 'p2', 'open'),
    effect('theme_day', 'u1', 'met'),
    effect('attend', 'p3', 'met_late'),
  ]);
  expect(lines.map(({ one, bearers, worst }) => [one.obligation, bearers, worst])).toEqual([
    ['attend', 3, 'open'],
    ['theme_day', 1, 'met'],
  ]);
});

test('the period of a day is named as the server names it', () => {
  const day = '2026-07-01';
  expect(['month', 'quarter', 'half', 'year', 'campaign'].map((e) => periodOf(e, day))).toEqual([
    '2026-07',
    '2026-Q3',
    '2026-H2',
    '2026',
    null,
  ]);
  expect(periodOf('quarter', '2026-12-31')).toBe('2026-Q4');
  expect(periodOf('half', '2026-06-30')).toBe('2026-H1');
  expect(periodOf('week', '2026-01-01')).toBe('2026-W01');
  expect(periodOf('week', '2027-01-03')).toBe('2026-W53');
  expect(periodOf('week', '2026-11-26')).toBe('2026-W48');
});

test('the periods before one go back over the turn of the year', () => {
  expect(periodsUpTo('2026-02').slice(-3)).toEqual(['2025-12', '2026-01', '2026-02']);
  expect(periodsUpTo('2026-02')).toHaveLength(12);
  expect(periodsUpTo('2026-Q1').slice(-2)).toEqual(['2025-Q4', '2026-Q1']);
  expect(periodsUpTo('2026')).toEqual([]);
  expect(periodsUpTo('campaign:c3')).toEqual([]);
});
