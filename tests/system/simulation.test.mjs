// What a changed pack would do, by the command line and by the API: who may ask, that the answers
// agree, and that nothing is put in force.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Installation, stores, trialPack, until } from './harness.mjs';

for (const store of stores) {
  describe(`simulation on ${store}`, () => {
    let installation, server, units, tokens, folder, today;
    before(async () => {
      installation = new Installation(store).prepare().activateTrial();
      tokens = {
        ...installation.tokens,
        author: installation.account('author', 'policy_author'),
        town: installation.account('town_office', 'campaign_office', 'town'),
      };
      server = await installation.serve();
      units = {};
      for (const code of ['a', 'b', 'c', 'town']) units[code] = (await server.unit(code)).id;
      today = (await server.get('/api/v1/packs', tokens.office)).body.as_of.at;
      const made = await server.request('POST', '/api/v1/records', {
        token: tokens.secretary,
        body: {
          types: ['core/theme_party_day'],
          units: [units.a],
          date: today,
          fields: { 'core/theme_party_day': { summary: '学习章程' } },
        },
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      // Twice a month instead of once.
      folder = join(installation.folder, 'changed');
      cpSync(trialPack, folder, { recursive: true });
      const path = join(folder, 'pack.yaml');
      writeFileSync(
        path,
        readFileSync(path, 'utf8')
          .replace('version: "1.0.0"', 'version: "1.1.0"')
          .replace('value: 1, basis: assumed', 'value: 2, basis: assumed'),
      );
    });
    after(() => installation.close());

    const files = () =>
      ['', 'i18n/'].flatMap((below) =>
        readdirSync(join(folder, below))
          .filter((name) => name.endsWith('.yaml'))
          .map((name) => ({
            path: below + name,
            text: readFileSync(join(folder, below, name), 'utf8'),
          })),
      );
    const post = (path, body, token = tokens.author) =>
      server.request('POST', `/api/v1${path}`, { token, body });
    async function simulated(body, token = tokens.author) {
      const started = await post('/simulations', body, token);
      assert.equal(started.status, 202, JSON.stringify(started.body));
      const { job } = started.body;
      const ended = await until('the job ends', async () => {
        const reply = await server.get(`/api/v1/jobs/${job}`, token);
        return reply.body.state === 'running' ? null : reply.body;
      });
      assert.equal(ended.state, 'done', JSON.stringify(ended.result));
      return ended.result;
    }
    const meeting = (result) => result.duties.find((one) => one.obligation === 'trial/meeting');
    const turnsOf = (duty) =>
      duty.turns.map((one) => [one.today, one.supposed, one.bearers].join(' '));

    test('the command line says who turns and why, and writes nothing', async () => {
      const size = async () => (await server.get('/api/v1/journal/head', tokens.office)).body.size;
      const journal = await size();
      const result = JSON.parse(installation.run(['pack', 'simulate', folder, '--json']));
      const duty = meeting(result);
      assert.equal(duty.judged, 3);
      assert.equal(duty.changed, 1);
      assert.equal(turnsOf(duty).filter((one) => one.startsWith('met ')).length, 1);
      assert.equal(duty.turns[0].because[0].parameter, 'trial/meetings');
      assert.deepEqual(
        duty.homes.map((one) => one.unit.id),
        [units.a],
      );
      assert.equal(await size(), journal);
      const text = installation.run(['pack', 'simulate', folder, '--lang', 'en']);
      assert.match(text, /1 change/);
      assert.match(text, /nothing was written/);
      const below = installation.run(['pack', 'simulate', folder, '--json', '--unit', units.b]);
      assert.equal(meeting(JSON.parse(below)).judged, 1);
    });

    test('wrong usage, findings and days ahead have their exit codes', () => {
      installation.run(['pack', 'simulate', join(folder, 'nowhere')], { exit: 2 });
      installation.run(['pack', 'simulate', folder, '--on', '2999-01-01'], { exit: 1 });
      installation.run(['pack', 'simulate', folder, '--unit', 'u999999'], { exit: 1 });
      const broken = join(installation.folder, 'broken');
      mkdirSync(broken);
      writeFileSync(join(broken, 'pack.yaml'), 'pack: broken\n');
      installation.run(['pack', 'simulate', broken], { exit: 1 });
    });

    test('the API finds the same for a pack and for the value alone', async () => {
      const shown = JSON.parse(installation.run(['pack', 'simulate', folder, '--json']));
      const sent = await simulated({ files: files() });
      assert.deepEqual(turnsOf(meeting(sent)), turnsOf(meeting(shown)));
      const value = { parameter: 'trial/meetings', value: 2 };
      assert.deepEqual(turnsOf(meeting(await simulated(value))), turnsOf(meeting(shown)));
      const known = await simulated({ pack: 'trial', version: '1.0.0' });
      assert.deepEqual(known.duties, [], 'it is in force as it is');
    });

    test('of one bearer both explanations stand beside each other', async () => {
      const reply = await post(
        '/simulations/explanation',
        {
          parameter: 'trial/meetings',
          value: 2,
          obligation: 'trial/meeting',
          period: today.slice(0, 7),
          bearer: units.a,
        },
        tokens.office,
      );
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      assert.equal(reply.body.today.verdict, 'met');
      assert.notEqual(reply.body.supposed.verdict, 'met');
      assert.equal(reply.body.today.parameters[0].say, '1');
      assert.equal(reply.body.supposed.parameters[0].say, '2');
    });

    test('who may not propose everywhere is refused, and so is what cannot be read', async () => {
      const value = { parameter: 'trial/meetings', value: 2 };
      for (const token of [tokens.secretary, tokens.town, tokens.keeper])
        assert.equal((await post('/simulations', value, token)).status, 403);
      const codes = async (body) =>
        (await post('/simulations', body)).body.refusals.map((one) => one.code);
      assert.deepEqual(await codes({}), ['field_required']);
      assert.deepEqual(await codes({ parameter: 'trial/none', value: 2 }), ['unknown_parameter']);
      assert.deepEqual(await codes({ parameter: 'trial/meetings', value: 'x' }), ['field_type']);
      assert.deepEqual(await codes({ pack: 'none', version: '1' }), ['unknown_pack']);
      assert.deepEqual(await codes({ ...value, on: '2999-01-01' }), ['date_in_future']);
      assert.ok((await codes({ files: [{ path: 'pack.yaml', text: 'a: [' }] })).length > 0);
    });
  });
}
