// Ten clauses of policy documents, each played through the pages as somebody would check that the
// product does what the clause says. What leads there and is not the point is entered by the API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cell, choose, form, group, pickDay, saved } from './steps.mjs';
import { Town } from './town.mjs';

// A city with two counties below it, one of which has no court; an organ; two branches of a town.
const units = `code,name,type,level,rank,tags,parent,from
city,清江市委员会,local_committee,2,bureau,leadership,root,2000-01-01
upper,上河县委员会,local_committee,3,county,leadership,city,2000-01-01
upper_congress,上河县人大,congress,3,county,,upper,2000-01-01
upper_government,上河县政府,government,3,county,,upper,2000-01-01
upper_cppcc,上河县政协,cppcc,3,county,,upper,2000-01-01
upper_court,上河县法院,court,3,county,,upper,2000-01-01
upper_procuratorate,上河县检察院,procuratorate,3,county,,upper,2000-01-01
lower,下河县委员会,local_committee,3,county,leadership,city,2000-01-01
lower_congress,下河县人大,congress,3,county,,lower,2000-01-01
lower_government,下河县政府,government,3,county,,lower,2000-01-01
lower_cppcc,下河县政协,cppcc,3,county,,lower,2000-01-01
lower_procuratorate,下河县检察院,procuratorate,3,county,,lower,2000-01-01
organ,市级机关党组,leading_party_group,2,bureau,,city,2000-01-01
north,北村支部,branch,5,,committee,town,2000-01-01
south,南村支部,branch,5,,,town,2000-01-01
`;
const numbered = (n, line) => Array.from({ length: n }, (_, i) => line(i + 1));
const people = [
  'key,name,branch,kind,joined',
  ...numbered(50, (i) => `n${i},北${i},north,full,2010-01-01`),
  ...numbered(6, (i) => `s${i},南${i},south,full,2010-01-01`),
].join('\n');

let town, today, year, north, south;
before(async () => {
  town = await Town.start({
    packs: ['standing-duties', 'political-building', 'look-back', 'five-ones', 'second-batch'],
    units,
    people,
    accounts: {
      city: ['campaign_office', 'city'],
      above: ['campaign_office', 'root'],
      upper: ['unit_editor', 'upper'],
      lower: ['unit_editor', 'lower'],
      court: ['unit_editor', 'upper_court'],
      organ: ['unit_editor', 'organ'],
      village: ['unit_editor', 'town'],
      north: ['branch_secretary', 'north'],
      south: ['branch_secretary', 'south'],
    },
  });
  await town.find(['city', 'north', 'south']);
  await town.find(['upper', 'lower', 'organ'], 'city');
  await town.find(['upper_court'], 'court');
  ({ today } = await town.get('city', '/me'));
  year = today.slice(0, 4);
  const rollOf = async (branch) =>
    (await town.get(branch, `/units/${town.units[branch]}/roll?limit=100`)).items;
  north = await rollOf('north');
  south = await rollOf('south');
  assert.equal(north.length, 50);
});
after(() => town?.close());

const inDays = (n) => {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + n);
  return day.toISOString().slice(0, 10);
};

// Of a campaign that is under way here.
const batches = () => [
  { id: 'first', from: inDays(-90), until: inDays(-60) },
  { id: 'second', from: inDays(-60), until: inDays(60) },
];

const record = (account, unit, type, fields, more = {}) =>
  town.post(account, '/records', {
    types: [type],
    units: [town.units[unit]],
    date: today,
    fields: { [type]: fields },
    ...more,
  });

// The explanation of a duty: of a branch, by its line; of a unit above others, by the number of all
// and then its own line.
async function explained(visitor, at, duty, { of, query = `?period=${year}` } = {}) {
  const { page } = visitor;
  await visitor.open(`/standing/${town.units[at]}${query}`);
  const drawer = page.getByRole('dialog');
  if (of) {
    await cell(page, /合计$/, duty).then((found) => found.getByRole('button').click());
    await drawer.getByRole('button', { name: of, exact: true }).click();
  } else {
    await page.getByRole('button', { name: duty, exact: true }).click();
  }
  await drawer.getByRole('heading', { name: '依据' }).waitFor();
  await visitor.settled();
  return drawer;
}

