// The table of permissions, cell by cell from the list of routes: every route of the OpenAPI
// document × every role × where the unit stands. The expectation is this page's own copy of the
// table; a route without a case fails.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, stores } from './harness.mjs';

// own: the unit of the grant; tree: it and all below; all: everywhere; any: needs no unit; –:
// never.
const roles = [
  'branch_secretary',
  'unit_editor',
  'delegate',
  'campaign_office',
  'leader',
  'inspector',
  'policy_author',
  'tree_keeper',
  'auditor',
  'system_admin',
  'security_admin',
  'member',
];
const table = {
  signed_in: 'any any any any any any any any any any any any',
  standing_read: 'tree tree tree tree tree tree all – – – – –',
  explanation_counts_read: 'own own own tree tree tree all – – – – –',
  unit_read: 'tree tree tree tree tree tree all tree all – all tree',
  member_names_read: 'own own own – – – – tree – – – –',
  opened_names_read: 'own own own own – – – – all – – –',
  record_enter: 'own own own own – – – – – – – –',
  record_correct: 'own own own own – – – – – – – –',
  record_read: 'tree tree tree tree tree tree – – – – – –',
  exemption_ask: 'own own own own – – – – – – – –',
  exemption_decide: '– – – any – – – – – – – –',
  matter_open: 'own own own tree – – – – – – – –',
  matter_change: 'own own own own – – – – – – – –',
  matter_read: 'tree tree tree tree tree tree – – – – – –',
  round_change: '– – – tree – – – – – – – –',
  draw_make: '– – – tree – tree – – – – – –',
  draw_read: '– – – tree tree tree – – any – – –',
  unit_change: '– – – – – – – tree – – – –',
  person_change: 'own – own – – – – tree – – – –',
  pack_read: 'any any any any any any any any – – – –',
  pack_activate: '– – – tree – – – – – – – –',
  pack_propose: '– – – tree – – all – – – – –',
  campaign_change: '– – – tree – – – – – – – –',
  period_close: '– – – tree – – – – – – – –',
  account_change: '– – – – – – – – – any – –',
  account_read: '– – – – – – – – any any any –',
  grant_change: '– – – – – – – – – – any –',
  grant_read: '– – – – – – – – any – any –',
  security_log_read: '– – – – – – – – any – – –',
  journal_read: '– – – tree – – – – any – – –',
};
const wide = new Set(['policy_author', 'auditor', 'system_admin', 'security_admin']);

