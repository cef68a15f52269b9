// What was entered and could not be sent yet. It stays on this device, is sent when the line is
// back, one after the other, each under the key it was made with: the server answers a repeated key
// with its first reply, so nothing is entered twice, whichever tab or moment sends it.
import { useSyncExternalStore } from 'react';
import { newKey, post, Refused, Unreachable } from './client';

export type Waiting = {
  key: string;
  account: string;
  path: string;
  body: unknown;
  title: string; // what it is, in the words of the moment it was made
  at: string;
  refused?: string; // the server has said no; a person must look
};

const name = 'huilu.outbox';
const listeners = new Set<() => void>();
// What this tab is sending right now waits for nothing else.
const inHand = new Set<string>();
let shown: Waiting[] = read();

function read(): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '[]') as Waiting[];
  } catch {
    return [];
  }
}

function write(items: Waiting[]) {
  localStorage.setItem(name, JSON.stringify(items));
  show(items);
}

function show(items: Waiting[]) {
  shown = items.filter((item) => !inHand.has(item.key));
  for (const listener of listeners) listener();
}

const drop = (key: string) => write(read().filter((item) => item.key !== key));

export function keep(item: Waiting) {
  write([...read().filter((one) => one.key !== item.key), item]);
}
export const forget = drop;

export type Sent<T> = { state: 'sent'; reply: T } | { state: 'waiting' };

// Sends at once; without a line it stays here and is sent later. A refusal is thrown: the form
// still stands and shows it.
export async function send<T>(item: Omit<Waiting, 'at'>): Promise<Sent<T>> {
  inHand.add(item.key);
  keep({ ...item, at: new Date().toISOString() });
  try {
    const reply = await post<T>(item.path, item.body, { key: item.key });
    drop(item.key);
    return { state: 'sent', reply };
  } catch (error) {
    if (error instanceof Unreachable || isPassing(error)) return { state: 'waiting' };
    drop(item.key);
    throw error;
  } finally {
    inHand.delete(item.key);
    show(read());
  }
}

// Nothing is wrong with the entry: signed out meanwhile, or the server is busy.
const isPassing = (error: unknown) =>
  error instanceof Refused &&
  ([401, 429, 503].includes(error.status) || error.code === 'in_flight');

let flushing = false;
export async function flush(account: string): Promise<number> {
  if (flushing) return 0;
  flushing = true;
  let sent = 0;
  try {
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      for (const item of read()) {
        if (item.account !== account || item.refused || inHand.has(item.key)) continue;
        try {
          await post(item.path, item.body, { key: item.key });
          drop(item.key);
          sent += 1;
        } catch (error) {
          if (error instanceof Unreachable || isPassing(error)) return;
          keep({ ...item, refused: error instanceof Error ? error.message : String(error) });
        }
      }
    });
  } finally {
    flushing = false;
  }
  return sent;
}

export const retry = (item: Waiting) => {
  const { refused: _, ...again } = item;
  keep({ ...again, key: newKey() });
};

window.addEventListener('storage', (event) => {
  if (event.key !== name) return;
  show(read());
});

export const useWaiting = (account: string): Waiting[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  ).filter((item) => item.account === account);
