// The database fails: stopped, hung, full, or its answer to a commit is lost. Every request ends,
// health answers at once, nothing acknowledged is lost and a repeated key has one effect.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Installation, partyDay, stores, until } from '../system/harness.mjs';

const tool = join(dirname(fileURLToPath(import.meta.url)), '../../tools/postgres.sh');

function shell(...words) {
  const done = spawnSync(words[0], words.slice(1), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`);
  return done.stdout.trim();
}

// A PostgreSQL of this test alone, which it may stop and hang.
class OwnPostgres {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'huilu-own-'));
    shell('chmod', '755', this.folder);
    this.place = join(this.folder, 'pg');
    this.start();
  }

  start() {
    this.url = shell(tool, 'start', this.place).split('\n').pop();
  }
  stop() {
    shell(tool, 'stop', this.place);
  }
  get socket() {
    return new URL(this.url.replace('postgresql:///', 'postgresql://x/')).searchParams.get('host');
  }
  remove() {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // Every process of the server: the postmaster and its children.
  processes() {
    const postmaster = shell('head', '-1', join(this.place, 'data', 'postmaster.pid'));
    const children = spawnSync('pgrep', ['-P', postmaster], { encoding: 'utf8' }).stdout;
    return [postmaster, ...children.split('\n').filter(Boolean)];
  }

  signal(name) {
    for (const process_ of this.processes()) spawnSync('kill', [`-${name}`, process_]);
  }
}

function milliseconds(since) {
  return Number(process.hrtime.bigint() - since) / 1e6;
}

// A post that may fail; {status, took}. 0: no answer.
async function post(server, token, unit, serial, key) {
  const started = process.hrtime.bigint();
  try {
    const reply = await server.request('POST', '/api/v1/records', {
      token,
      key,
      body: partyDay(unit, serial),
    });
    return { ...reply, took: milliseconds(started) };
  } catch {
    return { status: 0, took: milliseconds(started) };
  }
}

describe('a PostgreSQL that fails', { skip: !stores.includes('postgres') }, () => {
  let own, installation, server, unit, token;
  before(async () => {
    own = new OwnPostgres();
    installation = new Installation('sqlite');
    installation.url = own.url;
    installation.prepareAnew();
    server = await installation.serve();
    token = installation.tokens.secretary;
    unit = (await server.unit('a')).id;
  });
  after(async () => {
    await installation.close();
    own.remove();
  });

  test('hung: requests end within ten seconds, health answers, and it heals', async () => {
    assert.equal((await post(server, token, unit, 1)).status, 201);
    own.signal('STOP');
    try {
      const key = 'hung'.repeat(5);
      const pending = post(server, token, unit, 2, key);
      for (let i = 0; i < 10; ++i) {
        const health = await server.get('/healthz');
        assert.ok([200, 503].includes(health.status));
      }
      const reply = await pending;
      assert.ok([503, 504].includes(reply.status), `${reply.status}`);
      assert.ok(reply.took < 10_000, `${reply.took} ms`);
    } finally {
      own.signal('CONT');
    }
    const again = await until(
      'writes work again',
      async () => {
        const r = await post(server, token, unit, 2, 'hung'.repeat(5));
        return r.status === 201 && r;
      },
      15,
    );
    const twice = await post(server, token, unit, 2, 'hung'.repeat(5));
    assert.equal(twice.body.id, again.body.id);
  });

  test('stopped and started again: busy in between, then all is there', async () => {
    const before_ = await post(server, token, unit, 10);
    assert.equal(before_.status, 201);
    own.stop();
    const reply = await post(server, token, unit, 11, 'stopped'.repeat(3));
    assert.equal(reply.status, 503);
    assert.equal(reply.body.code, 'busy');
    await until('health says so', async () => (await server.get('/healthz')).status === 503);
    own.start();
    await until(
      'writes work again',
      async () => (await post(server, token, unit, 11, 'stopped'.repeat(3))).status === 201,
      15,
    );
    assert.equal((await server.get(`/api/v1/records/${before_.body.id}`, token)).status, 200);
  });

  test('the answer to a commit cut: one effect, and the same reply to the same key', async () => {
    const folder = join(own.folder, 'proxy');
    mkdirSync(folder);
    let cut = false;
    const sockets = new Set();
    const proxy = net
      .createServer((client) => {
        const upstream = net.connect(join(own.socket, '.s.PGSQL.5432'));
        for (const socket of [client, upstream]) {
          sockets.add(socket);
          socket.on('error', () => {});
          socket.on('close', () => {
            client.destroy();
            upstream.destroy();
            sockets.delete(socket);
          });
        }
        client.pipe(upstream);
        upstream.on('data', (bytes) => {
          if (cut && bytes.includes('COMMIT\0')) {
            cut = false;
            client.destroy();
          } else {
            client.write(bytes);
          }
        });
      })
      .listen(join(folder, '.s.PGSQL.5432'));
    const through = await installation.serve({
      url: own.url
        .replace(encodeURIComponent(own.socket), encodeURIComponent(folder))
        .replace(own.socket, folder),
    });
    try {
      for (let serial = 100; serial < 105; ++serial) {
        const key = `cut-cut-cut-cut-${serial}`;
        cut = true;
        const first = await post(through, token, unit, serial, key);
        cut = false;
        const second = await until(
          'an answer',
          async () => {
            const r = await post(through, token, unit, serial, key);
            return r.status === 201 && r;
          },
          15,
        );
        if (first.status === 201) assert.equal(second.body.id, first.body.id);
        const other = await post(through, token, unit, serial);
        assert.equal(other.status, 409, 'the record is there exactly once');
        assert.equal(other.body.refusals[0].link, `/api/v1/records/${second.body.id}`);
      }
    } finally {
      await through.kill('SIGTERM');
      for (const socket of sockets) socket.destroy();
      proxy.close();
    }
  });
});

// A small file system of its own, where this machine lets a test make one.
function smallDisk(folder, megabytes) {
  mkdirSync(folder);
  return (
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0
  );
}

describe('a full disk', () => {
  let folder, mounted;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'huilu-full-'));
    mounted = smallDisk(join(folder, 'disk'), 24);
  });
  after(() => {
    if (mounted) spawnSync('umount', [join(folder, 'disk')]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('writes are answered 507, reads go on, no restart is needed', async (context) => {
    if (!mounted) return context.skip('no right to mount here');
    const installation = new Installation('sqlite', join(folder, 'disk')).prepare();
    try {
      const server = await installation.serve();
      const token = installation.tokens.secretary;
      const unit = (await server.unit('a')).id;
      const filler = join(folder, 'disk', 'filler');
      const kept = await post(server, token, unit, 1);
      assert.equal(kept.status, 201);
      spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096', 'count=100000']);
      let full;
      for (let serial = 2; serial < 3000 && !full; ++serial) {
        const reply = await post(server, token, unit, serial);
        if (reply.status !== 201) full = reply;
      }
      assert.equal(full.status, 507, JSON.stringify(full.body));
      assert.equal(full.body.code, 'storage_full');
      assert.equal((await server.get(`/api/v1/records/${kept.body.id}`, token)).status, 200);
      rmSync(filler);
      await until(
        'writes work again',
        async () => (await post(server, token, unit, 5000)).status === 201,
      );
      await server.kill('SIGTERM');
      installation.run(['verify']);
    } finally {
      await Promise.all([...installation.servers].map((one) => one.kill('SIGKILL')));
    }
  });
});