test('S0-1.2: a reading class without topics does not count, and it says so', async () => {
  const duty = '读书班';
  const county = await town.arrive('upper');
  const { page } = county;
  await form(county, 'standing-duties/reading_class');
  await pickDay(page, '开班日期', today);
  await page.getByRole('button', { name: /^补充：/ }).click();
  await group(page, '安排了研讨').getByRole('button', { name: '是' }).click();
  const path = await saved(county);
  const drawer = await explained(county, 'upper', duty, { of: '上河县委员会' });
  const id = path.split('/').at(-1);
  await drawer.getByText('没有计入的纪实。').waitFor();
  const rejected = drawer.getByRole('listitem').filter({ hasText: id });
  assert.match(await rejected.first().innerText(), /没有列出专题/);
  const text = await drawer.innerText();
  assert.match(text, /S0-1\.2/);
  assert.match(text, /读书班期数 1\s*假定/);
  assert.match(text, /文件此处数字缺失/);
  assert.match(text, new RegExp(`也可以补正 ${id}`));
  await county.check('reading class');
  await county.shot('accept_reading_class');

  await county.open(`${path}/correct`);
  await page.getByRole('button', { name: /^补充：/ }).click();
  await group(page, '专题').locator('textarea').first().fill('党章');
  await page.getByLabel('原因').fill('补上专题');
  await page.getByRole('button', { name: '保存更正' }).click();
  await page.getByText('原因：补上专题').waitFor();
  const again = await explained(county, 'upper', duty, { of: '上河县委员会' });
  assert.match(await again.innerText(), /已完成/);
  assert.equal(await again.getByText('没有列出专题').count(), 0);
  await county.close();
});

test('S0-3.7: nine talks of ten leave one pair, and what was said is no field', async () => {
  const duty = '支部委员谈心谈话';
  const kinds = ['secretary', 'deputy_secretary', 'organisation', 'publicity', 'discipline'];
  const five = north.slice(0, 5);
  for (const [i, word] of kinds.entries()) {
    const kind = word.endsWith('secretary') ? word : `${word}_committee_member`;
    const unit = town.units.north;
    const post = { unit, kind, title: `委员${i}`, from: '2020-01-01' };
    const { post: id } = await town.post('keeper', '/posts', post);
    const tenure = { unit, person: five[i].person, date: '2020-01-01' };
    await town.post('keeper', `/posts/${id}/tenures`, tenure);
  }
  const pairs = five.flatMap((one, i) => five.slice(i + 1).map((other) => [one, other]));
  assert.equal(pairs.length, 10);
  const missing = pairs.pop();
  const last = pairs.pop();
  for (const pair of pairs) {
    await record('north', 'north', 'core/heart_to_heart_talk', {
      persons: pair.map((one) => one.person),
    });
  }
  const branch = await town.arrive('north', 'phone');
  const { page } = branch;
  const entry = await form(branch, 'core/heart_to_heart_talk');
  // Who, and when and where; nothing to write into.
  assert.equal(await entry.locator('textarea').count(), 0);
  const box = entry.locator('.kind-fields').getByRole('combobox');
  for (const one of last) await choose(page, box, one.name);
  await page.keyboard.press('Escape');
  await saved(branch);
  const drawer = await explained(branch, 'north', duty);
  const text = await drawer.innerText();
  assert.match(text, /共 10 项，已完成 9 项/);
  const names = missing.map((one) => one.name);
  const open = drawer.getByRole('heading', { name: new RegExp(`${names[0]}.*${names[1]}`) });
  assert.match(await open.innerText(), /0/);
  assert.equal(await drawer.locator('.why > section > .test-shown').count(), 1);
  await drawer.getByText('已完成的 9 项').click();
  assert.match(text, /S0-3\.7/);
  assert.match(text, /每两人谈心谈话次数 1\s*公开规定/);
  assert.match(text, /补齐所缺的 1 项/);
  await branch.settled();
  await branch.check('talks');
  await branch.shot('accept_talks');
  await branch.close();
});

