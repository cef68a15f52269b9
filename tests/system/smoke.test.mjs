// The program from an empty folder to its end: a tree and an account from the command line, a
// server, a sign-in, a record, SIGTERM; and what stood in it is whole, backed up and restored.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Installation, psql, stores } from './harness.mjs';

async function signIn(server, account) {
  const reply = await server.request('POST', '/api/v1/session', {
    body: { account, password: `${account}-secret-0815` },
    key: null,
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  const [cookie] = reply.headers['set-cookie'];
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  return cookie.split(';')[0];
}

for (const store of stores) {
  describe(`the program on ${store}`, () => {
    test('serves, keeps what it acknowledged, and ends when it is told', async () => {
      const installation = new Installation(store).prepareAnew();
      try {
        const server = await installation.serve();
        const health = await server.get('/healthz');
        assert.equal(health.status, 200);
        assert.equal(health.body.status, 'ok');
        const cookie = await signIn(server, 'secretary');
        const me = await server.request('GET', '/api/v1/me', { headers: { cookie } });
        assert.equal(me.body.account.name, 'secretary');

        const unit = (await server.unit('a')).id;
        const body = {
          types: ['core/theme_party_day'],
          units: [unit],
          date: me.body.today,
          fields: { 'core/theme_party_day': { summary: '清扫村道' } },
        };
        const post = (headers) =>
          server.request('POST', '/api/v1/records', { body, headers: { cookie, ...headers } });
        assert.equal((await post({})).body.code, 'csrf');
        const made = await post({ 'sec-fetch-site': 'same-origin' });
        assert.equal(made.status, 201, JSON.stringify(made.body));
        assert.deepEqual(await server.kill('SIGTERM'), { code: 0, signal: null });

        const again = await installation.serve();
        const kept = await again.request('GET', `/api/v1/records/${made.body.id}`, {
          headers: { cookie },
        });
        assert.equal(kept.status, 200, JSON.stringify(kept.body));
        assert.equal(kept.body.fields['core/theme_party_day'].summary, '清扫村道');
        // Commands beside a running server.
        installation.run(['account', 'create', 'second', '--display', '第二', '--machine']);
        const backup = join(installation.folder, 'backup');
        installation.run(['backup', backup]);
        assert.deepEqual(await again.kill('SIGINT'), { code: 0, signal: null });
        installation.run(['verify']);

        const copy = new Installation(store, installation.folder);
        try {
          copy.data = join(installation.folder, 'copy');
          copy.run(['restore', backup]);
          assert.equal(copy.run(['account', 'list']), installation.run(['account', 'list']));
          assert.equal(copy.run(['verify']), installation.run(['verify']));
        } finally {
          if (copy.database)
            psql(process.env.HUILU_TEST_POSTGRES, `drop database ${copy.database}`);
        }
      } finally {
        await installation.close();
      }
    });

    test('another today is refused unless it is a demo', () => {
      const installation = new Installation(store);
      installation.run(['serve', '--listen', '127.0.0.1:0', '--today', '2026-03-05'], { exit: 2 });
      assert.ok(!existsSync(join(installation.data, 'huilu.db')));
      return installation.close();
    });
  });
}
