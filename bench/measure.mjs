// The measurements of ./dev bench, one after another on this machine and over loopback only. Each
// figure stands beside its command and the load average at its start. Run by bench/run.sh.
//   node measure.mjs WORK_FOLDER [--quick] [PART..]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Installation, binary, psql } from '../tests/system/harness.mjs';
import { exec, findings, median, note, quick, run, seconds, seen, wanted, work }
  from './figures.mjs';
import { ledger } from './ledger.mjs';
import { large, nation } from './nation.mjs';
import { pages } from './pages.mjs';

const clients = 64;
const rounds = 3;
// That records are entered for; as many as a command line grants in a moment.
const branches = Array.from({ length: 20 }, (_, i) => 112 + i * 45);
const idleConnections = 2000;

// 1 + 10 + 100 + 900 units, as trigger.sql has them.
function smallTree() {
  const lines = ['code,name,type,level,parent,from'];
  const add = (id, type, level, parent) =>
    lines.push(`${id},第${id}号,${type},${level},${parent},2000-01-01`);
  add(1, 'local_committee', 2, '');
  for (let id = 2; id <= 11; ++id) add(id, 'local_committee', 3, 1);
  for (let id = 12; id <= 111; ++id) add(id, 'primary_committee', 4, 2 + id % 10);
  for (let id = 112; id <= 1011; ++id) add(id, 'branch', 5, 12 + id % 100);
  return `${lines.join('\n')}\n`;
}

class RecordBench {
  constructor(store) {
    this.store = store;
    this.folder = join(work, `records-${store}`);
    mkdirSync(this.folder);
    this.installation = new Installation(store, this.folder);
    this.serial = 0;
    this.rates = [];
    this.latencies = [];
  }

  async start() {
    const file = join(this.folder, 'units.csv');
    writeFileSync(file, smallTree());
    this.installation.run(['import', 'units', file, '--code-system', 'test']);
    // A secretary enters records for the branches that the grant names, and for none below.
    this.token = this.installation.account('bench', 'branch_secretary', String(branches[0]));
    for (const id of branches.slice(1)) {
      this.installation.run(['account', 'grant', 'bench', '--role', 'branch_secretary', '--unit',
        `test:${id}`]);
    }
    this.server = await this.installation.serve();
    const units = [];
    for (const id of branches) units.push((await this.server.unit(id, this.token)).id);
    this.units = join(this.folder, 'units.txt');
    writeFileSync(this.units, `${units.join('\n')}\n`);
  }

  async round() {
    const url = `http://127.0.0.1:${this.server.port}`;
    const { stdout, stderr } = await exec('wrk', ['-t2', `-c${clients}`, `-d${seconds}s`, '-s',
      'bench/post.lua', url, '--', this.token, this.units, String(this.serial),
      `${process.pid}-${this.serial}`], { timeout: 120_000 });
    const said = JSON.parse(stdout.trim().split('\n').at(-1));
    if (said.other || said.errors) {
      throw new Error(`${this.store}: not all answers were 201: ${JSON.stringify(said)} ${stderr}`);
    }
    const health = await this.server.get('/healthz');
    if (health.status !== 200) throw new Error(`${this.store}: /healthz says ${health.status}`);
    this.serial += 4_000_000; // beyond the ranges of this round's threads
    this.rates.push(Math.round(said.created / said.us * 1e6));
    this.latencies.push(Math.round(said.p99_us / 100) / 10);
  }

  tell() {
    const command = `wrk -t2 -c${clients} -d${seconds}s -s bench/post.lua`;
    note(`durable records over HTTP, ${this.store}`, median(this.rates), 'records/s', command,
      { runs: this.rates });
    note(`their 99th percentile, ${this.store}`, median(this.latencies), 'ms', command,
      { runs: this.latencies });
  }

  async close() {
    if (this.server) await this.server.kill('SIGTERM');
    await this.installation.close();
  }
}

function triggerRate(url, count) {
  const words = ['-n', '-M', 'prepared', '-c', String(count), '-j', '2', '-T', String(seconds),
    '-f', 'bench/trigger_insert.sql', url];
  const done = run('pgbench', words);
  if (!/number of failed transactions: 0 /.test(done)) throw new Error(`pgbench: ${done}`);
  return Math.round(Number(/tps = ([\d.]+)/.exec(done)[1]));
}