// A request for each route, about the unit `u`; a wrong version lets a permitted one end in 409.
const version = 987654;
const cases = {
  'post /units': (u) => ({ name: '新', type: 'no_such_type', level: 5, parent: u }),
  'post /units/{id}/name': () => ({ version, name: '新' }),
  'post /units/{id}/kind': () => ({ version, type: 'branch', level: 5 }),
  'post /units/{id}/details': () => ({ version }),
  'post /units/{id}/parent': (u, all) => ({ version, parent: all.town }),
  'post /units/{id}/relations': (u) => ({ version, kind: 'guided_by', target: u }),
  'post /units/{id}/relations/end': () => ({ version, relation: 1 }),
  'post /units/{id}/closing': () => ({ version }),
  'post /people': () => ({ name: '新' }),
  'post /people/{id}': (u) => ({ unit: u, version, name: '新' }),
  'post /memberships': (u) => ({ person: 'p999999', unit: u, kind: 'full_member' }),
  'post /memberships/{id}/end': (u) => ({ person: 'p999999', unit: u, version }),
  'post /employments': (u) => ({ person: 'p999999', unit: u }),
  'post /employments/end': (u) => ({ employment: 999999, person: 'p999999', unit: u, version }),
  'post /posts': (u) => ({ unit: u, kind: 'nonsense', title: '新' }),
  'post /posts/{id}/end': (u) => ({ unit: u, version }),
  'post /posts/{id}/tenures': (u) => ({ unit: u, person: 'p999999' }),
  'post /tenures/{id}/end': (u) => ({ post: 'o999999', unit: u, version }),
  'post /records': (u) => ({
    types: ['core/theme_party_day'],
    units: [u],
    date: '2100-01-01',
    present: ['p999999'],
  }),
  'post /exemptions': (u) => ({
    kind: 'exempt',
    obligation: 'no/such',
    bearer: u,
    period: '2026-03',
    reason: 'flood',
  }),
  'post /matters': (u) => ({ type: 'no/such', unit: u, fields: {} }),
  'post /rounds': (u) => ({ unit: u, name: '新', cutoff: '2000-01-01' }),
  'post /saved-filters': (u) => ({ name: '新', unit: u, view: {} }),
  'post /unit-draws': (u) => ({ unit: u, draw: 'no/such', name: '新' }),
  'post /look-back-rounds': (u) => ({ unit: u, name: '新', until: '2000-01-01' }),
  'post /exemptions/{id}/decision': () => ({ version, decision: 'approve' }),
  'post /activations': (u) => ({
    pack: 'no-such',
    version: '1.0.0',
    unit: u,
    from: '2026-01-01',
    reason: '测试用',
  }),
  'post /activations/{id}/confirmation': () => ({ version }),
  'post /activations/{id}/withdrawal': () => ({ version, reason: '测试用' }),
  'post /parameter-values/{id}/confirmation': () => ({ version }),
  'post /parameter-values/{id}/withdrawal': () => ({ version, reason: '测试用' }),
  'post /campaigns': (u) => ({ pack: 'no-such', unit: u }),
  'post /campaigns/{id}/end': () => ({ version, date: '2026-01-01', reason: '测试用' }),
  'post /period-closings': (u) => ({ unit: u, period: '2099' }),
  'post /accounts': () => ({ name: 'secretary', display_name: 'x' }),
  'post /accounts/{id}/disable': () => ({ version }),
  'post /accounts/{id}/password': () => ({ password: 'short' }),
  'post /grants': (u, all, account) => ({
    account,
    role: 'leader',
    unit: u,
    reason: '测试用',
    until: '1999-01-01',
  }),
  'post /grants/{id}/end': () => ({ version, reason: '测试用' }),
  'post /outbox/{id}/retry': () => ({ reason: '测试用' }),
  'post /outbox/{id}/drop': () => ({ reason: '测试用' }),
  'post /outbox/tests': () => ({ channel: 'mail' }),
};
// Whom these belong to is decided by more than a role; tests of their own.
const elsewhere = new Set([
  'post /session',
  'delete /session',
  'post /me/password',
  'get /records/{id}',
  'get /records/{id}/versions',
  'post /records/{id}/corrections',
  'post /records/{id}/void',
  'post /files',
  'get /files/{id}',
  'get /files/{id}/content',
  'post /imports/units',
  'post /imports/people',
  'post /imports/matters',
  'post /imports/matters/columns',
  'get /exemptions/{id}',
  'get /matters/{id}',
  'post /matters/{id}/moves',
  'post /matters/{id}/edits',
  'post /matters/{id}/extensions',
  'post /matters/{id}/extensions/decision',
  'post /matters/{id}/steps',
  'post /matters/{id}/steps/acknowledgement',
  'post /matters/{id}/look-backs',
  'post /matters/{id}/relapses',
  'post /matters/batch',
  // By who saved it; see the scenario of saved filters.
  'post /saved-filters/{id}',
  'post /saved-filters/{id}/removal',
  'post /matters/grouping',
  'get /matters/{id}/below',
  // Who has a part in it; see the scenarios of rounds, of ballots, of what waits for whom.
  'get /rounds/{id}',
  'get /rounds/{id}/rows',
  'get /rounds/{id}/counted',
  'post /rounds/{id}/lines',
  'post /rounds/{id}/confirmation',
  'post /rounds/{id}/lock',
  'post /rounds/{id}/tasks',
  'post /rounds/{id}/tasks/{n}/reports',
  'get /look-back-rounds/{id}',
  'get /look-back-rounds/{id}/rows',
  'get /look-back-rounds/{id}/draws/{n}',
  'post /look-back-rounds/{id}/draws',
  'post /look-back-rounds/{id}/lock',
  'get /unit-draws/{id}',
  'get /unit-draws/{id}/draws/{n}',
  'post /unit-draws/{id}/draws',
  'get /matters/{id}/ballots',
  'get /ballots/{id}/voters',
  'get /ballots/{id}/evidence',
  'post /ballots/{id}/votes',
  'post /ballots/{id}/papers',
  'post /ballots/{id}/papers/{paper}/decision',
  'post /ballots/{id}/evidence',
  'get /reminders',
  'post /reminders',
  'get /nameable-units',
  'post /exemptions/{id}/withdrawal',
  'post /campaigns/{id}/placements',
  // Asked for at every root; see enactment.test.mjs.
  'post /parameter-values',
  'post /pack-reviews',
  'post /simulations',
  'post /simulations/explanation',
  'post /calendar-revisions',
  'post /documents',
  'get /accounts/{id}/tokens',
  'post /accounts/{id}/tokens',
  'post /tokens/{id}/revoke',
  'get /jobs/{id}',
  // Of places, of one's own desk, of a statement's unit; see standing.test.mjs.
  'get /places/{id}/standing',
  'get /places/{id}/children/standing',
  'get /places/{id}/standing/history',
  'get /places/{id}/upcoming',
  'get /places/{id}/behind',
  'get /period-closings/{id}',
]);
const queries = {
  'get /records': (u) => `?unit=${u}`,
  'get /registers': (u) => `?unit=${u}&type=standing-duties/contact_point`,
  'get /matters': (u) => `?unit=${u}`,
  'get /matters/outlines': (u) => `?unit=${u}`,
  'get /saved-filters': (u) => `?unit=${u}`,
  'get /rounds': (u) => `?unit=${u}`,
  'get /look-backs': (u) => `?unit=${u}`,
  'get /look-back-rounds': (u) => `?unit=${u}`,
  'get /unit-draws': (u) => `?unit=${u}`,
  'get /exemptions': (u) => `?unit=${u}`,
  'get /explanations': (u) => `?bearer=${u}&obligation=trial/meeting&period=2026-03`,
  'get /period-closings': (u) => `?unit=${u}`,
};

