// A calendar feed as a calendar program reads it: an event for what is due, with the same id for
// ever, a change that is counted, and a cancellation when nothing is due any more.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, stores } from './harness.mjs';

const day = (more) => new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10);

// Content lines by name, of each event; fails where a line is longer than RFC 5545 permits.
function events(body) {
  assert.ok(body.endsWith('END:VCALENDAR\r\n'));
  const raw = body.split('\r\n');
  for (const line of raw) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(!line.includes('\n'), line);
  }
  const found = [];
  for (const line of body.replaceAll('\r\n ', '').split('\r\n')) {
    const [name, ...value] = line.split(':');
    if (line === 'BEGIN:VEVENT') found.push({});
    else if (found.length > 0) found.at(-1)[name] ??= value.join(':');
  }
  return found;
}

for (const store of stores) {
  describe(`a calendar feed on ${store}`, () => {
    let installation, server, path, units;
    const ask = async (who, method, route, body) => {
      const token = installation.tokens[who];
      const reply = await server.request(method, `/api/v1${route}`, { token, body });
      assert.ok(reply.status < 300, `${route}: ${JSON.stringify(reply.body)}`);
      return reply.body;
    };
    const feed = async () => {
      const reply = await server.get(path);
      assert.equal(reply.status, 200);
      return reply;
    };
    before(async () => {
      installation = new Installation(store).prepare();
      installation.run(['pack', 'activate', 'rectification', '--from', '2021-01-01']);
      installation.tokens.lead = installation.account('lead', 'unit_editor', 'town');
      server = await installation.serve();
      units = {};
      for (const code of ['root', 'town', 'a']) units[code] = (await server.unit(code)).id;
      path = (await ask('secretary', 'POST', '/me/calendar', { version: 0 })).path;
    });
    after(() => installation.close());

    test('an event appears, moves, and is cancelled, and says nothing of the matter', async () => {
      const { id } = await ask('office', 'POST', '/matters', {
        type: 'rectification/rectification',
        unit: units.a,
        fields: { problem: '村道破损', origin: 'superior', kind: 'specific', office: units.root },
      });
      const of = (body) => events(body).find((one) => one.SUMMARY === `整改事项 ${id}`);
      const first = await feed();
      const opened = of(first.body);
      assert.deepEqual([opened.SEQUENCE, opened.STATUS], ['0', 'CONFIRMED']);
      assert.ok(!first.body.includes('村道'));
      assert.equal((await feed()).headers.etag, first.headers.etag);
      const move = (who, version, name, more) =>
        ask(who, 'POST', `/matters/${id}/moves`, { version, move: name, ...more });
      const due = day(30);
      await move('secretary', 1, 'plan', {
        due,
        fields: {
          measures: ['修补'],
          standard: '平整',
          fix_type: 'time_limited',
          horizon: 'near',
          lead: units.town,
        },
      });
      await move('secretary', 2, 'start');
      const moved = of((await feed()).body);
      assert.equal(moved.UID, opened.UID);
      assert.equal(moved['DTSTART;VALUE=DATE'], due.replaceAll('-', ''));
      assert.ok(Number(moved.SEQUENCE) >= 1);
      await move('secretary', 3, 'claim_done', { fields: { result: '已修补' } });
      const gone = of((await feed()).body);
      assert.deepEqual([gone.UID, gone.STATUS], [opened.UID, 'CANCELLED']);
      assert.ok(Number(gone.SEQUENCE) > Number(moved.SEQUENCE));
    });

    test('a disabled account has no feed', async () => {
      installation.run(['account', 'disable', 'secretary']);
      assert.equal((await server.get(path)).status, 404);
      await server.kill('SIGTERM');
      installation.run(['verify']);
    });
  });
}
