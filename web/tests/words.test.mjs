import { expect, test } from 'vitest';
import { keysIn, placeholders, textsIn } from '../tools/check_words.mjs';

test('placeholders are names, not the words of a branch', () => {
  expect(placeholders('{n, plural, one {# day} other {{what} of # days}}')).toBe('n,what');
  expect(placeholders('{m, select, 1 {January} other {{what} in December}}')).toBe('m,what');
});

test.each([
  ["<p>{t('a.b')}</p>", []],
  ['<p>登记</p>', ['登记']],
  ['<Button look="main">Save it</Button>', ['Save it']],
  ['<input placeholder="Name" />', ['Name']],
  ['// 注释里可以有\n<p>{x}</p>', []],
])('%s holds %j', (source, texts) => expect(textsIn(source)).toEqual(texts));

test('keys are found whole and by their beginning', () => {
  const { whole, starts } = keysIn("t('a.b'); t(`verdict.${v}`); wordOf('role', r)");
  expect([...whole]).toContain('a.b');
  expect([...starts]).toEqual(['verdict.', 'role.']);
});
