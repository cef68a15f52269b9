// Many at once: sixty-four corrections of one version have one winner.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, partyDay, stores } from '../system/harness.mjs';

for (const store of stores) {
  describe(`contention on ${store}`, () => {
    let installation, server, unit, token;
    before(async () => {
      installation = new Installation(store).prepare();
      server = await installation.serve();
      token = installation.tokens.secretary;
      unit = (await server.unit('a')).id;
    });
    after(() => installation.close());

    const correct = (id, version, place) =>
      server.request('POST', `/api/v1/records/${id}/corrections`, {
        token,
        body: { version, reason: '地点写错', place },
      });

    test('64 clients correct one version: one succeeds, the others are told so', async () => {
      const made = await server.request('POST', '/api/v1/records', {
        token,
        body: partyDay(unit, 1),
      });
      for (let version = 1; version <= 10; ++version) {
        const replies = await Promise.all(
          Array.from({ length: 64 }, (_, i) => correct(made.body.id, version, `会议室${i}`)),
        );
        const winners = replies.filter((reply) => reply.status === 200);
        assert.equal(winners.length, 1, `version ${version}`);
        assert.equal(winners[0].body.version, version + 1);
        for (const reply of replies.filter((one) => one.status !== 200)) {
          assert.equal(reply.status, 409, JSON.stringify(reply.body));
          assert.equal(reply.body.code, 'version_conflict');
          assert.equal(reply.body.refusals[0].expected, String(version + 1));
        }
      }
      const history = await server.get(`/api/v1/records/${made.body.id}/versions`, token);
      assert.deepEqual(
        history.body.items.map((item) => item.version),
        Array.from({ length: 11 }, (_, i) => i + 1),
      );
    });

    test('a record that was taken back stays taken back, whoever comes second', async () => {
      const made = await server.request('POST', '/api/v1/records', {
        token,
        body: partyDay(unit, 2),
      });
      const takeBack = () =>
        server.request('POST', `/api/v1/records/${made.body.id}/void`, {
          token,
          body: { version: 1, reason: '重复' },
        });
      const replies = await Promise.all([
        takeBack(),
        correct(made.body.id, 1, '礼堂'),
        takeBack(),
      ]);
      assert.equal(replies.filter((reply) => reply.status === 200).length, 1);
      const again = await server.request('POST', '/api/v1/records', {
        token,
        body: partyDay(unit, 3),
      });
      assert.equal(again.status, 201);
    });
  });
}