for (const store of stores) {
  describe(`permissions on ${store}`, () => {
    let installation, server, document, tokens, ids;
    before(async () => {
      installation = new Installation(store).prepare().activateTrial();
      tokens = Object.fromEntries(
        roles.map((role) => [
          role,
          installation.account(`role_${role}`, role, wide.has(role) ? undefined : 'town'),
        ]),
      );
      server = await installation.serve();
      document = (await server.get('/api/v1/openapi.json')).body;
      ids = {};
      for (const [name, code] of [
        ['self', 'town'],
        ['child', 'a'],
        ['parent', 'root'],
        ['sibling', 'other'],
      ]) {
        ids[name] = (await server.unit(code, installation.tokens.keeper)).id;
      }
      ids.town = ids.self;
    });
    after(() => installation.close());

    function expected(permission, role, position) {
      const cell = table[permission].split(' ')[roles.indexOf(role)];
      if (cell === 'any' || cell === 'all') return true;
      if (cell === '–') return false;
      if (position === 'self') return true;
      return position === 'child' ? cell === 'tree' : false;
    }

    test('every route names a permission of the table, and the table has no other', () => {
      const used = new Set();
      for (const item of Object.values(document.paths)) {
        for (const operation of Object.values(item)) {
          if (operation['x-permission']) used.add(operation['x-permission']);
        }
      }
      for (const permission of used) assert.ok(table[permission], permission);
      for (const permission of Object.keys(table)) assert.ok(used.has(permission), permission);
    });

    test('every cell of the table is what the routes do', async () => {
      let cells = 0;
      const wrong = [];
      for (const [path, item] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(item)) {
          const permission = operation['x-permission'];
          const route = `${method} ${path.replace('/api/v1', '')}`;
          if (!permission || permission === 'signed_in' || elsewhere.has(route)) continue;
          const aboutUnit =
            path.startsWith('/api/v1/units/{id}') ||
            /"unit|parent|units|"bearer/.test(
              JSON.stringify(cases[route]?.('u1', { town: 'u1' }, 'a1') ?? ''),
            ) ||
            queries[route];
          for (const role of roles) {
            for (const position of aboutUnit ? ['self', 'child', 'parent', 'sibling'] : ['self']) {
              if (route === 'get /units' || route === 'post /people') continue;
              const should = expected(permission, role, position);
              const unit = ids[position];
              // Seeing a unit above one's own is part of seeing one's own.
              if (permission === 'unit_read' && position === 'parent') continue;
              if (
                route === 'post /units/{id}/parent' &&
                position !== 'self' &&
                position !== 'child'
              )
                continue;
              if (route === 'post /units/{id}/parent' && position === 'self') continue;
              const body =
                method === 'post'
                  ? (cases[route] ?? assert.fail(`no case for ${route}`))(unit, ids, 'a999999')
                  : undefined;
              const target =
                path
                  .replace('/posts/{id}', '/posts/o999999')
                  .replace('/memberships/{id}', '/memberships/m999999')
                  .replace('/tenures/{id}', '/tenures/t999999')
                  .replace('/people/{id}', '/people/p999999')
                  .replace('/accounts/{id}', '/accounts/a999999')
                  .replace('/grants/{id}', '/grants/g999999')
                  .replace('{id}', unit) + (queries[route]?.(unit) ?? '');
              const reply = await server.request(method.toUpperCase(), target, {
                token: tokens[role],
                body,
              });
              const refused =
                reply.status === 403 ||
                (reply.status === 404 && aboutUnit) ||
                reply.body?.refusals?.some((refusal) =>
                  ['unknown_unit', 'unknown_bearer', 'not_permitted'].includes(refusal.code),
                );
              ++cells;
              if (refused === should) {
                wrong.push(
                  `${route} as ${role} at ${position}: ` +
                    `${reply.status} ${reply.body?.code ?? ''}, ` +
                    `expected ${should ? 'permitted' : 'refused'}`,
                );
              }
            }
          }
        }
      }
      console.log(`${cells} cells`);
      assert.deepEqual(wrong, []);
      assert.ok(cells > 500, `${cells} cells`);
    });

    test('without a session everything but the open routes is 401', async () => {
      for (const [path, item] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(item)) {
          if (operation.security?.length === 0) continue;
          const reply = await server.request(method.toUpperCase(), path.replace('{id}', 'u1'), {
            body: method === 'post' ? {} : undefined,
          });
          assert.equal(reply.status, 401, `${method} ${path}`);
        }
      }
    });

    test('a cookie writes only from a page of this origin', async () => {
      const signedIn = await server.request('POST', '/api/v1/session', {
        key: null,
        body: { account: 'role_branch_secretary', password: 'role_branch_secretary-secret-0815' },
      });
      assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
      const cookie = signedIn.headers['set-cookie'][0];
      assert.match(cookie, /HttpOnly/);
      assert.match(cookie, /SameSite=Lax/);
      const send = (headers) =>
        server.request('POST', '/api/v1/records', {
          body: {},
          headers: { cookie: cookie.split(';')[0], ...headers },
        });
      assert.equal((await send({})).body.code, 'csrf');
      assert.equal((await send({ 'sec-fetch-site': 'cross-site' })).body.code, 'csrf');
      assert.equal((await send({ 'sec-fetch-site': 'same-origin' })).status, 422);
      const me = await server.request('GET', '/api/v1/me', {
        headers: { cookie: cookie.split(';')[0] },
      });
      assert.equal(me.body.account.name, 'role_branch_secretary');
      const out = await server.request('DELETE', '/api/v1/session', {
        headers: { cookie: cookie.split(';')[0], 'sec-fetch-site': 'same-origin' },
      });
      assert.equal(out.status, 204);
      const after401 = await server.request('GET', '/api/v1/me', {
        headers: { cookie: cookie.split(';')[0] },
      });
      assert.equal(after401.status, 401);
    });

    test('five wrong passwords lock the name', async () => {
      const attempt = (password) =>
        server.request('POST', '/api/v1/session', {
          key: null,
          body: { account: 'office', password },
        });
      for (let i = 0; i < 5; ++i) assert.equal((await attempt('wrong-wrong-wrong')).status, 401);
      const locked = await attempt('office-secret-0815');
      assert.equal(locked.status, 429);
      assert.equal(locked.body.code, 'too_many_attempts');
    });
  });
}
