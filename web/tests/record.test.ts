import { expect, test } from 'vitest';
import { bodyOf, pointer, type Draft } from '@/rooms/record/types';

const draft: Draft = {
  types: ['core/day'],
  units: ['u1'],
  date: '2026-11-26',
  place: ' 村部 ',
  absent: [],
  fields: {
    'core/day': { summary: ' 植树 ', items: ['', ' a '], page: '', problem: false, n: 0 },
    'core/lecture': { topic: '没有勾选的类型' },
  },
};

test('only what was filled in for the kinds that are ticked is sent', () => {
  expect(bodyOf(draft, ['p1'], false)).toEqual({
    types: ['core/day'],
    units: ['u1'],
    date: '2026-11-26',
    place: '村部',
    present: ['p1'],
    fields: { 'core/day': { summary: '植树', items: ['a'], problem: false, n: 0 } },
  });
});

test('a plan says nothing about who was there', () => {
  expect(bodyOf(draft, ['p1'], true)).not.toHaveProperty('present');
});

test('pointers are those of RFC 6901', () => {
  expect(pointer('fields', 'core/day', 'a~b')).toBe('/fields/core~1day/a~0b');
});
