// Bad input gets a clear error: status, code and where; the server works on, and nothing personal
// is in its log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, partyDay, stores } from './harness.mjs';

const secretName = '绝密王小明';

function cases(unit, forbidden) {
  const day = partyDay(unit, 1);
  const post = (body) => ['POST', '/api/v1/records', { body }];
  const raw = (bytes, headers = {}) => [
    'POST',
    '/api/v1/records',
    { raw: bytes, headers: { 'content-type': 'application/json', ...headers } },
  ];
  return [
    ['a body of 100 MB', ...raw(Buffer.alloc(100 * 1024 * 1024, 0x20)), 413, 'body_too_large', ''],
    ['nesting of a million', ...raw('['.repeat(1_000_000)), 400, 'nesting_too_deep'],
    ['invalid UTF-8', ...raw(Buffer.from([0x22, 0xff, 0x22])), 400, 'not_utf8'],
    ['half a JSON text', ...raw('{"types":['), 400, 'malformed_json'],
    ['a number with a fraction', ...raw('{"version":1.5}'), 400, 'malformed_json'],
    ['a key that stands twice', ...raw('{"a":1,"a":2}'), 400, 'malformed_json', '/a'],
    ['another content type', ...raw('{}', { 'content-type': 'text/plain' }), 415, 'content_type'],
    ['an unknown unit', ...post({ ...day, units: ['u999999'] }), 422, 'unknown_unit', '/units/0'],
    [
      'a unit of somebody else',
      ...post({ ...day, units: [forbidden] }),
      [403, 422],
      ['not_permitted', 'unknown_unit'],
      '/units/0',
    ],
    [
      'two wrong fields at once',
      ...post({ ...day, date: '2026-02-30', units: 'u1' }),
      422,
      'field_type',
      ['/date', '/units'],
    ],
    ['an unknown field', ...post({ ...day, colour: 'red' }), 422, 'unknown_field', '/colour'],
    [
      'an unknown record type',
      ...post({ ...day, types: ['core/theme_party_dya'] }),
      422,
      'unknown_record_type',
      '/types/0',
    ],
    ['no date', ...post({ types: day.types, units: day.units }), 422, 'field_required', '/date'],
    [
      'an unknown person',
      ...post({ ...day, present: ['p999999'] }),
      422,
      'unknown_person',
      '/present/0',
    ],
    [
      'an id that is none',
      ...post({ ...day, present: [secretName] }),
      422,
      'field_type',
      '/present/0',
    ],
    [
      'no idempotency key',
      'POST',
      '/api/v1/records',
      { body: day, key: null },
      400,
      'idempotency_key_required',
      'Idempotency-Key',
    ],
    [
      'a key that is too short',
      'POST',
      '/api/v1/records',
      { body: day, key: 'short' },
      400,
      'idempotency_key_required',
      'Idempotency-Key',
    ],
    ['no such path', 'GET', '/api/v1/nothing', {}, 404, 'not_found'],
    ['no such method', 'PUT', '/api/v1/records', { body: day }, 405, 'method_not_allowed'],
    [
      'an unknown query parameter',
      'GET',
      '/api/v1/units?colour=red',
      {},
      422,
      'unknown_field',
      '/colour',
    ],
    ['a limit out of range', 'GET', '/api/v1/units?limit=0', {}, 422, 'field_range', '/limit'],
    ['a unit that is not there', 'GET', '/api/v1/units/u999999', {}, 404, 'not_found'],
    ['an id of another kind', 'GET', '/api/v1/units/p1', {}, 404, 'not_found'],
  ];
}

for (const store of stores) {
  describe(`bad input on ${store}`, () => {
    let installation, server, unit, token;
    before(async () => {
      installation = new Installation(store).prepare();
      server = await installation.serve();
      token = installation.tokens.secretary;
      unit = await server.unit('a');
    });
    after(() => installation.close());

    test('every case has status, code and where, and the server works on', async () => {
      const forbidden = (await server.unit('c')).id;
      for (const [name, method, path, options, status, code, where] of cases(unit.id, forbidden)) {
        const reply = await server.request(method, path, { token, ...options });
        assert.ok(
          [status].flat().includes(reply.status),
          `${name}: ${reply.status} ${JSON.stringify(reply.body)}`,
        );
        assert.equal(reply.headers['content-type'], 'application/problem+json', name);
        assert.equal(reply.body.status, reply.status, name);
        assert.ok([code].flat().includes(reply.body.code), `${name}: ${reply.body.code}`);
        const places = reply.body.refusals.map((refusal) => refusal.where);
        for (const place of [where ?? []].flat())
          assert.ok(places.includes(place), `${name}: ${places}`);
        for (const refusal of reply.body.refusals) assert.ok(refusal.message, name);
        assert.equal((await server.get('/healthz')).status, 200, name);
      }
    });

    test('messages come in the language that is asked for', async () => {
      const titles = new Set();
      for (const language of ['zh-CN', 'zh-TW', 'en']) {
        const reply = await server.request('GET', '/api/v1/me', {
          headers: { 'accept-language': language },
        });
        assert.equal(reply.status, 401);
        assert.equal(reply.body.code, 'session_required');
        titles.add(reply.body.detail);
      }
      assert.equal(titles.size, 3);
    });

    test('bad rows of a sheet are named by cell, all at once; nothing is written', async () => {
      const town = await server.unit('town');
      const sheet = 'code,name,type,level,parent\nx1,新支部,brnach,5,town\nx2,,branch,5,town\n';
      const path = `/api/v1/imports/units?below=${town.id}&code_system=test&name=rows.csv`;
      const reply = await server.request('POST', path, {
        token: installation.tokens.keeper,
        raw: sheet,
        headers: { 'content-type': 'text/csv' },
      });
      assert.equal(reply.status, 422, JSON.stringify(reply.body));
      const places = reply.body.refusals.map((refusal) => refusal.where);
      assert.ok(
        places.some((place) => place.startsWith('rows.csv:2:')),
        places.join(' '),
      );
      assert.ok(
        places.some((place) => place.startsWith('rows.csv:3:')),
        places.join(' '),
      );
      assert.equal(await server.unit('x1'), undefined);
    });

    test('a repeated key gives the first reply, with another body a mismatch', async () => {
      const key = 'k'.repeat(20);
      const post = (serial) =>
        server.request('POST', '/api/v1/records', { token, key, body: partyDay(unit.id, serial) });
      const first = await post(100);
      assert.equal(first.status, 201, JSON.stringify(first.body));
      assert.deepEqual((await post(100)).body, first.body);
      const other = await post(101);
      assert.equal(other.status, 422);
      assert.equal(other.body.code, 'idempotency_mismatch');
    });

    test('a second entry of the same thing is refused with a link to the first', async () => {
      const post = () =>
        server.request('POST', '/api/v1/records', { token, body: partyDay(unit.id, 200) });
      const first = await post();
      const second = await post();
      assert.equal(second.status, 409);
      assert.equal(second.body.code, 'duplicate_record');
      assert.equal(second.body.refusals[0].link, `/api/v1/records/${first.body.id}`);
    });

    test('nothing personal is in the log', () => {
      for (const secret of [secretName, '林一', token, 'secretary-secret']) {
        assert.ok(!server.log.includes(secret), secret);
      }
    });
  });
}
