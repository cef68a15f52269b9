import { expect, test } from 'vitest';
import { askedBy, reasonsOf, together } from '@/rooms/record/checks';
import type { Draft } from '@/rooms/record/types';

const refused = {
  problem: {
    refusals: [
      { code: 'field_required', where: '/date', message: '请填写' },
      { code: 'check_reason_required', where: '/check_reasons/a~1once', message: '须写明理由' },
      { code: 'check_failed', where: '/check_reasons/a~1never', message: '不能保存' },
    ],
  },
};

const draft: Draft = {
  types: ['a/point'],
  units: ['u1'],
  date: '2026-11-26',
  place: '',
  absent: [],
  fields: {},
  reasons: { 'a/once': ' 两级同抓 ', 'a/never': '强行', 'a/other': '没有人问' },
};

test('a refusal says which checks ask for a reason', () => {
  expect(askedBy(refused)).toEqual([
    { check: 'a/once', title: '', clauses: [], otherwise: 'reason', says: '须写明理由' },
    { check: 'a/never', title: '', clauses: [], otherwise: 'refuse', says: '不能保存' },
  ]);
  expect(askedBy(null)).toEqual([]);
  expect(askedBy(new Error('x'))).toEqual([]);
});

test('a check comes once, in the words of the dry run', () => {
  const dry = {
    check: 'a/once',
    title: '不重复',
    clauses: ['S0-6.5'],
    otherwise: 'reason' as const,
    says: '已是联系点',
  };
  expect(together([dry], askedBy(refused)).map((one) => one.says)).toEqual([
    '已是联系点',
    '不能保存',
  ]);
});

test('only the reasons that are asked for are sent', () => {
  expect(reasonsOf(draft, askedBy(refused))).toEqual({ 'a/once': '两级同抓' });
  expect(reasonsOf({ ...draft, reasons: {} }, askedBy(refused))).toEqual({});
});
