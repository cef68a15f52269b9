// Two server processes on one PostgreSQL are one installation.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, partyDay, stores } from './harness.mjs';

describe('two servers on one PostgreSQL', { skip: !stores.includes('postgres') }, () => {
  let installation, servers, unit, token;
  before(async () => {
    installation = new Installation('postgres').prepare();
    servers = [await installation.serve(), await installation.serve()];
    token = installation.tokens.secretary;
    unit = (await servers[0].unit('a')).id;
  });
  after(() => installation.close());

  test('the same identity posted to both gives one 201 and one 409 with its id', async () => {
    for (let serial = 0; serial < 20; ++serial) {
      const replies = await Promise.all(
        servers.map((server) =>
          server.request('POST', '/api/v1/records', { token, body: partyDay(unit, serial) }),
        ),
      );
      const [made, refused] = replies.sort((x, y) => x.status - y.status);
      assert.equal(made.status, 201, JSON.stringify(made.body));
      assert.equal(refused.status, 409, JSON.stringify(refused.body));
      assert.equal(refused.body.refusals[0].link, `/api/v1/records/${made.body.id}`);
    }
  });

  test("each sees the other's record at once, and its journal number within a second", async () => {
    const made = await servers[0].request('POST', '/api/v1/records', {
      token,
      body: partyDay(unit, 500),
    });
    assert.equal(made.status, 201);
    const started = process.hrtime.bigint();
    const seen = await servers[1].request('GET', `/api/v1/records/${made.body.id}`, {
      token,
      headers: { 'huilu-journal-min': String(made.body.journal) },
    });
    const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
    assert.equal(seen.status, 200, JSON.stringify(seen.body));
    assert.ok(Number(seen.headers['huilu-journal']) >= made.body.journal);
    console.log(`visible in the other process after ${elapsed.toFixed(0)} ms`);
  });

  test('a unit renamed by one is found by its new name in the other', async () => {
    const keeper = installation.tokens.keeper;
    const now = await servers[0].unit('b');
    const renamed = await servers[0].request('POST', `/api/v1/units/${now.id}/name`, {
      token: keeper,
      body: { version: now.version, name: '棲霞嶺支部' },
    });
    assert.equal(renamed.status, 200, JSON.stringify(renamed.body));
    const found = await servers[1].request('GET', `/api/v1/units?q=${encodeURIComponent('栖霞')}`, {
      token: keeper,
      headers: { 'huilu-journal-min': renamed.headers['huilu-journal'] },
    });
    assert.deepEqual(
      found.body.items.map((item) => item.id),
      [now.id],
    );
  });
});
