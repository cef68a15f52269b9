// Where units stand, over HTTP on either store: figures reach every unit above with the reply of
// the record, the same answer stands behind each of them, and nobody sees more of persons than his
// part of the table says.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Installation, stores } from './harness.mjs';

const rollPack = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/packs/roll');
const meeting = 'trial/meeting';

for (const store of stores) {
  describe(`standing on ${store}`, () => {
    let installation, server, ids, today, month, year, members;
    const tokens = {};

    before(async () => {
      installation = new Installation(store).prepare().activateTrial();
      // Of the other branch there are three too: six members in all.
      const more = join(installation.folder, 'more.csv');
      writeFileSync(
        more,
        'key,name,branch,kind,joined\np5,吴五,c,full,2010-01-01\np6,郑六,c,full,2010-01-01\n',
      );
      installation.run(['import', 'people', more, '--code-system', 'test']);
      installation.packs.push(rollPack);
      installation.run(['pack', 'activate', 'roll', '--from', '2020-01-01']);
      Object.assign(tokens, installation.tokens);
      tokens.leader = installation.account('leader', 'leader', 'root');
      tokens.author = installation.account('author', 'policy_author');
      tokens.admin = installation.account('admin', 'system_admin');
      server = await installation.serve();
      ids = {};
      for (const code of ['root', 'town', 'other', 'a', 'b', 'c']) {
        ids[code] = (await server.unit(code, tokens.keeper)).id;
      }
      today = (await get('/packs')).body.as_of.at;
      month = today.slice(0, 7);
      year = today.slice(0, 4);
      members = (await get(`/units/${ids.a}/roll`, 'secretary')).body.items;
      const post = await write('/posts', 'keeper', {
        unit: ids.a,
        kind: 'secretary',
        title: '支部书记',
        from: '2020-01-01',
      });
      assert.equal(post.status, 201, JSON.stringify(post.body));
      const held = await write(`/posts/${post.body.post}/tenures`, 'keeper', {
        unit: ids.a,
        person: members[0].person,
        date: '2020-01-01',
      });
      assert.equal(held.status, 201, JSON.stringify(held.body));
    });
    after(() => installation.close());

    const get = (path, who = 'office', headers = {}) =>
      server.request('GET', `/api/v1${path}`, { token: tokens[who], headers });
    const write = (path, who, body) =>
      server.request('POST', `/api/v1${path}`, { token: tokens[who], body });
    const partyDay = (unit, date, present = []) => ({
      types: ['core/theme_party_day'],
      units: [unit],
      date,
      present,
      fields: { 'core/theme_party_day': { summary: '活动' } },
    });
    const cellOf = (body, obligation, cells = body.cells) =>
      cells[body.columns.findIndex((column) => column.obligation === obligation)];

    test('a record is in every figure above it as soon as its reply is there', async () => {
      const before = await get(`/units/${ids.root}/standing`);
      assert.equal(before.status, 200, JSON.stringify(before.body));
      assert.deepEqual(
        [cellOf(before.body, meeting).due, cellOf(before.body, meeting).done],
        [3, 0],
      );
      const made = await write('/records', 'secretary', partyDay(ids.a, today));
      assert.equal(made.status, 201, JSON.stringify(made.body));
      for (const unit of ['a', 'town', 'root']) {
        const found = await get(`/units/${ids[unit]}/standing?obligation=${meeting}`, 'office', {
          'huilu-journal-min': String(made.body.journal),
        });
        assert.equal(found.body.cells[0].done, 1, unit);
        assert.equal(found.body.cells[0].met, 1, unit);
        assert.ok(found.body.as_of.journal >= made.body.journal);
      }
      const other = await get(`/units/${ids.other}/standing?obligation=${meeting}`);
      assert.equal(other.body.cells[0].done, 0);
    });

    test('the table of children adds up, in official order, page by page', async () => {
      const whole = (await get(`/units/${ids.root}/children/standing`)).body;
      assert.deepEqual(whole.rows.map((row) => row.node.id).sort(), [ids.other, ids.town].sort());
      for (const [i, column] of whole.columns.entries()) {
        if (column.bearer === 'member') continue;
        for (const figure of ['due', 'done', 'open', 'failed', 'exempt']) {
          assert.equal(
            whole.rows.reduce((sum, row) => sum + row.cells[i][figure], 0),
            whole.total.cells[i][figure],
            `${column.obligation} ${figure}`,
          );
        }
      }
      const pages = [];
      let cursor = '';
      do {
        const page = (
          await get(`/units/${ids.root}/children/standing?limit=1${cursor && `&cursor=${cursor}`}`)
        ).body;
        pages.push(...page.rows);
        cursor = page.next_cursor;
      } while (cursor);
      assert.deepEqual(pages, whole.rows);
      const row = whole.rows.find((one) => one.node.id === ids.town).node;
      assert.deepEqual(row, {
        id: ids.town,
        name: '柳溪镇委员会',
        kind: 'primary_committee',
        has_children: true,
      });
    });

    test('columns say what they are in the language that is asked for', async () => {
      const zh = (await get(`/units/${ids.a}/standing?obligation=${meeting}`)).body.columns[0];
      assert.equal(zh.title, '每月活动');
      assert.equal(zh.counted_in, '个支部');
      assert.equal(zh.period, month);
      assert.equal(zh.bearer, 'unit');
      assert.ok(zh.enter_by > zh.perform_by);
      const en = await get(`/units/${ids.a}/standing?obligation=${meeting}`, 'office', {
        'accept-language': 'en',
      });
      assert.equal(en.body.columns[0].title, 'Monthly meeting');
      assert.equal(en.body.columns[0].counted_in, 'branches');
    });

    test('behind a figure stand those that it counts', async () => {
      const path = `/units/${ids.root}/behind?obligation=${meeting}&period=${month}`;
      const open = await get(`${path}&verdict=open,at_risk`);
      assert.equal(open.status, 200, JSON.stringify(open.body));
      assert.deepEqual(open.body.items.map((item) => item.unit.id).sort(), [ids.b, ids.c].sort());
      const b = open.body.items.find((item) => item.unit.id === ids.b);
      assert.equal(b.bearer, ids.b);
      assert.deepEqual(b.unit.path, [{ id: ids.town, name: '柳溪镇委员会' }]);
      assert.deepEqual([b.need, b.have], [1, 0]);
      assert.deepEqual(b.marks, ['assumed']);
      const met = await get(`${path}&verdict=met`);
      assert.deepEqual(
        met.body.items.map((item) => item.unit.id),
        [ids.a],
      );
      const first = await get(`${path}&verdict=open,at_risk&limit=1`);
      const second = await get(
        `${path}&verdict=open,at_risk&limit=1&cursor=${first.body.next_cursor}`,
      );
      assert.deepEqual([...first.body.items, ...second.body.items], open.body.items);
      assert.equal(second.body.next_cursor, null);
      assert.equal((await get(`${path}&verdict=nonsense`)).status, 422);
      assert.equal((await get(`/units/${ids.root}/behind?period=${month}`)).status, 422);
    });

    test('an explanation tells the secretary what counted and by which parameter', async () => {
      const found = await get(
        `/explanations?bearer=${ids.a}&obligation=${meeting}&period=${month}`,
        'secretary',
      );
      assert.equal(found.status, 200, JSON.stringify(found.body));
      const why = found.body;
      assert.equal(why.verdict, 'met');
      assert.equal(why.test.counted.length, 1);
      assert.equal(why.test.counted[0].date, today);
      assert.equal(why.parameters[0].address, 'trial/meetings');
      assert.equal(why.parameters[0].value, 1);
      assert.equal(why.parameters[0].basis, 'assumed');
      assert.deepEqual(why.obligation.clauses[0], {
        id: 'T-1',
        document: '试验文件',
        at: '',
        hole: null,
      });
      assert.match(why.obligation.sentence, /T-1/);
      assert.match(why.sentence, /^每月活动（.*）：已完成。至少 1 次，已计 1 次。$/);
      assert.ok(why.lines.some((line) => line.includes(why.test.counted[0].record)));
      assert.equal(why.schedule.enter_steps.length, 0);
    });

    test('an author sees counts and no single record; a keeper sees nothing', async () => {
      const path = `/explanations?bearer=${ids.a}&obligation=${meeting}&period=${month}`;
      const counts = await get(path, 'author');
      assert.equal(counts.status, 200, JSON.stringify(counts.body));
      assert.equal(counts.body.test.have, 1);
      assert.deepEqual(counts.body.test.counted, []);
      assert.ok(counts.body.lines.every((line) => !/r[0-9]+/.test(line)));
      assert.equal((await get(path, 'keeper')).status, 403);
      // The town is above his branch, and he sees that it is there; of the others he does not.
      assert.equal((await get(path.replace(ids.a, ids.town), 'secretary')).status, 403);
      assert.equal((await get(path.replace(ids.a, ids.b), 'secretary')).status, 404);
      assert.equal((await get(path.replace(ids.a, ids.c), 'secretary')).status, 404);
    });

    test('another day and what was known then are answered from the tables', async () => {
      const head = (await get('/journal/head')).body.size;
      const path = `/explanations?bearer=${ids.b}&obligation=${meeting}&period=${month}`;
      const made = await write('/records', 'delegate', partyDay(ids.b, today));
      assert.equal(made.status, 403, 'a delegate of the town does not type for its branches');
      const own = await installation.account('second', 'branch_secretary', 'b');
      const entered = await server.request('POST', '/api/v1/records', {
        token: own,
        body: partyDay(ids.b, today),
      });
      assert.equal(entered.status, 201, JSON.stringify(entered.body));
      assert.equal((await get(path)).body.verdict, 'met');
      const then = (await get(`${path}&known_at=${head}`)).body;
      assert.ok(['open', 'at_risk', 'failed'].includes(then.verdict), then.verdict);
      assert.equal(then.test.have, 0);
      const figure = `/units/${ids.town}/standing?obligation=${meeting}&period=${month}`;
      assert.equal((await get(figure)).body.cells[0].done, 2);
      assert.equal((await get(`${figure}&known_at=${head}`)).body.cells[0].done, 1);
      assert.equal((await get(`${figure}&known_at=nonsense`)).status, 422);
      assert.equal((await get(`${figure}&on=2019-05-05`)).body.cells.length, 0);
    });

    test('figures of few members are for the branch alone', async () => {
      const column = `obligation=roll/attends&period=${year}`;
      // All members of the town are those of one branch, so its figure is the branch's.
      const town = await get(`/units/${ids.town}/children/standing?${column}`);
      assert.equal(town.body.rows.find((row) => row.node.id === ids.a).cells[0], null);
      assert.equal(town.body.total.cells[0], null);
      const root = await get(`/units/${ids.root}/children/standing?${column}`);
      assert.deepEqual(
        root.body.rows.map((row) => row.cells[0]),
        [null, null],
      );
      assert.equal(root.body.total.cells[0].due, 6);
      assert.equal((await get(`/units/${ids.a}/standing?${column}`)).body.cells[0], null);
      assert.equal(
        (await get(`/units/${ids.a}/standing?${column}`, 'secretary')).body.cells[0].due,
        3,
      );
      const path = `behind?${column}&verdict=open,at_risk`;
      const above = await get(`/units/${ids.town}/${path}`);
      assert.deepEqual(above.body.items, []);
      assert.equal(above.body.withheld, 1);
      const own = await get(`/units/${ids.a}/${path}`, 'secretary');
      assert.equal(own.body.items.length, 3);
      assert.deepEqual(own.body.items.map((item) => item.name).sort(), ['林一', '林三', '林二']);
      assert.ok(own.body.items.every((item) => item.bearer.startsWith('p')));
      assert.ok(own.body.items.every((item) => item.cell.due === 1 && item.need === 1));
    });

    test('a member is told about himself and about nobody else', async () => {
      const [one, other] = members;
      const made = await write('/accounts', 'admin', {
        name: 'self',
        display_name: 'self',
        person: one.person,
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      installation.run(['account', 'grant', 'self', '--role', 'member', '--unit', 'test:a']);
      const shown = installation.run(['account', 'token', 'self', '--name', 'test']);
      tokens.self = /huilu_[A-Za-z0-9_-]+/.exec(shown)[0];
      const path = (person) =>
        `/explanations?bearer=${person}&obligation=roll/attends&period=${year}`;
      const own = await get(path(one.person), 'self');
      assert.equal(own.status, 200, JSON.stringify(own.body));
      assert.equal(own.body.bearer.name, one.name);
      assert.equal((await get(path(other.person), 'self')).status, 403);
      assert.equal((await get(path(other.person), 'leader')).status, 403);
      assert.equal((await get(path(other.person), 'secretary')).status, 200);
      const mine = (await get('/todo', 'self')).body.items;
      assert.deepEqual(
        mine.filter((item) => item.obligation === 'roll/attends').map((item) => item.bearer),
        [one.person],
      );
      assert.equal((await get(`/units/${ids.a}/standing`, 'self')).status, 403);
    });

    test('who holds a post is named to those above, too', async () => {
      const column = `obligation=roll/speaks&period=${year}&verdict=open,at_risk`;
      const above = await get(`/units/${ids.town}/behind?${column}`);
      assert.equal(above.body.items.length, 1);
      assert.equal(above.body.items[0].bearer, null, 'above the unit posts are counted');
      const at = await get(`/units/${ids.a}/behind?${column}`, 'leader');
      assert.equal(at.body.items.length, 1);
      assert.equal(at.body.items[0].name, members[0].name);
      assert.match(at.body.items[0].bearer, /^t/);
      const why = await get(
        `/explanations?bearer=${at.body.items[0].bearer}&obligation=roll/speaks&period=${year}`,
        'leader',
      );
      assert.equal(why.body.bearer.name, members[0].name);
      assert.equal(why.body.bearer.kind, 'post');
    });

    test('a form that is being filled tells what it would count for', async () => {
      const path = '/records?dry_run=true';
      const before = (await get('/journal/head')).body.size;
      const draft = partyDay(ids.a, `${month}-01`, [members[1].person]);
      delete draft.fields;
      const asked = await write(path, 'secretary', draft);
      assert.equal(asked.status, 200, JSON.stringify(asked.body));
      assert.ok(asked.body.missing.some((lack) => lack.field.endsWith('/summary')));
      const attends = asked.body.would_count.find((one) => one.obligation === 'roll/attends');
      assert.equal(attends.counts, true);
      assert.equal(attends.bearer.name, members[1].name);
      assert.equal(attends.after.verdict, 'met');
      assert.notEqual(attends.before.verdict, 'met');
      const monthly = asked.body.would_count.find((one) => one.obligation === meeting);
      assert.deepEqual([monthly.before.have, monthly.after.have], [1, 2]);
      const elsewhere = await write(path, 'secretary', partyDay(ids.b, today));
      const entered = await write('/records', 'secretary', partyDay(ids.b, today));
      assert.equal(elsewhere.body.code, 'unknown_unit', 'he does not see that it is there');
      assert.deepEqual(elsewhere.body.refusals, entered.body.refusals);
      assert.equal((await write(path, 'secretary', { ...draft, types: ['x/y'] })).status, 422);
      assert.equal((await get('/journal/head')).body.size, before, 'nothing was written');
    });

    test('what is to be done leaves the list when it is done', async () => {
      const list = (await get('/todo', 'secretary')).body.items;
      assert.ok(!list.some((item) => item.obligation === meeting && item.period === month));
      const roll = list.find((item) => item.obligation === 'roll/attends');
      assert.deepEqual([roll.need, roll.have, roll.missing, roll.bearer], [3, 0, 3, null]);
      assert.deepEqual(roll.record_types, ['core/theme_party_day']);
      const dates = list.map((item) =>
        item.perform_by >= today ? item.perform_by : item.enter_by,
      );
      assert.deepEqual(dates, [...dates].sort());
      const ofUnit = await get(`/todo?unit=${ids.c}`);
      assert.ok(ofUnit.body.items.some((item) => item.obligation === meeting));
      assert.equal((await get(`/todo?unit=${ids.c}`, 'secretary')).status, 404);
      const next = (await get(`/units/${ids.root}/upcoming?days=40`)).body.items;
      assert.ok(next.some((item) => item.column.obligation === meeting && item.cell.due === 3));
      const trend = await get(`/units/${ids.root}/standing/history?obligation=${meeting}`);
      assert.deepEqual(trend.body.points.at(-1), {
        period: month,
        day: today,
        due: 3,
        done: 2,
        failed: 0,
        unknown: 0,
        exempt: 0,
      });
    });

    test('a closed period is frozen, and what comes later stands beside it', async () => {
      const past = new Date(`${month}-01T00:00:00Z`);
      past.setUTCDate(0);
      const last = past.toISOString().slice(0, 10);
      const body = { unit: ids.root, period: last.slice(0, 7), obligations: [meeting] };
      const unseen = await write('/period-closings', 'secretary', { ...body, unit: ids.other });
      assert.equal(unseen.body.code, 'unknown_unit');
      assert.equal((await write('/period-closings', 'secretary', body)).status, 403);
      assert.equal((await write('/period-closings', 'leader', body)).status, 403);
      const running = await write('/period-closings', 'office', { ...body, period: month });
      assert.equal(running.body.code, 'period_not_over');
      const closed = await write('/period-closings', 'office', body);
      assert.equal(closed.status, 201, JSON.stringify(closed.body));
      const read = async () => (await get(`/period-closings/${closed.body.id}`)).body;
      const before = await read();
      assert.equal(before.total.cells[0].changed_since, false);
      assert.equal(before.total.cells[0].frozen.due, 3);
      assert.deepEqual(before.frozen.packs, [{ id: 'trial', version: '1.0.0' }]);
      await write('/records', 'secretary', partyDay(ids.a, last));
      const after = await read();
      const town = after.rows.find((row) => row.node.id === ids.town).cells[0];
      assert.deepEqual([town.frozen.done, town.now.done, town.changed_since], [0, 1, true]);
      const other = after.rows.find((row) => row.node.id === ids.other).cells[0];
      assert.equal(other.changed_since, false);
      const list = (await get(`/period-closings?unit=${ids.root}`)).body.items;
      assert.deepEqual(
        list.map((one) => one.id),
        [closed.body.id],
      );
      assert.equal((await get(`/period-closings/${closed.body.id}`, 'secretary')).status, 403);
      installation.run(['verify']);
    });

    test('the command line says the same, and metrics tell how soon', async () => {
      const why = installation.run([
        'explain',
        '--bearer',
        ids.a,
        '--obligation',
        meeting,
        '--period',
        month,
      ]);
      assert.match(why, /东村支部\n每月活动（.*）：已完成。/);
      const json = JSON.parse(
        installation.run(['standing', 'test:root', '--json', '--obligation', meeting]),
      );
      assert.equal(json.cells[0].due, 3);
      const shown = installation.run(['standing', ids.root]);
      assert.match(shown, /每月活动（.*）：应 3 个支部，已完成 2/);
      installation.run(['standing', 'u999999'], { exit: 1 });
      const metrics = (await server.get('/metrics')).body;
      assert.match(metrics, /huilu_commit_visible_seconds_bucket\{le="\+Inf"\} [1-9]/);
      assert.match(metrics, /huilu_compliance_differences_total 0/);
    });

    test('a place is for those who may read at every unit in it', async () => {
      const places = (await get('/places', 'keeper')).body.items;
      assert.equal(places.length, 0, 'this tree has none; scenarios do');
      assert.equal((await get('/places/d999999/standing')).status, 404);
      assert.equal((await get(`/units/${ids.root}/standing?tree=seat`)).status, 404);
    });
  });
}

test('figures of another day are not evaluated for thousands of units', async () => {
  const installation = new Installation('sqlite');
  try {
    const file = join(installation.folder, 'units.csv');
    const unit = (code, type, level, parent) =>
      `${code},${code},${type},${level},${parent},2000-01-01\n`;
    writeFileSync(
      file,
      'code,name,type,level,parent,from\n' +
        unit('root', 'local_committee', 3, '') +
        unit('town', 'primary_committee', 4, 'root') +
        unit('last', 'branch', 5, 'town') +
        Array.from({ length: 3998 }, (_, i) => unit(`b${i}`, 'branch', 5, 'root')).join(''),
    );
    installation.run(['import', 'units', file, '--code-system', 'test']);
    const token = installation.activateTrial().account('office', 'campaign_office', 'root');
    const server = await installation.serve();
    const standing = async (code) => {
      const { id } = await server.unit(code, token);
      return server.request('GET', `/api/v1/units/${id}/standing?on=2026-03-31`, { token });
    };
    const refused = await standing('root');
    assert.equal(refused.status, 422, JSON.stringify(refused.body));
    const [{ code, expected }] = refused.body.refusals;
    assert.deepEqual([code, expected], ['too_many_units', '4000']);
    assert.equal((await standing('town')).status, 200);
  } finally {
    await installation.close();
  }
});
