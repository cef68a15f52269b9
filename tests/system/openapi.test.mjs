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
    installation = new Installation('sqlite').prepare();
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

  test('answers have the shape that it says', async () => {
    const { secretary, keeper, office } = installation.tokens;
    const unit = (await server.unit('a')).id;
    const made = await server.request('POST', '/api/v1/records', {
      token: secretary,
      body: partyDay(unit, 1),
    });
    const asked = [
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
    const check = (method, path, reply) => {
      const schema = document.paths[`/api/v1${path}`][method].responses[String(reply.status)];
      assert.ok(schema, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      const fault = mismatch(schema.content['application/json'].schema, reply.body, path);
      assert.equal(fault, null);
    };
    check('post', '/records', made);
    for (const [method, path, target, token] of asked)
      check(method, path, await server.get(target, token));
    const problem = await server.get('/api/v1/units/u999999', keeper);
    assert.equal(mismatch({ $ref: '#/components/schemas/Problem' }, problem.body, 'problem'), null);
  });
});
