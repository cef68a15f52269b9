// kill -9 under fifty writing clients: what was acknowledged is there exactly once, and nothing
// else.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { describe, test } from 'node:test';
import { Installation, long, partyDay, random, seed, stores } from '../system/harness.mjs';

const rounds = long ? 200 : 20;
const clients = 50;

// Writes until the server is gone; `ledger` has what was acknowledged, `sent` what may be there.
async function writeUntilCut(server, token, unit, next, ledger, sent, agent) {
  for (;;) {
    const serial = next();
    const key = randomBytes(12).toString('hex');
    sent.set(key, serial);
    try {
      const reply = await server.request('POST', '/api/v1/records', {
        token,
        key,
        agent,
        body: partyDay(unit, serial),
      });
      if (reply.status === 503) continue; // not acknowledged; it may or may not be there
      if (reply.status !== 201) throw new Error(`${reply.status}: ${JSON.stringify(reply.body)}`);
      ledger.set(key, { id: reply.body.id, serial });
    } catch (error) {
      if (error.code) return; // the connection was cut
      throw error;
    }
  }
}

async function allRecords(server, token, unit) {
  const found = new Map();
  let cursor = '';
  do {
    const page = await server.get(
      `/api/v1/records?unit=${unit}&limit=500&cursor=${encodeURIComponent(cursor)}`,
      token,
    );
    assert.equal(page.status, 200, JSON.stringify(page.body));
    for (const item of page.body.items) {
      assert.ok(!found.has(item.date), `two records of ${item.date}`);
      found.set(item.date, item.id);
    }
    cursor = page.body.next_cursor ?? '';
  } while (cursor);
  return found;
}

for (const store of stores) {
  describe(`kill -9 on ${store}`, () => {
    test(`${rounds} times under ${clients} clients loses nothing acknowledged`, async () => {
      console.log(`HUILU_SEED=${seed}`);
      const chance = random();
      const installation = new Installation(store).prepare();
      try {
        let serial = 0;
        const ledger = new Map();
        const sent = new Map();
        const token = installation.tokens.secretary;
        let unit;
        for (let round = 0; round < rounds; ++round) {
          const server = await installation.serve();
          unit ??= (await server.unit('a')).id;
          const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
          const before = ledger.size;
          const writing = Promise.all(
            Array.from({ length: clients }, () =>
              writeUntilCut(server, token, unit, () => serial++, ledger, sent, agent),
            ),
          );
          const wanted = before + 1 + Math.floor(chance() * 150);
          while (ledger.size < wanted)
            await new Promise((resolve) => {
              setImmediate(resolve);
            });
          await server.kill('SIGKILL');
          await writing;
          agent.destroy();
        }
        const server = await installation.serve();
        const found = await allRecords(server, token, unit);
        for (const { id, serial: number } of ledger.values()) {
          const { date } = partyDay(unit, number);
          assert.equal(found.get(date), id, `acknowledged ${date} (seed ${seed})`);
        }
        const possible = new Set([...sent.values()].map((number) => partyDay(unit, number).date));
        for (const date of found.keys()) assert.ok(possible.has(date), `nobody sent ${date}`);
        // A repeated key gets the first reply, whichever side of the kill it fell on.
        const [key, known] = [...ledger][ledger.size - 1];
        const again = await server.request('POST', '/api/v1/records', {
          token,
          key,
          body: partyDay(unit, known.serial),
        });
        assert.equal(again.body.id, known.id);
        await server.kill('SIGTERM');
        assert.match(installation.run(['verify']), /0 damage|no damage|0 damages/i);
        console.log(`${ledger.size} acknowledged, ${found.size} found, ${sent.size} sent`);
      } finally {
        await installation.close();
      }
    });
  });
}