async function records() {
  const sqlite = new RecordBench('sqlite');
  try {
    await sqlite.start();
    seen();
    for (let i = 0; i < rounds; ++i) await sqlite.round();
    sqlite.tell();
  } finally {
    await sqlite.close();
  }

  const postgres = new RecordBench('postgres');
  try {
    await postgres.start();
    const url = process.env.HUILU_TEST_POSTGRES;
    run('psql', [url, '-Xq', '-v', 'ON_ERROR_STOP=1', '-f', 'bench/trigger.sql']);
    const settings = psql(url,
      "select current_setting('fsync') || current_setting('synchronous_commit')");
    if (settings !== 'onon') throw new Error(`PostgreSQL is not durable: ${settings}`);
    const baseline = [];
    const fewer = [];
    seen();
    for (let i = 0; i < rounds; ++i) {
      await postgres.round();
      baseline.push(triggerRate(url, clients));
      fewer.push(triggerRate(url, 8));
    }
    postgres.tell();
    const command = (count) => `pgbench -n -M prepared -c ${count} -j 2 -T ${seconds}`
      + ' -f bench/trigger_insert.sql (after bench/trigger.sql)';
    note(`baseline: bare trigger, ${clients} clients`, median(baseline), 'records/s',
      command(clients), { runs: baseline });
    note('the same trigger, 8 clients', median(fewer), 'records/s', command(8), { runs: fewer });
    note('PostgreSQL: Huilu to the trigger', Number((median(postgres.rates) / median(baseline))
      .toFixed(2)), 'times', 'the two medians above');
  } finally {
    await postgres.close();
  }
}

const resident = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

// A connection that has had one answer and is kept open.
function idleConnection(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    socket.once('data', () => resolve(socket));
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the server closed an idle connection')));
  });
}

async function idle() {
  const place = join(work, 'idle');
  mkdirSync(place);
  const installation = new Installation('sqlite', place);
  try {
    const server = await installation.serve();
    for (let i = 0; i < 200; ++i) await server.get('/healthz');
    seen();
    const before = resident(server.child.pid);
    const sockets = [];
    while (sockets.length < idleConnections) {
      const some = Array.from({ length: 50 }, () => idleConnection(server.port));
      sockets.push(...await Promise.all(some));
    }
    const bytes = (resident(server.child.pid) - before) / idleConnections;
    if (sockets.some((socket) => socket.destroyed)) throw new Error('a connection was lost');
    note('an idle connection', Number((bytes / 1024).toFixed(1)), 'KB',
      `VmRSS of the server with ${idleConnections} connections that had one answer, less before`);
    sockets.forEach((socket) => socket.destroy());
    await server.kill('SIGTERM');
  } finally {
    await installation.close();
  }
}

// How well duties are drafted from documents that were labelled by hand, where these are.
function drafting() {
  const folder = '../shared/seeds';
  if (!existsSync(folder)) return;
  const labels = 'bench/drafting/labels.csv';
  const said = JSON.parse(run(binary, ['bench', 'draft', labels, folder]));
  const command = `huilu bench draft ${labels} ${folder}`;
  for (const [name, member] of [
    ['precision', 'precision_permille'],
    ['recall', 'recall_permille'],
    ['precision, every field right', 'all_fields_precision_permille'],
    ['recall, every field right', 'all_fields_recall_permille'],
  ]) {
    note(`drafted duties: ${name}`, said[member] / 10, '%', command);
  }
}

const all = ['records', 'import', 'move', 'standing', 'members', 'large', 'ledger', 'idle',
  'drafting', 'pages'];
for (const part of wanted) {
  if (!all.includes(part)) throw new Error(`${part}: expected ${all.join(', ')}`);
}
const parts = new Set(wanted.length ? wanted : all);
if (parts.has('records')) await records();
if (['import', 'move', 'standing', 'members'].some((part) => parts.has(part))) await nation(parts);
if (parts.has('large')) await large();
if (parts.has('ledger')) await ledger();
if (parts.has('idle')) await idle();
if (parts.has('drafting')) drafting();
if (parts.has('pages')) await pages(note, seen);

writeFileSync('build/bench.json', `${JSON.stringify(findings, null, 1)}\n`);
const width = Math.max(...findings.map(({ name }) => name.length));
console.log(`${cpus().length} × ${cpus()[0].model}${quick ? ', quick' : ''}`);
for (const { name, value, unit, load_average } of findings) {
  console.log(`${name.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(10)}`
    + `  load ${load_average}`);
}
