// The one way to the server: language, idempotency key, the journal number to wait for, and what
// comes back wrong as one of three errors. Nothing else calls fetch.
import { language } from '@/i18n/language';
import type { Problem } from './types';

export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
  get status() {
    return this.problem.status;
  }
  get code() {
    return this.problem.code;
  }
  // The sentences that say most: those of the single refusals, or the whole one.
  get sentences(): string[] {
    const own = this.problem.refusals.map((refusal) => refusal.message);
    if (own.length > 0) return [...new Set(own)];
    return this.problem.detail ? [this.problem.detail] : [];
  }
}

// The request may or may not have arrived; sending it again under the same key is safe.
export class Unreachable extends Error {}

export type Query = Record<string, string | number | boolean | string[] | null | undefined>;

export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

export type Options = {
  query?: Query | undefined;
  body?: unknown;
  bytes?: Blob;
  key?: string;
  reason?: string;
  signal?: AbortSignal | undefined;
};

let written = 0; // the journal number of this page's last write
let writtenAt = 0;
const listeners = new Set<() => void>();

// Called when the server says that nobody is signed in any more.
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function headersOf(method: string, options: Options): Headers {
  const headers = new Headers({ 'Accept-Language': language() });
  if (method !== 'GET') headers.set('Idempotency-Key', options.key ?? newKey());
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.bytes) headers.set('Content-Type', 'application/octet-stream');
  if (options.reason) headers.set('Huilu-Reason', encodeURIComponent(options.reason));
  if (method === 'GET' && written > 0 && Date.now() - writtenAt < 30_000) {
    headers.set('Huilu-Journal-Min', String(written));
  }
  return headers;
}

export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  let reply: Response;
  try {
    reply = await fetch(withQuery(`/api/v1${path}`, options.query), {
      method,
      headers: headersOf(method, options),
      body: options.bytes ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable(String(error));
  }
  if (!reply.ok) throw await refusedBy(reply, path);
  if (method !== 'GET') {
    written = Math.max(written, Number(reply.headers.get('Huilu-Journal') ?? 0));
    writtenAt = Date.now();
  }
  return (reply.status === 204 ? undefined : await reply.json()) as T;
}

async function refusedBy(reply: Response, path: string): Promise<Error> {
  const type = reply.headers.get('Content-Type') ?? '';
  const body = type.includes('json') ? ((await reply.json()) as Partial<Problem>) : {};
  // A proxy's own page, or a database that is away: as good as not reached.
  if (reply.status >= 502 && !body.code) return new Unreachable(String(reply.status));
  const problem: Problem = {
    type: 'about:blank',
    title: '',
    code: '',
    detail: '',
    refusals: [],
    ...body,
    status: reply.status,
  };
  if (reply.status === 401 && path !== '/session') for (const listener of listeners) listener();
  return new Refused(problem);
}

export const get = <T>(path: string, query?: Query, options: Options = {}) =>
  request<T>('GET', path, { ...options, query });
export const post = <T>(path: string, body: unknown, options: Options = {}) =>
  request<T>('POST', path, { ...options, body });
