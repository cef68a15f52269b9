// What is put in force, launched and granted, through the API: who proposes and who confirms, at
// which unit, and that nobody decides his own.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, stores, trialPack } from './harness.mjs';

for (const store of stores) {
  describe(`enactment on ${store}`, () => {
    let installation, server, units, tokens, campaign;
    before(async () => {
      installation = new Installation(store).prepare();
      installation.packs = [trialPack];
      tokens = {
        ...installation.tokens,
        second: installation.account('second', 'campaign_office', 'root'),
        town: installation.account('town_office', 'campaign_office', 'town'),
        author: installation.account('author', 'policy_author'),
        other: installation.account('other_secretary', 'branch_secretary', 'c'),
      };
      server = await installation.serve();
      units = {};
      for (const code of ['root', 'town', 'a', 'b', 'c', 'other']) {
        units[code] = (await server.unit(code)).id;
      }
    });
    after(() => installation.close());

    const post = (path, body, token) =>
      server.request('POST', `/api/v1${path}`, { token, body });
    const get = async (path, token = tokens.office) =>
      (await server.get(`/api/v1${path}`, token)).body;
    const codes = (reply) => reply.body.refusals.map((refusal) => refusal.code);
    async function done(status, promise) {
      const reply = await promise;
      assert.equal(reply.status, status, JSON.stringify(reply.body));
      return reply.body;
    }
    async function refused(wanted, promise) {
      const reply = await promise;
      assert.ok(reply.status >= 400, JSON.stringify(reply.body));
      assert.deepEqual(codes(reply), wanted);
      return reply.body;
    }

    const activation = (more = {}) => ({
      pack: 'trial',
      version: '1.0.0',
      from: '2020-01-01',
      reason: '经会议研究',
      ...more,
    });

    test('a pack comes in force by two persons at the roots', async () => {
      assert.equal((await get('/obligations')).items.length, 0);
      await refused(['not_permitted'], post('/activations', activation(), tokens.town));
      await refused(['not_permitted'], post('/activations', activation(), tokens.secretary));
      const { id, state } = await done(201, post('/activations', activation(), tokens.author));
      assert.equal(state, 'proposed');
      const confirm = (token, version = 1) =>
        post(`/activations/${id}/confirmation`, { version }, token);
      await refused(['not_permitted'], confirm(tokens.author));
      await refused(['not_permitted'], confirm(tokens.town));
      await refused(['version_conflict'], confirm(tokens.office, 2));
      assert.equal((await done(200, confirm(tokens.office))).state, 'in_force');
      await refused(['version_conflict', 'wrong_state'], confirm(tokens.second));
      const duties = (await get('/obligations', tokens.secretary)).items;
      assert.deepEqual(
        duties.map((duty) => duty.address),
        ['trial/meeting', 'trial/lecture'],
      );
      assert.deepEqual(duties[0].exempt.reasons, ['emergency', 'other']);
      assert.equal(duties[1].bundle, 'trial/all');
      const packs = (await get('/packs')).items;
      assert.ok(packs.find((pack) => pack.id === 'trial').active);
      assert.equal(packs.find((pack) => pack.id === 'core').active, null);
    });

    test('who proposed does not confirm', async () => {
      const more = { unit: units.other, from: '2026-02-01' };
      const { id } = await done(201, post('/activations', activation(more), tokens.office));
      const path = `/activations/${id}`;
      await refused(['second_person'], post(`${path}/confirmation`, { version: 1 }, tokens.office));
      await refused(['not_found'], post(`${path}/confirmation`, { version: 1 }, tokens.town));
      await done(200, post(`${path}/confirmation`, { version: 1 }, tokens.second));
      const body = { version: 2, reason: '不再适用', from: '2026-06-01' };
      await done(200, post(`${path}/withdrawal`, body, tokens.second));
      const shown = await get(path);
      assert.equal(shown.state, 'withdrawn');
      assert.equal(shown.ended_on, '2026-06-01');
      // What is in force at a unit is shown to who sees the unit.
      const seen = async (token) =>
        (await get('/activations', token)).items.map((item) => item.id).includes(id);
      assert.equal(await seen(tokens.office), true);
      assert.equal(await seen(tokens.secretary), false);
    });

    test('an office acts for its own unit alone', async () => {
      const more = { unit: units.town, from: '2026-03-01' };
      const { id } = await done(201, post('/activations', activation(more), tokens.town));
      await done(200, post(`/activations/${id}/confirmation`, { version: 1 }, tokens.office));
      const above = activation({ unit: units.root });
      await refused(['not_permitted'], post('/activations', above, tokens.town));
      const beside = activation({ unit: units.other });
      await refused(['unknown_unit'], post('/activations', beside, tokens.town));
    });

    test('a value is decided by two persons and shown beside those of the pack', async () => {
      const { at } = (await get('/packs')).as_of;
      const asked = { parameter: 'trial/meetings', value: 2, from: at, ref: '第三号' };
      await refused(['not_permitted'], post('/parameter-values', asked, tokens.town));
      await refused(
        ['field_type'],
        post('/parameter-values', { ...asked, value: '2' }, tokens.office),
      );
      const past = { ...asked, from: '2026-01-01' };
      await refused(['date_before_limit'], post('/parameter-values', past, tokens.office));
      const back = { ...past, retroactive: true };
      await refused(['field_required'], post('/parameter-values', back, tokens.office));
      const { id } = await done(201, post('/parameter-values', asked, tokens.author));
      const path = `/parameter-values/${id}`;
      await done(200, post(`${path}/confirmation`, { version: 1 }, tokens.office));
      const withdrawal = { version: 2, reason: '不再适用' };
      await refused(['wrong_state'], post(`${path}/withdrawal`, withdrawal, tokens.office));
      const pack = await get('/packs/trial');
      const [parameter] = pack.parameters;
      assert.equal(parameter.values[0].basis, 'assumed');
      assert.equal(parameter.decided[0].value, 2);
      assert.equal(parameter.decided[0].basis, 'decision');
      assert.equal((await get('/parameter-values?state=in_force')).items[0].id, id);
      assert.equal((await get('/parameter-values?state=proposed')).items.length, 0);
    });

    test('a calendar is imported by an office of the root', async () => {
      const asked = {
        id: '2026-9',
        year: 2026,
        published: '2026-01-01',
        source: '第四号',
        rest: [{ from: '2026-05-01', until: '2026-05-06' }],
        makeup: ['2026-05-09'],
      };
      await refused(['not_permitted'], post('/calendar-revisions', asked, tokens.author));
      await refused(['not_permitted'], post('/calendar-revisions', asked, tokens.town));
      const wrong = { ...asked, makeup: ['2026-05-02', 'x'] };
      await refused(['field_type'], post('/calendar-revisions', wrong, tokens.office));
      await done(201, post('/calendar-revisions', asked, tokens.office));
      await refused(['duplicate'], post('/calendar-revisions', asked, tokens.office));
      const shown = (await get('/calendar-revisions')).items.find((item) => item.id === '2026-9');
      assert.deepEqual(shown.rest, asked.rest);
      assert.equal(shown.pack, null);
    });

    test('a campaign is previewed, launched once, corrected by hand and ended', async () => {
      const batches = [
        { id: 'first', from: '2100-01-01', until: '2100-04-01' },
        { id: 'second', from: '2100-04-01', until: '2100-07-01' },
      ];
      const asked = { pack: 'trial', unit: units.root, batches };
      await refused(['not_permitted'], post('/campaigns', asked, tokens.town));
      const only = { ...asked, preview: true };
      const preview = await done(200, post('/campaigns', only, tokens.office));
      const counts = (shown) => shown.batches.map((batch) => batch.units);
      // Two committees of towns, three branches; the one above is in no batch.
      assert.deepEqual(counts(preview), [2, 3]);
      assert.equal(preview.in_none, 1);
      assert.equal((await get('/campaigns')).items.length, 0);
      const { id } = await done(201, post('/campaigns', asked, tokens.office));
      campaign = id;
      const same = { ...asked, unit: units.town };
      const problem = await refused(['campaign_running'], post('/campaigns', same, tokens.office));
      assert.equal(problem.refusals[0].link, `/api/v1/campaigns/${id}`);
      const placed = { unit: units.town, batch: 'second', from: '2026-01-01', reason: '情况特殊' };
      await refused(
        ['not_permitted'],
        post(`/campaigns/${id}/placements`, placed, tokens.town),
      );
      await done(201, post(`/campaigns/${id}/placements`, placed, tokens.office));
      const out = { unit: units.c, batch: null, from: '2026-01-01', reason: '情况特殊' };
      await done(201, post(`/campaigns/${id}/placements`, out, tokens.office));
      const shown = await get(`/campaigns/${id}`);
      assert.deepEqual(counts(shown), [1, 3]);
      assert.equal(shown.in_none, 2);
      assert.equal(shown.placements[1].batch, null);
      assert.deepEqual(shown.phases[0].days[1], {
        from: '2100-04-01',
        until: '2100-07-01',
        batch: 'second',
      });
      const end = { version: 1, date: '2100-02-01', reason: '提前完成' };
      await refused(['not_permitted'], post(`/campaigns/${id}/end`, end, tokens.town));
      await done(200, post(`/campaigns/${id}/end`, end, tokens.office));
      assert.equal((await get('/campaigns', tokens.secretary)).items[0].ended.on, '2100-02-01');
    });

    test('an exemption is asked for at the branch and decided above it', async () => {
      const { at } = (await get('/packs')).as_of;
      const asked = {
        kind: 'exempt',
        obligation: 'trial/meeting',
        bearer: units.a,
        period: at.slice(0, 7),
        reason: 'emergency',
        note: '道路中断',
      };
      await refused(['not_permitted'], post('/exemptions', asked, tokens.office));
      await refused(['unknown_bearer'], post('/exemptions', asked, tokens.other));
      const ask = (more = {}) => post('/exemptions', { ...asked, ...more }, tokens.secretary);
      await refused(['unknown_bearer'], ask({ bearer: 'p999999' }));
      await refused(['unknown_obligation'], ask({ obligation: 'trial/nothing' }));
      await refused(['unknown_period'], ask({ period: '2026' }));
      await refused(['unknown_word'], ask({ reason: 'laziness' }));
      const lecture = { obligation: 'trial/lecture', period: `campaign:${campaign}` };
      await refused(['leave_not_possible'], ask(lecture));
      const made = await done(201, ask());
      assert.equal(made.state, 'asked');
      assert.equal(made.approver.unit, units.town);
      await refused(['duplicate'], ask());
      const decide = (token, decision = 'approve', note = '') =>
        post(`/exemptions/${made.id}/decision`, { version: 1, decision, note }, token);
      await refused(['not_permitted'], decide(tokens.secretary));
      await refused(['not_permitted'], decide(tokens.delegate));
      await refused(['field_required'], decide(tokens.office, 'refuse'));
      const shown = async (token) => (await get(`/exemptions?unit=${units.a}`, token)).items[0];
      assert.equal((await shown(tokens.secretary)).note, '道路中断');
      assert.equal((await shown(tokens.town)).name, '东村支部');
      assert.equal((await done(200, decide(tokens.town))).state, 'approved');
      const leader = installation.account('leader', 'leader', 'root');
      assert.equal((await shown(leader)).state, 'approved');
      assert.equal((await shown(leader)).note, null);
      const taken = { version: 2, reason: '已经补开' };
      const path = `/exemptions/${made.id}/withdrawal`;
      await refused(['not_found'], post(path, taken, tokens.other));
      await done(200, post(path, taken, tokens.secretary));
      assert.equal((await get('/exemptions?state=withdrawn')).items.length, 1);
      assert.equal((await get('/exemptions?state=approved')).items.length, 0);
    });

    test('a deferral keeps to what the duty allows', async () => {
      const { at } = (await get('/packs')).as_of;
      const asked = {
        kind: 'defer',
        obligation: 'trial/meeting',
        bearer: units.a,
        period: at.slice(0, 7),
        reason: 'emergency',
      };
      const ask = (more) => post('/exemptions', { ...asked, ...more }, tokens.secretary);
      await refused(['field_required'], ask({}));
      await refused(['date_order'], ask({ act: `${at.slice(0, 8)}02` }));
      await refused(['date_order'], ask({ act: '2100-01-01' }));
      const [year, month] = at.split('-').map(Number);
      const next = new Date(Date.UTC(year, month, 20)).toISOString().slice(0, 10);
      const made = await done(201, ask({ act: next }));
      const body = { version: 1, decision: 'refuse', note: '时间充足' };
      await done(200, post(`/exemptions/${made.id}/decision`, body, tokens.office));
      assert.equal((await get(`/exemptions/${made.id}`)).decided.note, '时间充足');
    });

    test('all of it stands in the journal and fits its rows', async () => {
      const kinds = new Set((await get('/journal?limit=500')).items.map((entry) => entry.kind));
      for (const kind of [
        'activation_proposed',
        'activation_confirmed',
        'activation_withdrawn',
        'parameter_value_proposed',
        'parameter_value_confirmed',
        'calendar_imported',
        'campaign_launched',
        'campaign_unit_placed',
        'campaign_ended',
        'leave_asked',
        'leave_approved',
        'leave_refused',
        'leave_withdrawn',
      ]) {
        assert.ok(kinds.has(kind), kind);
      }
      installation.run(['verify']);
    });

    test('a version in force stays when the program no longer offers it', async () => {
      await server.kill('SIGTERM');
      installation.packs = [];
      server = await installation.serve();
      const packs = (await get('/packs')).items;
      assert.ok(packs.find((pack) => pack.id === 'trial').active);
      assert.equal((await get('/obligations')).items.length, 2);
    });
  });
}