test('S0-5.5: the third visit in a week is warned of and told of the other two', async () => {
  const host = town.units.a;
  const visit = (account, unit, date) =>
    record(account, unit, 'standing-duties/field_visit', { host }, { date });
  await visit('above', 'root', inDays(8));
  await visit('city', 'city', inDays(9));
  const village = await town.arrive('village');
  const { page } = village;
  const entry = await form(village, 'standing-duties/field_visit', `&date=${inDays(10)}`);
  await choose(page, entry.getByLabel('所到单位'), '东村支部');
  const notice = page.getByRole('group', { name: '防止扎堆调研' });
  await notice.waitFor();
  const text = await notice.innerText();
  assert.match(text, /S0-5\.5/);
  assert.match(text, /清河市委员会/);
  assert.match(text, /清江市委员会/);
  assert.match(text, /连同这次共 3 次/);
  await village.settled();
  await village.check('crowding');
  await village.shot('accept_crowding');
  await village.close();
});

test('S0-6.5: who registers a contact point held above learns of it and says why', async () => {
  const unit = town.units.city;
  const holder = north[10];
  const hold = async (of, person) => {
    const post = { unit: of, kind: 'leader_in_charge', title: '分管领导', from: '2020-01-01' };
    const { post: id } = await town.post('keeper', '/posts', post);
    await town.post('keeper', `/posts/${id}/tenures`, { unit: of, person, date: '2020-01-01' });
  };
  await hold(unit, holder.person);
  await hold(town.units.town, north[11].person);
  await record('city', 'city', 'standing-duties/contact_point', {
    holder: holder.person,
    host: town.units.b,
    from: today,
  });
  const village = await town.arrive('village');
  const { page } = village;
  const entry = await form(village, 'standing-duties/contact_point');
  await choose(page, entry.getByLabel('联系人'), north[11].name);
  await choose(page, entry.getByLabel('联系点单位'), '西村支部');
  await pickDay(page, '起始日期', today);
  const notice = page.getByRole('group', { name: '联系点一般不重复交叉' });
  await notice.waitFor();
  const text = await notice.innerText();
  assert.match(text, /S0-6\.5/);
  assert.ok(text.includes(holder.name), text);
  await village.settled();
  await village.check('contact point held above');
  await village.shot('accept_contact_point');
  // Without a reason it is not saved; with one it is, and the reason stays with it.
  const reason = notice.getByRole('textbox');
  assert.ok(await reason.evaluate((input) => input.required));
  await reason.fill('上级联系点即将调整');
  const path = await saved(village);
  await village.open(path);
  await page.getByText('上级联系点即将调整').waitFor();
  await village.check('contact point with its reason');
  await village.close();
});

test('S0-10.3: a meeting below is a task above at once, and red there alone', async () => {
  const duty = '派人列席下级民主生活会';
  // Here a meeting may be announced on its own day.
  const { id } = await town.post('office', '/parameter-values', {
    parameter: 'standing-duties/attendance_notice',
    value: { days: 0 },
    from: today,
    ref: '市委办公室通知',
  });
  await town.post('above', `/parameter-values/${id}/confirmation`, { version: 1 });
  const upper = await town.arrive('upper', 'phone');
  const city = await town.arrive('city');
  // On the last day of a year tomorrow's meeting is the next year's.
  if (inDays(1).startsWith(year)) {
    await form(upper, 'standing-duties/democratic_life_meeting', `&date=${inDays(1)}`);
    await saved(upper, '保存为计划');
    await city.open('/todo');
    await city.page.locator('.todo').filter({ hasText: duty }).waitFor();
    await city.check('task above');
    await city.shot('accept_attendance_task');
  }

  const held = await record('upper', 'upper', 'standing-duties/democratic_life_meeting', {});
  const later = `?bundle=standing-duties&period=${year}&on=${inDays(20)}`;
  const drawer = await explained(city, 'city', duty, { of: '清江市委员会', query: later });
  const text = await drawer.innerText();
  assert.match(text, /未完成|已逾期/);
  assert.ok(text.includes(held.id), text);
  assert.match(text, /S0-10\.3/);
  assert.match(text, /市委办公室通知|下级会议提前多久告知/);
  await city.check('red above');
  await city.shot('accept_attendance_red');
  await upper.open(`/standing/${town.units.upper}${later}`);
  assert.equal(await upper.page.getByText(duty).count(), 0, 'nothing of it is owed below');
  await upper.close();
  await city.close();
});

