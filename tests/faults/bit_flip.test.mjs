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
    let installation, record, file;
    before(async () => {
      console.log(`HUILU_SEED=${seed}`);
      installation = new Installation(store).prepare();
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
      await server.kill('SIGTERM');
    });
    after(() => installation.close());

    const places = () => {
      const number = record.id.slice(1);
      return [
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
