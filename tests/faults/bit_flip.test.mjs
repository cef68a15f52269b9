// One flipped bit in any place that matters: `huilu verify` exits 4 and names table and id.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Installation, partyDay, psql, random, seed, stores } from '../system/harness.mjs';

const chance = random();

function sql(installation, text) {
  if (installation.url) return psql(installation.url, text);
  const done = spawnSync('sqlite3', [join(installation.data, 'huilu.db'), text], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`sqlite3: ${done.stderr}`);
  return done.stdout.trim();
}

// The value as hex, whatever its type.
function read(installation, { table, column, where, text }) {
  if (!installation.url)
    return sql(installation, `select hex(${column}) from ${table} where ${where}`);
  const bytes = text ? `convert_to(${column}, 'UTF8')` : column;
  return sql(installation, `select encode(${bytes}, 'hex') from ${table} where ${where}`);
}

function write(installation, { table, column, where, text }, hex) {
  let value;
  if (installation.url) {
    value = text ? `convert_from(decode('${hex}', 'hex'), 'UTF8')` : `decode('${hex}', 'hex')`;
  } else {
    value = text ? `cast(x'${hex}' as text)` : `x'${hex}'`;
  }
  sql(installation, `update ${table} set ${column} = ${value} where ${where}`);
}

function flipped(hex, text) {
  const bytes = Buffer.from(hex, 'hex');
  const bit = 1 << Math.floor(chance() * (text ? 3 : 8));
  let at = Math.floor(chance() * bytes.length);
  // In a text the bit must leave valid UTF-8, so an ASCII letter or digit is chosen.
  while (text && !/[0-9a-z]/.test(String.fromCharCode(bytes[at]))) at = (at + 1) % bytes.length;
  bytes[at] ^= bit;
  return bytes.toString('hex');
}

