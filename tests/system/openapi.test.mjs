// The OpenAPI document and what is served are the same, both ways.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Installation, partyDay } from './harness.mjs';

const sources = join(dirname(fileURLToPath(import.meta.url)), '../../src/api');

describe('the OpenAPI document', () => {
  let installation, server, document;
  before(async () => {
    installation = new Installation('sqlite').prepare().activateTrial();
    installation.run(['pack', 'activate', 'rectification', '--from', '2020-01-01']);
    server = await installation.serve();
    document = (await server.get('/api/v1/openapi.json')).body;
  });
  after(() => installation.close());

  test('lists only what is served', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of Object.keys(item)) {
        const reply = await server.request(method.toUpperCase(), path.replace('{id}', 'u1'));
        assert.ok(![405].includes(reply.status), `${method} ${path}`);
        assert.ok(reply.status !== 404 || reply.body.code !== 'not_found', `${method} ${path}`);
      }
    }
  });

  test('lists everything that the sources route', () => {
    const paths = new Set(Object.keys(document.paths).map((path) => path.replace('/api/v1', '')));
    let found = 0;
    for (const file of readdirSync(sources).filter((name) => name.endsWith('_routes.cpp'))) {
      const text = readFileSync(join(sources, file), 'utf8');
      const table = text.slice(text.lastIndexOf('std::vector<Route> '));
      for (const [, path] of table.matchAll(/"(\/[a-z{}/-]+)"/g)) {
        ++found;
        assert.ok(paths.has(path), `${file}: ${path}`);
      }
    }
    assert.ok(found > 40, `${found} paths in the sources`);
  });

  test('names every schema that it uses, and uses every schema that it names', () => {
    const used = new Set();
    JSON.stringify(document, (key, value) => {
      if (key === '$ref') used.add(value.replace('#/components/schemas/', ''));
      return value;
    });
    assert.deepEqual([...used].sort(), Object.keys(document.components.schemas).sort());
  });

  // Enough of JSON Schema for this document.
  function mismatch(schema, value, where) {
    if (schema.$ref)
      return mismatch(document.components.schemas[schema.$ref.split('/').pop()], value, where);
    if (schema.oneOf)
      return schema.oneOf.every((one) => mismatch(one, value, where))
        ? `${where}: none fits`
        : null;
    const types = [schema.type ?? []].flat();
    const kind =
      value === null
        ? 'null'
        : Array.isArray(value)
          ? 'array'
          : Number.isInteger(value)
            ? 'integer'
            : typeof value;
    if (types.length && !types.includes(kind)) return `${where}: ${kind}, not ${types}`;
    if (schema.enum && !schema.enum.includes(value)) return `${where}: ${value}`;
    if (schema.pattern && kind === 'string' && !new RegExp(schema.pattern).test(value))
      return `${where}: ${value}`;
    if (kind === 'array') {
      for (const [i, item] of value.entries()) {
        const fault = mismatch(schema.items ?? {}, item, `${where}/${i}`);
        if (fault) return fault;
      }
    }
    if (kind === 'object' && schema.properties) {
      for (const name of schema.required ?? [])
        if (!(name in value)) return `${where}/${name}: missing`;
      for (const [name, member] of Object.entries(value)) {
        if (!schema.properties[name]) {
          if (schema.additionalProperties === false) return `${where}/${name}: not in the schema`;
          continue;
        }
        const fault = mismatch(schema.properties[name], member, `${where}/${name}`);
        if (fault) return fault;
      }
    }
    return null;
  }

  function check(method, path, reply) {
    const schema = document.paths[`/api/v1${path}`][method].responses[String(reply.status)];
    assert.ok(schema, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    const fault = mismatch(schema.content['application/json'].schema, reply.body, path);
    assert.equal(fault, null);
  }

  let activation, value, campaign, exemption, matter;
  // One of each of what is enacted, launched and granted.
  async function launchAndAsk(unit) {
    const { secretary, office } = installation.tokens;
    const post = async (path, body, token = office) => {
      const reply = await server.request('POST', `/api/v1${path}`, { token, body });
      check('post', path.replace(/\/[a-z][0-9]+\//, '/{id}/'), reply);
      return reply.body;
    };
    const root = (await server.unit('root')).id;
    activation = await post('/activations', {
      pack: 'trial',
      version: '1.0.0',
      unit,
      from: '2026-01-01',
      reason: '测试之用',
    });
    await post(`/activations/${activation.id}/withdrawal`, { version: 1, reason: '测试之用' });
    value = await post('/parameter-values', {
      parameter: 'trial/meetings',
      value: 2,
      from: '2100-01-01',
      ref: '试验文件第三号',
    });
    await post('/calendar-revisions', {
      id: '2026-9',
      year: 2026,
      published: '2026-01-01',
      source: '试验文件第四号',
      rest: [{ from: '2026-05-01', until: '2026-05-06' }],
      makeup: ['2026-05-09'],
    });
    await post('/campaigns', { pack: 'trial', unit: root, preview: true });
    campaign = await post('/campaigns', { pack: 'trial', unit: root });
    await post(`/campaigns/${campaign.id}/placements`, {
      unit,
      batch: 'first',
      from: '2026-03-01',
      reason: '测试之用',
    });
    const today = (await server.get('/api/v1/packs', office)).body.as_of.at;
    exemption = await post(
      '/exemptions',
      {
        kind: 'exempt',
        obligation: 'trial/meeting',
        bearer: unit,
        period: today.slice(0, 7),
        reason: 'emergency',
      },
      secretary,
    );
    await post(`/exemptions/${exemption.id}/decision`, { version: 1, decision: 'approve' });
    matter = await post('/matters', {
      type: 'rectification/rectification',
      unit,
      fields: { problem: '路面', origin: 'self', kind: 'specific', office: root },
    });
    await post(`/matters/${matter.id}/edits`, { version: 1, fields: { cause: '年久失修' } });
    await post('/matters/grouping', { items: [{ id: matter.id, version: 2 }], dry_run: true });
    await post(`/matters/${matter.id}/moves`, { version: 2, move: 'drop', reason: '查无此事' });
  }

  test('answers have the shape that it says', async () => {
    const { secretary, keeper, office } = installation.tokens;
    const unit = (await server.unit('a')).id;
    const made = await server.request('POST', '/api/v1/records', {
      token: secretary,
      body: partyDay(unit, 1),
    });
    await launchAndAsk(unit);
    const root = (await server.unit('root')).id;
    const month = (await server.get('/api/v1/packs', office)).body.as_of.at.slice(0, 7);
    const closing = await server.request('POST', '/api/v1/period-closings', {
      token: office,
      body: { unit: root, period: '2020-02' },
    });
    check('post', '/period-closings', closing);
    const document = await server.request('POST', '/api/v1/documents?name=rules', {
      token: office,
      raw: '图书馆意见\n一、开放\n根据《办法》,每年至少次讲座。\n',
      headers: { 'content-type': 'text/plain' },
    });
    check('post', '/documents', document);
    const asking = await server.request('POST', '/api/v1/records?dry_run=true', {
      token: secretary,
      body: { types: ['core/theme_party_day'], units: [unit], date: '2026-01-01' },
    });
    check('post', '/records', asking);
    assert.equal(asking.status, 200);
    const asked = [
      ['get', '/packs', '/api/v1/packs', office],
      ['get', '/packs/{id}', '/api/v1/packs/trial', office],
      ['get', '/packs/{id}', '/api/v1/packs/core', office],
      ['get', '/obligations', '/api/v1/obligations', secretary],
      ['get', '/activations', '/api/v1/activations', office],
      ['get', '/activations/{id}', `/api/v1/activations/${activation.id}`, office],
      ['get', '/parameter-values', '/api/v1/parameter-values', office],
      ['get', '/parameter-values/{id}', `/api/v1/parameter-values/${value.id}`, office],
      ['get', '/calendar-revisions', '/api/v1/calendar-revisions', office],
      ['get', '/documents', '/api/v1/documents', office],
      ['get', '/documents/{id}/clauses', `/api/v1/documents/${document.body.id}/clauses`, office],
      ['get', '/campaigns', '/api/v1/campaigns', office],
      ['get', '/campaigns/{id}', `/api/v1/campaigns/${campaign.id}`, office],
      ['get', '/exemptions', '/api/v1/exemptions', office],
      ['get', '/exemptions/{id}', `/api/v1/exemptions/${exemption.id}`, secretary],
      ['get', '/matter-types', '/api/v1/matter-types', secretary],
      ['get', '/matters', `/api/v1/matters?unit=${root}`, office],
      ['get', '/matters/{id}', `/api/v1/matters/${matter.id}`, secretary],
      ['get', '/matters/{id}/below', `/api/v1/matters/${matter.id}/below`, secretary],
      ['get', '/units/{id}/matters/counts', `/api/v1/units/${root}/matters/counts`, office],
      ['get', '/units/{id}/standing', `/api/v1/units/${unit}/standing`, secretary],
      ['get', '/units/{id}/children/standing', `/api/v1/units/${root}/children/standing`, office],
      [
        'get',
        '/units/{id}/standing/history',
        `/api/v1/units/${root}/standing/history?obligation=trial/meeting`,
        office,
      ],
      ['get', '/units/{id}/upcoming', `/api/v1/units/${root}/upcoming`, office],
      [
        'get',
        '/units/{id}/behind',
        `/api/v1/units/${root}/behind?obligation=trial/meeting&period=${month}` +
          '&verdict=open,at_risk,exempt',
        office,
      ],
      [
        'get',
        '/explanations',
        `/api/v1/explanations?bearer=${unit}&obligation=trial/meeting&period=${month}`,
        secretary,
      ],
      ['get', '/todo', '/api/v1/todo', secretary],
      ['get', '/todo/matters', '/api/v1/todo/matters', secretary],
      ['get', '/notices', '/api/v1/notices', secretary],
      ['get', '/reminders', `/api/v1/reminders?matters=${matter.id}`, office],
      [
        'get',
        '/nameable-units',
        '/api/v1/nameable-units?type=rectification/rectification&field=lead&q=' +
          encodeURIComponent('柳溪'),
        office,
      ],
      ['get', '/period-closings', `/api/v1/period-closings?unit=${root}`, office],
      ['get', '/period-closings/{id}', `/api/v1/period-closings/${closing.body.id}`, office],
      ['get', '/units', `/api/v1/units?q=${encodeURIComponent('柳溪')}`, keeper],
      ['get', '/units/{id}', `/api/v1/units/${unit}`, keeper],
      [
        'get',
        '/units/{id}/children',
        `/api/v1/units/${(await server.unit('town')).id}/children`,
        keeper,
      ],
      ['get', '/units/{id}/history', `/api/v1/units/${unit}/history`, keeper],
      ['get', '/units/{id}/roll', `/api/v1/units/${unit}/roll`, keeper],
      ['get', '/units/{id}/posts', `/api/v1/units/${unit}/posts`, keeper],
      ['get', '/units/{id}/staff', `/api/v1/units/${unit}/staff`, keeper],
      ['get', '/places', '/api/v1/places', keeper],
      ['get', '/vocabulary', '/api/v1/vocabulary', secretary],
      ['get', '/me', '/api/v1/me', secretary],
      ['get', '/record-types', '/api/v1/record-types', secretary],
      ['get', '/records', `/api/v1/records?unit=${unit}`, secretary],
      ['get', '/records/{id}', `/api/v1/records/${made.body.id}`, secretary],
      ['get', '/records/{id}/versions', `/api/v1/records/${made.body.id}/versions`, secretary],
      ['get', '/journal', '/api/v1/journal', office],
      ['get', '/journal/head', '/api/v1/journal/head', office],
    ];
    check('post', '/records', made);
    for (const [method, path, target, token] of asked)
      check(method, path, await server.get(target, token));
    const problem = await server.get('/api/v1/units/u999999', keeper);
    assert.equal(mismatch({ $ref: '#/components/schemas/Problem' }, problem.body, 'problem'), null);
  });
});
