// A small town that browser tests may write to: the tree of the system tests with what a test adds
// to it, packs in force, accounts by name, and the ids of units by their codes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Installation } from '../system/harness.mjs';
import { launch, Visitor } from './browser.mjs';

// Before that the packs' documents were not there.
const since = '2021-01-01';

const passwordOf = (account) => `${account}-secret-0815`;

export class Town {
  // `packs` in force; `accounts`: {name: [role, code of a unit]}; `units` and `people`:
  // lines of further sheets, each with its heading; `outbox`: {key, setup} of what leaves.
  static async start({ packs = ['rectification'], accounts = {}, units, people, outbox } = {}) {
    const installation = new Installation('sqlite').prepare();
    for (const [kind, sheet] of Object.entries({ units, people })) {
      if (!sheet) continue;
      const path = join(installation.folder, `more-${kind}.csv`);
      writeFileSync(path, sheet);
      installation.run(['import', kind, path, '--code-system', 'test']);
    }
    for (const pack of packs) installation.run(['pack', 'activate', pack, '--from', since]);
    for (const [name, [role, unit]] of Object.entries(accounts)) {
      installation.tokens[name] = installation.account(name, role, unit);
    }
    const words = [];
    if (outbox) {
      const path = join(installation.folder, 'outbox.json');
      writeFileSync(join(installation.folder, 'outbox.key'), outbox.key);
      writeFileSync(path, JSON.stringify({ key_file: 'outbox.key', ...outbox.setup }));
      words.push('--outbox', path);
    }
    const server = await installation.serve({ words });
    const town = new Town({ installation, server, words, browser: await launch(), units: {} });
    town.url = `http://127.0.0.1:${server.port}`;
    await town.find(['root', 'town', 'a', 'b']);
    return town;
  }

  constructor(parts) {
    Object.assign(this, parts);
  }

  // Units by their codes, as an account sees them who is near enough to know their names.
  async find(codes, account = 'office') {
    for (const code of codes) {
      const found = await this.server.unit(code, this.installation.tokens[account]);
      assert.ok(found, `${account} sees no unit ${code}`);
      this.units[code] = found.id;
    }
  }

  // Another today from here on: the town is as invented as a demo, and is marked as one. Whoever
  // was there signs in anew.
  async live(day) {
    await this.server.kill('SIGTERM');
    writeFileSync(join(this.installation.data, 'demo.json'), '{}');
    this.server = await this.installation.serve({ words: [...this.words, '--today', day] });
    this.url = `http://127.0.0.1:${this.server.port}`;
  }

  // A visitor who has signed in.
  arrive(account, size = 'desktop', language = 'zh-CN') {
    const password = passwordOf(account);
    return Visitor.arrive(this.browser, this.url, { size, language, account, password });
  }

  post(account, path, body) {
    return this.ask('POST', account, path, body);
  }
  get(account, path) {
    return this.ask('GET', account, path);
  }

  // What the API answers an account; everything but success throws.
  async ask(method, account, path, body) {
    const token = this.installation.tokens[account];
    assert.ok(token, `no account ${account}`);
    const reply = await this.server.request(method, `/api/v1${path}`, { token, body });
    const said = () => `${path}: ${reply.status} ${JSON.stringify(reply.body)}`;
    assert.ok(reply.status < 300, said());
    return reply.body;
  }

  async close() {
    await this.browser.close();
    await this.installation.close();
  }
}