test('S2-1.1: study as the second item does not conform, and it says which it is', async () => {
  const city = await town.arrive('city');
  const { page } = city;
  const entry = await form(city, 'standing-duties/committee_meeting');
  await entry.getByRole('button', { name: /^补充：/ }).click();
  const items = group(page, /议题/);
  await choose(page, items.getByRole('combobox').first(), '人事');
  await items.getByRole('button', { name: '加一项' }).click();
  await choose(page, items.getByRole('combobox').nth(1), '理论学习');
  await city.settled();
  await city.check('agenda');
  await city.shot('accept_agenda');
  const path = await saved(city);
  const drawer = await explained(city, 'city', '第一议题', {
    of: '清江市委员会',
    query: `?bundle=political-building&period=${year}`,
  });
  const text = await drawer.innerText();
  assert.match(text, /学习议题不在第一项，实际排在第 2 项/);
  assert.match(text, new RegExp(`更正 ${path.split('/').at(-1)} 后`));
  assert.match(text, /S2-1\.1/);
  await city.check('second item');
  await city.shot('accept_first_item');
  await city.close();
});

test('S2-4.1: five organs owe their report, four where there is no court', async () => {
  const duty = '向党委全面报告工作';
  const query = `?bundle=political-building&period=${year}`;
  for (const [county, due] of [['upper', 5], ['lower', 4]]) {
    const visitor = await town.arrive(county);
    await visitor.open(`/standing/${town.units[county]}${query}`);
    const all = await cell(visitor.page, /合计$/, duty);
    assert.match(await all.innerText(), new RegExp(`0/${due}`));
    await visitor.check(`reports of ${county}`);
    await visitor.shot(`accept_reports_${county}`);
    await visitor.close();
  }
  // To the committee of another level it is no such report.
  const sent = await record('court', 'upper_court', 'political-building/full_report', {
    received_by: town.units.city,
    how: 'in_writing',
  });
  const court = await town.arrive('court');
  const drawer = await explained(court, 'upper_court', duty, { query });
  const text = await drawer.innerText();
  assert.ok(text.includes(sent.id), text);
  assert.match(text, /不是向同级党委报告/);
  assert.match(text, /全面工作情况报告次数 1\s*文件规定/);
  assert.match(text, /S2-4\.1/);
  await court.check('report to another committee');
  await court.close();
});

test('S1-2.7: who floats is counted once, at the host, and nowhere where he is', async () => {
  const [guest] = south;
  await town.post('above', '/campaigns', {
    pack: 'second-batch',
    unit: town.units.root,
    batches: batches(),
  });
  await town.post('keeper', '/memberships', {
    person: guest.person,
    unit: town.units.south,
    kind: 'full_member',
    floating: true,
    host_unit: town.units.north,
    replaces: guest.id,
    replaces_in: town.units.south,
  });
  const village = await town.arrive('village');
  await village.open(`/standing/${town.units.town}?bundle=second-batch/study`);
  const duty = '学习教育全覆盖';
  const dueOf = async (row) => {
    const text = await (await cell(village.page, row, duty)).innerText();
    return Number(/\/(\d+)/.exec(text)[1]);
  };
  assert.equal(await dueOf('北村支部'), 51);
  assert.equal(await dueOf('南村支部'), 5);
  // With three of a branch that is too small for a number of its own.
  assert.equal(await dueOf(/合计$/), 59);
  await village.check('covered once');
  await village.shot('accept_covered');
  await village.close();
  const branch = await town.arrive('south');
  const entry = await form(branch, 'second-batch/member_attachment');
  await entry.getByRole('button', { name: /^补充：/ }).click();
  const labels = await entry.locator('.kind-fields label, .kind-fields .label').allInnerTexts();
  assert.ok(labels.length >= 4, `${labels}`);
  assert.ok(!labels.some((one) => /位置|地址|坐标|定位|轨迹/.test(one)), `${labels}`);
  await branch.check('attachment');
  await branch.close();
});

