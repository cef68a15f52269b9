import { expect, test } from 'vitest';
import type { Cell } from '@/api/types';
import { heat } from '@/ui/verdict';

const cell = (due: number, failed: number) => ({ due, failed }) as Cell;

test.each([
  [0, 0, 0],
  [100, 0, 0],
  [100, 1, 1],
  [100, 5, 1],
  [100, 6, 2],
  [100, 30, 3],
  [100, 50, 4],
  [100, 51, 5],
  [1, 1, 5],
])('of %i due %i failed: step %i', (due, failed, step) =>
  expect(heat(cell(due, failed))).toBe(step),
);
