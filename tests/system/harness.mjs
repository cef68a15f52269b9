// What the tests of the whole program share: a fresh installation on either store with a small tree
// and accounts, a server of it on a free port, and clients that keep a ledger. Servers end by
// themselves with the test; only processes that were started here are ended.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const binary = process.env.HUILU_BINARY;
if (!binary) throw new Error('HUILU_BINARY names the program to test');
const postgres = process.env.HUILU_TEST_POSTGRES;
if (!postgres && process.env.HUILU_REQUIRE_POSTGRES) throw new Error('no PostgreSQL to test on');

const prepared = process.env.HUILU_PREPARED;
export const preparedDatabase = 'prepared';

export const stores = postgres ? ['sqlite', 'postgres'] : ['sqlite'];
export const long = process.env.HUILU_LONG === '1';

export const trialPack = join(
  dirname(fileURLToPath(import.meta.url)),
  '../fixtures/packs/trial',
);

// Random tests print their seed and take it back.
export const seed = Number(process.env.HUILU_SEED ?? randomBytes(4).readUInt32LE());
export function random(start = seed) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function psql(url, sql) {
  const done = spawnSync('psql', [url, '-XAtqc', sql], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
  return done.stdout.trim();
}

const units = `code,name,type,level,parent,from
root,清河市委员会,local_committee,3,,2000-01-01
town,柳溪镇委员会,primary_committee,4,root,2000-01-01
a,东村支部,branch,5,town,2000-01-01
b,西村支部,branch,5,town,2000-01-01
other,石桥镇委员会,primary_committee,4,root,2000-01-01
c,桥头支部,branch,5,other,2000-01-01
`;
const people = `key,name,branch,kind,joined
p1,林一,a,full,2010-01-01
p2,林二,a,full,2010-01-01
p3,林三,a,probationary,2024-01-01
p4,周四,c,full,2010-01-01
`;

export class Installation {
  constructor(store, folder = mkdtempSync(join(tmpdir(), 'huilu-system-')), database) {
    this.folder = folder;
    this.store = store;
    this.data = join(folder, 'data');
    this.url = null;
    if (store === 'postgres') {
      this.database = database ?? `t${randomBytes(8).toString('hex')}`;
      if (database) psql(postgres, `drop database if exists ${database}`);
      psql(postgres, `create database ${this.database}`);
      this.url = postgres.replace('/postgres?', `/${this.database}?`);
    }
    this.servers = new Set();
    this.packs = [];
  }

  location(url = this.url) {
    return [
      '--data',
      this.data,
      ...(url ? ['--postgres', url] : []),
      ...this.packs.flatMap((folder) => ['--pack', folder]),
    ];
  }

  // The little pack of tests, known from here on and in force since 2020.
  activateTrial() {
    this.packs = [trialPack];
    this.run(['pack', 'activate', 'trial', '--from', '2020-01-01']);
    return this;
  }

  // Runs a command; throws when its exit code is another one.
  run(words, { exit = 0, input } = {}) {
    const done = spawnSync(binary, [...this.location(), ...words], { encoding: 'utf8', input });
    if (done.status !== exit) {
      throw new Error(
        `huilu ${words.join(' ')}: exit ${done.status}\n${done.stdout}${done.stderr}`,
      );
    }
    return done.stdout;
  }

  // The tree above, and a bearer token for a secretary of branch a and for a delegate of the town;
  // copied where HUILU_PREPARED names a folder with one (see prepare.mjs).
  prepare() {
    return prepared ? this.copyPrepared() : this.prepareAnew();
  }

  copyPrepared() {
    const made = join(prepared, this.store);
    cpSync(join(made, 'data'), this.data, { recursive: true });
    this.tokens = JSON.parse(readFileSync(join(made, 'tokens.json'), 'utf8'));
    if (this.database) {
      psql(postgres, `drop database ${this.database}`);
      psql(postgres, `create database ${this.database} template ${preparedDatabase}`);
    }
    return this;
  }

  prepareAnew() {
    writeFileSync(join(this.folder, 'units.csv'), units);
    writeFileSync(join(this.folder, 'people.csv'), people);
    this.run(['import', 'units', join(this.folder, 'units.csv'), '--code-system', 'test']);
    this.run(['import', 'people', join(this.folder, 'people.csv'), '--code-system', 'test']);
    this.tokens = {
      secretary: this.account('secretary', 'branch_secretary', 'a'),
      delegate: this.account('delegate', 'delegate', 'town'),
      office: this.account('office', 'campaign_office', 'root'),
      keeper: this.account('keeper', 'tree_keeper', 'root'),
    };
    return this;
  }

  account(name, role, unit) {
    const grant = unit ? ['--role', role, '--unit', `test:${unit}`] : ['--role', role];
    this.run(['account', 'create', name, '--display', name, '--password-stdin', ...grant], {
      input: `${name}-secret-0815\n`,
    });
    const shown = this.run(['account', 'token', name, '--name', 'test']);
    return /huilu_[A-Za-z0-9_-]+/.exec(shown)[0];
  }

  async serve({ url, words = [], under = [] } = {}) {
    const command = [
      ...under,
      binary,
      ...this.location(url ?? this.url),
      'serve',
      '--listen',
      '127.0.0.1:0',
      '--log-level',
      'warning',
      ...words,
    ];
    const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new Server(this, child);
    this.servers.add(server);
    await server.ready();
    return server;
  }

  // Ends what was started and removes what was made.
  async close() {
    await Promise.all([...this.servers].map((server) => server.kill('SIGKILL')));
    if (this.database) psql(postgres, `drop database if exists ${this.database} with (force)`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class Server {
  constructor(installation, child) {
    this.installation = installation;
    this.child = child;
    this.log = '';
    child.stderr.on('data', (bytes) => {
      this.log += bytes;
    });
    this.exited = new Promise((resolve) =>
      child.on('exit', (code, signal) => {
        installation.servers.delete(this);
        resolve({ code, signal });
      }),
    );
  }

  ready() {
    let out = '';
    return new Promise((resolve, reject) => {
      this.child.stdout.on('data', (bytes) => {
        out += bytes;
        const line = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(out);
        if (line) {
          this.port = Number(line[1]);
          resolve(this);
        }
      });
      this.exited.then(({ code }) => reject(new Error(`the server ended (${code}): ${this.log}`)));
    });
  }

  async kill(signal) {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.exited;
  }

  // {status, headers, body}; `body` is parsed where it is JSON. A lost connection rejects.
  request(method, path, { token, body, key, headers = {}, raw, agent } = {}) {
    const bytes = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const all = { ...headers };
    if (token) all.authorization = `Bearer ${token}`;
    if (body !== undefined) all['content-type'] = 'application/json';
    if (method !== 'GET' && key !== null) {
      all['idempotency-key'] = key ?? randomBytes(12).toString('hex');
    }
    if (bytes !== undefined && !all['transfer-encoding']) {
      all['content-length'] ??= Buffer.byteLength(bytes);
    }
    return new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port: this.port, method, path, headers: all, agent },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const json = /json/.test(response.headers['content-type'] ?? '');
            resolve({
              status: response.statusCode,
              headers: response.headers,
              body: json && text ? JSON.parse(text) : text,
            });
          });
        },
      );
      request.on('error', reject);
      request.end(bytes);
    });
  }

  async get(path, token) {
    return this.request('GET', path, { token });
  }

  async unit(code, token = this.installation.tokens.office) {
    const found = await this.get(`/api/v1/units?code=${code}&code_system=test`, token);
    return found.body.items[0];
  }
}

// A themed party day of one branch, planned far ahead; `serial` makes each another one.
export function partyDay(unit, serial, more = {}) {
  const date = new Date(Date.UTC(2100, 0, 1 + serial)).toISOString().slice(0, 10);
  return { types: ['core/theme_party_day'], units: [unit], date, ...more };
}

// Waits for a condition, for at most `seconds`; throws when it does not come true.
export async function until(what, condition, seconds = 10) {
  const end = process.hrtime.bigint() + BigInt(seconds) * 1_000_000_000n;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (process.hrtime.bigint() > end) throw new Error(`not in ${seconds} s: ${what}`);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
