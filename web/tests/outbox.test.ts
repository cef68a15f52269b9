import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { flush, send, type Waiting } from '@/api/outbox';

const entry = { key: 'key-of-one-entry', account: 'a1', path: '/records', body: {}, title: 'x' };
const waiting = () => JSON.parse(localStorage.getItem('huilu.outbox') ?? '[]') as Waiting[];
const reply = (status: number, body: object) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

beforeEach(() => {
  localStorage.setItem('huilu.outbox', '[]');
  vi.stubGlobal('navigator', {
    languages: ['zh-CN'],
    locks: { request: (_: string, __: object, run: (lock: object) => unknown) => run({}) },
  });
});
afterEach(() => void vi.restoreAllMocks());

test('an entry whose reply was lost is sent again under its first key and then gone', async () => {
  const fetched = vi.fn<typeof fetch>().mockRejectedValueOnce(new TypeError('lost'));
  vi.stubGlobal('fetch', fetched);
  expect(await send(entry)).toEqual({ state: 'waiting' });
  expect(waiting()).toHaveLength(1);
  fetched.mockResolvedValueOnce(reply(201, { id: 'r1' }));
  expect(await flush('a1')).toBe(1);
  expect(waiting()).toEqual([]);
  const keys = fetched.mock.calls.map(([, init]) =>
    (init ? (init.headers as Headers) : new Headers()).get('Idempotency-Key'),
  );
  expect(keys).toEqual([entry.key, entry.key]);
});

test('what the server refuses is thrown at once, and shown when it waited', async () => {
  const no = { code: 'duplicate_record', status: 409, detail: '已登记', refusals: [] };
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async () => reply(409, no)),
  );
  await expect(send(entry)).rejects.toThrow('已登记');
  expect(waiting()).toEqual([]);
  localStorage.setItem('huilu.outbox', JSON.stringify([{ ...entry, at: 'x' }]));
  expect(await flush('a1')).toBe(0);
  expect(waiting()[0]?.refused).toBe('已登记');
});

test('signed out or busy is no refusal, and another account waits for its own', async () => {
  const busy = { code: 'busy', status: 503, refusals: [] };
  const fetched = vi.fn<typeof fetch>(async () => reply(503, busy));
  vi.stubGlobal('fetch', fetched);
  expect(await send(entry)).toEqual({ state: 'waiting' });
  expect(await flush('a2')).toBe(0);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(waiting()[0]?.refused).toBeUndefined();
});

test('what is on its way is not sent a second time meanwhile', async () => {
  let answer: (value: Response) => void = () => undefined;
  const fetched = vi.fn<typeof fetch>(
    () => new Promise<Response>((resolve) => void (answer = resolve)),
  );
  vi.stubGlobal('fetch', fetched);
  const sending = send(entry);
  expect(waiting()).toHaveLength(1); // kept, should the tab be closed now
  expect(await flush('a1')).toBe(0);
  expect(fetched).toHaveBeenCalledTimes(1);
  answer(reply(201, { id: 'r1' }));
  expect(await sending).toEqual({ state: 'sent', reply: { id: 'r1' } });
  expect(waiting()).toEqual([]);
});
