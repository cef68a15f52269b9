// A demo that browser tests may write to: a copy of the one that HUILU_DEMO or HUILU_PREPARED names
// (see prepare.mjs), or made anew.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Installation } from '../system/harness.mjs';
import { launch, Visitor } from './browser.mjs';

export class Demo {
  static async start() {
    const folder = mkdtempSync(join(tmpdir(), 'huilu-pages-'));
    const installation = new Installation('sqlite', folder);
    const prepared = process.env.HUILU_PREPARED;
    const made = process.env.HUILU_DEMO ?? (prepared && join(prepared, 'demo', 'data'));
    if (made) cpSync(made, installation.data, { recursive: true });
    else installation.run(['demo', '--weeks', '1']);
    const lines = readFileSync(join(installation.data, 'demo-accounts.txt'), 'utf8').trim();
    const passwords = Object.fromEntries(lines.split('\n').map((line) => line.split(' ')));
    const server = await installation.serve();
    const url = `http://127.0.0.1:${server.port}`;
    return new Demo({ folder, installation, passwords, server, url, browser: await launch() });
  }

  constructor(parts) {
    Object.assign(this, parts);
  }

  arrive(account, more = {}) {
    const password = this.passwords[account];
    return Visitor.arrive(this.browser, this.url, { ...more, account, password });
  }

  // What the API answers a visitor, by the cookie of the pages.
  async ask(visitor, path) {
    const headers = { 'accept-language': visitor.language };
    const reply = await visitor.context.request.get(`${this.url}/api/v1${path}`, { headers });
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
    return reply.json();
  }

  async unitOf(visitor) {
    return (await this.ask(visitor, '/units')).items[0];
  }

  async close() {
    await this.browser.close();
    await this.installation.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