test('S3-19: five ones are done when all are; the branch alone sees who is missing', async () => {
  await town.post('above', '/campaigns', {
    pack: 'five-ones',
    unit: town.units.root,
    batches: batches(),
  });
  const all = north.map((one) => one.person);
  const unit = 'north';
  await record('north', unit, 'core/volunteer_service', { activity: '清理河道' }, {
    present: all.slice(0, 47),
  });
  // One deed of all of them counts for each.
  await record('north', unit, 'core/good_deed', { deed: '修路' }, { present: all });
  await record('north', unit, 'core/organisational_life_meeting', { special: true });
  await record('north', unit, 'core/party_lecture', { topic: '初心', lecturer: all[0] });
  await record('village', 'town', 'standing-duties/training_programme', {
    course: '书记轮训',
    kind: 'secretary_rotation',
  }, { present: [all[0]] });
  const branch = await town.arrive('north');
  const { page } = branch;
  await branch.open(`/standing/${town.units.north}?bundle=five-ones/five_ones`);
  const bundle = page.locator('.bundles > li').filter({ hasText: '五个一' });
  assert.match(await bundle.innerText(), /5 项任务，已完成 4 项/);
  const line = page.getByRole('row').filter({ hasText: '志愿服务' });
  assert.match(await line.innerText(), /47\/50/);
  await branch.check('four of five');
  await branch.shot('accept_five_ones');
  await line.getByRole('button').first().click();
  const drawer = page.getByRole('dialog');
  await drawer.locator('.behind li').first().waitFor();
  const missing = await drawer.locator('.behind button.link').allInnerTexts();
  assert.deepEqual(missing.sort(), north.slice(47).map((one) => one.name).sort());
  await branch.settled();
  await branch.check('the three');
  // Above there are numbers.
  const village = await town.arrive('village');
  await village.open(`/standing/${town.units.town}?bundle=five-ones/five_ones`);
  await (await cell(village.page, '北村支部', '志愿服务')).getByRole('button').click();
  const above = village.page.getByRole('dialog');
  await above.locator('.behind li').first().waitFor();
  const said = await above.innerText();
  assert.match(said, /47\/50/);
  for (const one of north.slice(47)) assert.ok(!said.includes(one.name), said);
  await village.close();
  await record('north', unit, 'core/volunteer_service', { activity: '补一次' }, {
    present: all.slice(47),
  });
  await branch.open(`/standing/${town.units.north}?bundle=five-ones/five_ones`);
  await bundle.getByText('已完成', { exact: true }).waitFor();
  assert.match(await bundle.innerText(), /5 项任务，已完成 5 项/);
  await branch.close();
});

test('S4-24.3: use of the control figure after three quarters, against the pace', async () => {
  const last = String(Number(year) - 1);
  await record('organ', 'organ', 'look-back/documents_and_meetings', {
    documents: 51,
    meetings: 282,
  }, { date: `${last}-09-20` });
  const organ = await town.arrive('organ');
  const { page } = organ;
  await organ.open(`/figures/${town.units.organ}?on=${last}-09-30`);
  await page.getByText(/按 .* 当天的情况计算/).waitFor();
  const card = (title) => page.locator('.figure-card').filter({ hasText: title });
  const documents = await card('文件控制数使用').innerText();
  assert.match(documents, /78/);
  assert.match(documents, /65\.3%/);
  assert.match(documents, /75%/);
  const meetings = await card('会议控制数使用').innerText();
  assert.match(meetings, /409/);
  assert.match(meetings, /68\.9%/);
  for (const one of [documents, meetings]) assert.match(one, /S4-24\.3/);
  await organ.check('control figures');
  await organ.shot('accept_control');
  await card('文件控制数使用').locator('.figure-value').click();
  const drawer = page.getByRole('dialog');
  await drawer.locator('.figure-facts li').first().waitFor();
  const text = await drawer.innerText();
  assert.match(text, /文件控制数.*78.*假定/);
  assert.match(text, /51/);
  await organ.settled();
  await organ.check('behind a control figure');
  await organ.close();
});
