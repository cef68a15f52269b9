// Matters over HTTP: of sixty-four clients that strike off one matter exactly one wins and the
// others are told who; refusals leave nothing behind; tables and journal agree afterwards.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { Installation, random, seed, stores } from './harness.mjs';

const clients = 64;

for (const store of stores) {
  describe(`matters on ${store}`, () => {
    let installation, server, units, tokens;
    before(async () => {
      installation = new Installation(store).prepare();
      installation.run(['pack', 'activate', 'rectification', '--from', '2020-01-01']);
      tokens = {
        ...installation.tokens,
        lead: installation.account('lead', 'unit_editor', 'town'),
        other: installation.account('other', 'branch_secretary', 'c'),
      };
      server = await installation.serve();
      units = {};
      for (const code of ['root', 'town', 'a', 'c']) units[code] = (await server.unit(code)).id;
    });
    after(() => installation.close());

    const post = (path, body, token, options = {}) =>
      server.request('POST', `/api/v1${path}`, { token, body, ...options });

    async function open() {
      const reply = await post(
        '/matters',
        {
          type: 'rectification/rectification',
          unit: units.a,
          fields: {
            problem: '路面',
            origin: 'self',
            kind: 'specific',
            office: units.root,
          },
        },
        tokens.office,
      );
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
      return reply.body.id;
    }

    const steps = [
      [
        'secretary',
        'plan',
        () => ({
          due: '2100-01-01',
          fields: {
            measures: ['修补'],
            standard: '平整',
            fix_type: 'at_once',
            horizon: 'near',
            lead: units.town,
          },
        }),
      ],
      ['secretary', 'start', () => ({})],
      ['secretary', 'claim_done', () => ({ fields: { result: '已修' } })],
      ['lead', 'verify', () => ({ reason: '现场查看' })],
      ['office', 'strike', () => ({})],
    ];

    async function advance(id, count) {
      for (const [i, [who, move, more]] of steps.slice(0, count).entries()) {
        const body = { version: i + 1, move, ...more() };
        const reply = await post(`/matters/${id}/moves`, body, tokens[who]);
        assert.equal(reply.status, 200, `${move}: ${JSON.stringify(reply.body)}`);
      }
    }

    test('of sixty-four that strike off one matter exactly one succeeds', async () => {
      const id = await open();
      await advance(id, 4);
      const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
      const replies = await Promise.all(
        Array.from({ length: clients }, () =>
          post(`/matters/${id}/moves`, { version: 5, move: 'strike' }, tokens.office, { agent }),
        ),
      );
      agent.destroy();
      const won = replies.filter((reply) => reply.status === 200);
      assert.equal(won.length, 1);
      for (const reply of replies) {
        if (reply.status === 200) continue;
        assert.equal(reply.status, 409, JSON.stringify(reply.body));
        assert.equal(reply.body.code, 'matter_moved');
        assert.match(reply.body.refusals[0].expected, /^6: strike, a\d+$/);
        assert.equal(reply.body.refusals[0].link, `/api/v1/matters/${id}`);
      }
      const read = await server.get(`/api/v1/matters/${id}`, tokens.office);
      assert.equal(read.body.state, 'closed');
      assert.equal(read.body.timeline.length, 6);
    });

    test('what is not allowed is refused in any order and leaves no entry', async () => {
      console.log(`seed ${seed}`);
      const dice = random();
      const type = (await server.get('/api/v1/matter-types', tokens.office)).body.items[0];
      const head = async () => (await server.get('/api/v1/journal/head', tokens.office)).body.size;
      for (let count = 0; count <= steps.length; ++count) {
        const id = await open();
        await advance(id, count);
        const whole = (await server.get(`/api/v1/matters/${id}`, tokens.office)).body;
        const before = await head();
        for (let i = 0; i < 12; ++i) {
          const move = type.moves[Math.floor(dice() * type.moves.length)];
          if (move.from.includes(whole.state)) continue;
          const who = ['secretary', 'lead', 'office', 'other'][Math.floor(dice() * 4)];
          const body = { version: whole.version, move: move.id };
          const reply = await post(`/matters/${id}/moves`, body, tokens[who]);
          assert.ok([403, 404, 409].includes(reply.status), JSON.stringify(reply.body));
        }
        assert.equal(await head(), before);
      }
    });

    test('a key that is repeated moves once', async () => {
      const id = await open();
      const body = { version: 1, move: 'drop', reason: '查无此事' };
      const key = 'matters-key-0123456789';
      const first = await post(`/matters/${id}/moves`, body, tokens.office, {
        key,
      });
      const second = await post(`/matters/${id}/moves`, body, tokens.office, {
        key,
      });
      assert.equal(first.status, 200);
      assert.deepEqual(second.body, first.body);
    });

    test('the tables are what the journal says', async () => {
      await server.kill('SIGTERM');
      assert.match(installation.run(['verify']), /0/);
    });
  });
}
