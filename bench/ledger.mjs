// The part of ./dev bench that has a large ledger: matters of all units of a country, half of them
// settled, on both stores; pages of them, counts and moves over HTTP. A figure is the median of one
// connection's answers; beside it the longest, and what an answer costs in processor time, which
// holds on a busy machine as well.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Installation, binary, psql, stores } from '../tests/system/harness.mjs';
import { median, note, quick, run, seen, work } from './figures.mjs';
import { generated, importUnits, readUnits, unitLine } from './nation.mjs';

const matters = quick ? 20_000 : 200_000;
const answers = quick ? 20 : 50;
const type = 'rectification/rectification';
// The whole country, and on PostgreSQL the first units of it: importing all of them in one go there
// ran, on a busy machine, into the time that the program waits for an answer.
const unitsOf = { sqlite: Infinity, postgres: 50_000 };
const tick = 10; // ms; of the times in /proc

// Processor time in ms of the server, and of the database's processes that work for it.
function spent(server, installation) {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const own = Number(pid) === server.child.pid;
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!own && !(installation.database && line.includes(installation.database))) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error; // it has ended
    }
  }
  return ticks * tick;
}

class LedgerBench {
  constructor(store) {
    this.store = store;
    const folder = join(work, `ledger-${store}`);
    mkdirSync(folder);
    this.installation = new Installation(store, folder);
  }

  async start(units, county) {
    const { installation } = this;
    importUnits(installation, [...units.values()].map(unitLine));
    installation.run(['pack', 'activate', 'rectification', '--from', '2020-01-01']);
    seen();
    const said = JSON.parse(run(binary, ['bench', 'ledger', installation.data,
      installation.url ?? '', String(matters)]));
    // As autovacuum does within a minute.
    if (installation.url) psql(installation.url, 'vacuum analyze');
    const command = 'huilu bench ledger DATA POSTGRES MATTERS';
    note(`ledger: ${said.matters} matters opened, ${this.store}`,
      Math.round(said.matters / said.open_us * 1e6), 'matters/s', command);
    note(`ledger: ${said.moves} moves, ${this.store}`,
      Math.round(said.moves / said.move_us * 1e6), 'moves/s', command);
    installation.run(['account', 'create', 'office', '--display', 'office', '--password-stdin',
      '--role', 'campaign_office', '--unit', 'bench:1'], { input: 'office-secret-0815\n' });
    // Names are open near a grant only.
    installation.run(['account', 'grant', 'office', '--role', 'campaign_office', '--unit',
      `bench:${county.id}`]);
    this.token = /huilu_[A-Za-z0-9_-]+/.exec(
      installation.run(['account', 'token', 'office', '--name', 'bench']))[0];
    this.server = await installation.serve();
    this.top = await this.unit('1');
    this.county = await this.unit(county.id);
    this.province = await this.unit(units.get(county.parent).parent);
  }

  async ask(method, path, body) {
    const reply = await this.server.request(method, path, { token: this.token, body });
    if (reply.status >= 300) {
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    return reply.body;
  }

  async unit(code) {
    return (await this.ask('GET', `/api/v1/units?code=${code}&code_system=bench`)).items[0].id;
  }

  async measure(what, once) {
    await once(0);
    seen();
    const times = [];
    const before = spent(this.server, this.installation);
    for (let i = 1; i <= answers; ++i) {
      const start = performance.now();
      await once(i);
      times.push(performance.now() - start);
    }
    const cpu = (spent(this.server, this.installation) - before) / answers;
    note(`ledger of ${matters}: ${what}, ${this.store}`, Number(median(times).toFixed(1)), 'ms',
      `${answers} answers, one connection`,
      { most_ms: Number(Math.max(...times).toFixed(1)), processor_ms: Number(cpu.toFixed(1)) });
  }

  async pages() {
    const filters = [
      ['by last day', 'sort=due'],
      ['newest', 'sort=newest'],
      ['of a type, by last day', `type=${type}&sort=due`],
      ['of a type, newest', `type=${type}`],
      ['registered, by last day', `type=${type}&state=registered&sort=due`],
      ['a rare state, by last day', `type=${type}&state=cannot_yet&sort=due`],
      ['a rare state, newest', `type=${type}&state=cannot_yet`],
      ['late, by last day', 'overdue=true&sort=due'],
    ];
    for (const place of ['top', 'province', 'county']) {
      for (const [what, filter] of filters) {
        const path = `/api/v1/matters?unit=${this[place]}&limit=50&${filter}`;
        await this.measure(`first page of the ${place}, ${what}`, () => this.ask('GET', path));
      }
      const path = `/api/v1/units/${this[place]}/matters/counts`;
      await this.measure(`counts of the ${place}`, () => this.ask('GET', path));
    }
  }

  // What the office that strikes all of them off has a part in.
  async part() {
    for (const sort of ['due', 'newest']) {
      const path = `/api/v1/matters?party=${this.top}&limit=50&sort=${sort}`;
      await this.measure(`first page of the office, by ${sort}`, () => this.ask('GET', path));
    }
  }

  // Each begins another one.
  async moves() {
    const { items } = await this.ask('GET',
      `/api/v1/matters?unit=${this.top}&type=${type}&state=registered&limit=${answers + 1}`);
    await this.measure('one dropped', (i) => this.ask('POST',
      `/api/v1/matters/${items[i].id}/moves`,
      { version: items[i].version, move: 'drop', reason: 'measurement' }));
  }

  async close() {
    if (this.server) await this.server.kill('SIGTERM');
    await this.installation.close();
  }
}

export async function ledger() {
  const all = readUnits(generated());
  for (const store of stores) {
    const units = new Map([...all].filter(([, { last, below }]) =>
      last - below < unitsOf[store]));
    const county = [...units.values()].filter(({ type: kind }) => kind === 3)
      .reduce((best, unit) => (unit.below > best.below ? unit : best));
    const bench = new LedgerBench(store);
    try {
      await bench.start(units, county);
      await bench.pages();
      await bench.part();
      await bench.moves();
    } finally {
      await bench.close();
    }
  }
}