for (const store of stores) {
  describe(`one flipped bit on ${store}`, () => {
    let installation, record, file, enacted;
    before(async () => {
      console.log(`HUILU_SEED=${seed}`);
      installation = new Installation(store).prepare().activateTrial();
      const server = await installation.serve();
      const token = installation.tokens.secretary;
      const unit = await server.unit('a');
      const uploaded = await server.request('POST', '/api/v1/files?name=notes.txt', {
        token,
        raw: 'page 12 of the notebook',
        headers: { 'content-type': 'text/plain' },
      });
      assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body));
      file = uploaded.body;
      const roll = await server.get(`/api/v1/units/${unit.id}/roll`, token);
      const made = await server.request('POST', '/api/v1/records', {
        token,
        body: partyDay(unit.id, 1, { present: roll.body.items.map((line) => line.person) }),
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      record = made.body;
      enacted = await enact(server, unit.id);
      await server.kill('SIGTERM');
    });
    after(() => installation.close());

    // One row of each table of what is in force, launched and granted.
    async function enact(server, unit) {
      const { secretary, office } = installation.tokens;
      const post = async (path, body, token = office) => {
        const reply = await server.request('POST', `/api/v1${path}`, { token, body });
        assert.equal(reply.status, 201, JSON.stringify(reply.body));
        return reply.body.id;
      };
      const listed = await server.get('/api/v1/activations', office);
      const { at } = listed.body.as_of;
      const value = await post('/parameter-values', {
        parameter: 'trial/meetings',
        value: 2,
        from: at,
        ref: 'no 3',
        note: 'two of them',
      });
      await post('/calendar-revisions', {
        id: '2026-9',
        year: 2026,
        published: '2026-01-01',
        source: 'no 4',
        rest: [{ from: '2026-05-01', until: '2026-05-06' }],
      });
      const root = (await server.unit('root')).id;
      const campaign = await post('/campaigns', { pack: 'trial', unit: root });
      const leave = await post(
        '/exemptions',
        {
          kind: 'exempt',
          obligation: 'trial/meeting',
          bearer: unit,
          period: at.slice(0, 7),
          reason: 'emergency',
          note: 'the dam broke',
        },
        secretary,
      );
      return { activation: listed.body.items[0].id, value, campaign, leave };
    }

    const places = () => {
      const number = record.id.slice(1);
      const id = (text) => `id = ${text.slice(1)}`;
      return [
        [
          "an activation's reason",
          { table: 'activation', column: 'reason', where: id(enacted.activation), text: true },
          `activation ${enacted.activation}`,
        ],
        [
          'a kept pack',
          { table: 'pack_file', column: 'bytes', where: "pack = 'trial' and path = 'pack.yaml'" },
          'pack_file trial 1.0.0',
        ],
        [
          'a decided value',
          { table: 'parameter_value', column: 'value', where: id(enacted.value), text: true },
          `parameter_value ${enacted.value}`,
        ],
        [
          'a calendar',
          { table: 'calendar_revision', column: 'days', where: 'year = 2026', text: true },
          'calendar_revision 2026-9',
        ],
        [
          "a campaign's batch",
          {
            table: 'campaign_batch',
            column: 'batch',
            where: `campaign = ${enacted.campaign.slice(1)} and n = 1`,
            text: true,
          },
          `campaign ${enacted.campaign}`,
        ],
        [
          "a leave's note",
          { table: 'leave', column: 'note', where: id(enacted.leave), text: true },
          `leave ${enacted.leave}`,
        ],
        [
          'a record row',
          { table: 'record_version', column: 'content', where: `record = ${number}`, text: true },
          `record_version ${record.id}.1`,
        ],
        [
          "a record's person",
          {
            table: 'record_part',
            column: 'value',
            where: `record = ${number} and n = 2`,
            text: true,
          },
          `record_part ${record.id}.1`,
        ],
        [
          'an opening',
          { table: 'opening', column: 'bytes', where: `seq = ${record.journal} and n = 1` },
          `opening ${record.journal}.1`,
        ],
        [
          'a salt',
          { table: 'opening', column: 'salt', where: `seq = ${record.journal} and n = 0` },
          `opening ${record.journal}.0`,
        ],
        [
          'a commitment',
          { table: 'commitment', column: 'hash', where: `seq = ${record.journal} and n = 1` },
          `${record.journal}`,
        ],
        [
          'a leaf',
          { table: 'journal', column: 'leaf', where: `seq = ${record.journal}`, text: true },
          `journal ${record.journal}`,
        ],
        [
          "a leaf's hash",
          { table: 'journal', column: 'leaf_hash', where: `seq = ${record.journal}` },
          `journal ${record.journal}`,
        ],
        ['the head', { table: 'journal_head', column: 'root', where: 'id = 1' }, 'journal_head 1'],
        [
          'a kept tree head',
          { table: 'tree_head', column: 'root', where: `size = ${record.journal}` },
          `tree_head ${record.journal}`,
        ],
      ];
    };

    test('an undamaged installation verifies', () => {
      installation.run(['verify']);
    });

    test('verify exits 4 and names each damaged row', () => {
      for (const [name, place, wanted] of places()) {
        const sound = read(installation, place);
        assert.ok(sound.length > 0, name);
        write(installation, place, flipped(sound, place.text));
        const said = installation.run(['verify'], { exit: 4 });
        assert.ok(said.includes(wanted), `${name}: ${wanted} not in\n${said}`);
        write(installation, place, sound.toLowerCase());
      }
      installation.run(['verify']);
    });

    test('verify exits 4 and names a damaged attachment', () => {
      const folder = join(installation.data, 'files', file.sha256.slice(0, 2));
      const path = join(folder, readdirSync(folder)[0]);
      const sound = readFileSync(path);
      const bytes = Buffer.from(sound);
      bytes[Math.floor(chance() * bytes.length)] ^= 1 << Math.floor(chance() * 8);
      writeFileSync(path, bytes);
      const said = installation.run(['verify'], { exit: 4 });
      assert.ok(said.includes(`attachment ${file.id}`), said);
      writeFileSync(path, sound);
      installation.run(['verify']);
    });
  });
}
