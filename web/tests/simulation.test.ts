import { expect, test } from 'vitest';
import type { Job } from '@/api/types';
import { packFiles, refusalsOf } from '@/rooms/policy/simulation';

const file = (name: string, within = '') => {
  const made = new File(['a: 1\n'], name);
  Object.defineProperty(made, 'webkitRelativePath', { value: within });
  return made;
};

test('of a folder only the files of a pack are taken, with their paths in it', async () => {
  const taken = await packFiles([
    file('pack.yaml', 'changed/pack.yaml'),
    file('en.yaml', 'changed/i18n/en.yaml'),
    file('notes.md', 'changed/notes.md'),
    file('old.yaml', 'changed/attic/old.yaml'),
  ]);
  expect(taken.map((one) => one.path)).toEqual(['i18n/en.yaml', 'pack.yaml']);
  expect(taken[0]?.text).toBe('a: 1\n');
});

test('a single file is the pack', async () => {
  expect((await packFiles([file('pack.yaml')])).map((one) => one.path)).toEqual(['pack.yaml']);
});

test('a refused job says why', () => {
  const job = { state: 'refused', result: { refusals: [{ message: '不行' }] } };
  expect(refusalsOf(job as unknown as Job)).toEqual(['不行']);
  expect(refusalsOf(undefined)).toEqual([]);
});
