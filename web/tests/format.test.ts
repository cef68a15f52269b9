import { describe, expect, test, vi } from 'vitest';

describe('periods, days and shares in words', async () => {
  vi.stubGlobal('navigator', { languages: ['zh-CN'] });
  const { loadWords } = await import('@/i18n/i18n');
  const { addDays, fullDay, periodTitle, relativeDay, share } = await import('@/i18n/format');
  await loadWords('zh-CN');

  test.each([
    ['2026-11', '2026年11月'],
    ['2026-Q3', '2026年第3季度'],
    ['2026-H1', '2026年上半年'],
    ['2026-W07', '2026年第7周'],
    ['2026', '2026年'],
    ['campaign:c3', 'c3'],
  ])('%s is %s', (name, title) => expect(periodTitle(name)).toBe(title));

  test.each([
    [47, 50, '47/50(94%)'],
    [0, 0, ''],
    [199, 200, '199/200(99%)'],
    [200, 200, '200/200(100%)'],
  ])('%i of %i is %s, never rounded up to all', (done, due, text) =>
    expect(share(done, due)).toBe(text),
  );

  test('a day stands with its weekday, a relative one only beside it', () => {
    expect(fullDay('2026-03-05')).toBe('2026-03-05 周四');
    expect(relativeDay('2026-03-06', '2026-03-05')).toBe('明天');
    expect(relativeDay('2026-03-01', '2026-03-05')).toBe('4 天前');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });
});
