// A special programme on the pages, from its topic to its end: its units, forty problems from a
// sheet below it, measures, a problem that another unit claims, two rounds, more time, a pause,
// evidence, approval by the unit's head, sending back, striking off by another person, a relapse, a
// ballot that fails and is repeated, an escalation that a person signs, and every number of it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import {
  answer,
  approved,
  at,
  because,
  chooseUnit,
  desk,
  extended,
  ids,
  inDays,
  it,
  ledger,
  lock,
  move,
  neglected,
  openRound,
  pathOf,
  paused,
  pick,
  press,
  problem,
  setUp,
  state,
  step,
  tearDown,
  together,
  topic,
  word,
} from './programme.mjs';
import {
  ends,
  isAskedAgain,
  isDoneAgain,
  isEscalated,
  isRated,
  mostAreStruckOff,
  promise,
  staysAsLocked,
} from './programme_later.mjs';
import { numbers } from './programme_numbers.mjs';
import { choose, group } from './steps.mjs';

before(setUp);
after(tearDown);

step('a topic is opened with its units, and broken down', async () => {
  const office = await at('office', '/matters/new?type=ledgers%2Fspecial_programme');
  const { page } = office;
  await chooseUnit(page, '责任单位', '柳溪镇委员会');
  await page.getByLabel('整治内容').fill(topic);
  await word(page, '层次', '专项');
  await word(page, '属于台账哪一部分', '本地增加');
  await chooseUnit(page, '验收单位', '清河市委员会');
  await page.getByRole('button', { name: /^还可以填写/ }).click();
  await chooseUnit(page, '牵头单位', '清河市委员会');
  await chooseUnit(page, '配合单位', '石桥镇委员会');
  await page.keyboard.press('Escape');
  await office.check('open a programme');
  await office.shot('programme_open');
  await press(page, '登记');
  await page.waitForURL(/\/matters\/i\d+$/);
  await office.settled();
  it.programme = new URL(page.url()).pathname.split('/').at(-1);
  for (const text of ['石桥镇委员会', '柳溪镇委员会']) {
    await page.locator('.matter-said').getByText(text).first().waitFor();
  }

  await office.open(`/matters/new?type=ledgers%2Fspecial_programme&parent=${it.programme}`);
  await chooseUnit(page, '责任单位', '石桥镇委员会');
  await page.getByLabel('整治内容').fill('石桥镇的一份');
  await word(page, '层次', '责任单位的一份');
  await word(page, '属于台账哪一部分', '本地增加');
  await chooseUnit(page, '验收单位', '清河市委员会');
  await press(page, '登记');
  await page.waitForURL(/\/matters\/i\d+$/);
  await office.settled();
  await page.getByRole('link', { name: `上级事项 ${it.programme}` }).waitFor();
  await move('lead', `/matters/${it.programme}`, '启动', async (form) => {
    await group(form, '主要问题').locator('textarea').first().fill('路灯不亮');
    await group(form, '整改措施').locator('textarea').first().fill('逐处更换');
    await form.getByLabel('验收标准').fill('夜间照明完好');
    await pick(form.page(), form.getByLabel('完成时限'), inDays(90));
  });
});

const head =
  '编号,具体问题（原文）,问题来源,问题性质,责任单位,销号单位,牵头单位,配合单位,整改措施,' +
  '销号标准,整改类型,整改期次,完成时限';
const rowOf = (n) =>
  [
    `照-${String(n).padStart(2, '0')}`,
    problem(n),
    n % 2 ? '上级点' : '自己找',
    '具体问题',
    n > 35 ? '西村支部' : '东村支部',
    '清河市委员会',
    '柳溪镇委员会',
    '石桥镇委员会',
    `更换第 ${n} 处灯具`,
    '夜间常亮',
    '立行立改',
    '近期',
    n === neglected ? inDays(4) : inDays(60),
  ].join(',');

step('forty problems come from a sheet and are put below the topic', async () => {
  const office = await at(
    'office',
    `/matters/import?unit=${it.town.units.town}&type=rectification%2Frectification`,
  );
  const { page } = office;
  const path = join(it.folder, '照明台账.csv');
  const rows = Array.from({ length: 40 }, (_, i) => rowOf(i + 1));
  writeFileSync(path, [head, ...rows].join('\r\n'));
  await page.locator('input[type=file]').setInputFiles(path);
  await page.getByText('哪一列对应哪一项', { exact: true }).first().waitFor();
  await press(page, '试导入');
  await page.locator('.notice.met').waitFor();
  await press(page, '导入');
  await page.getByText('已导入').first().waitFor();
  await office.check('imported');

  await office.open(ledger());
  const rowsShown = page.locator('.ledger-table tbody tr');
  await rowsShown.first().waitFor();
  assert.equal(await rowsShown.count(), 40);
  await page.getByLabel('选择列出的全部').check();
  await press(page.locator('.batch-bar'), '归入上级事项');
  const drawer = page.locator('dialog');
  const box = drawer.getByLabel('上级事项');
  await box.fill('群众身边');
  await choose(page, box, topic);
  await press(drawer, '先看哪些可以办');
  await press(drawer, '归入 40 件');
  await drawer.getByText('已办 40 件').waitFor();
  await office.shot('programme_grouped');
  await drawer.getByRole('button', { name: '关闭' }).last().click();
  await office.open(`/matters/${it.programme}`);
  await page
    .getByRole('region', { name: '下级事项' })
    .getByRole('button', { name: '全部 41' })
    .waitFor();
  await office.check('topic with what is below');
  await office.shot('programme_below');
  const list = await it.town.get(
    'office',
    `/matters?unit=${it.town.units.root}&type=rectification%2Frectification&limit=100`,
  );
  for (const one of list.items) {
    ids.set(Number(/\d+/.exec(one.fields.problem)[0]), one.id);
  }
  assert.equal(ids.size, 40);
});

step('measures are set for many at once; a problem is claimed by another unit', async () => {
  await together('secretary', {
    unit: it.town.units.a,
    state: 'registered',
    name: '制定措施',
    n: 35,
  });
  await together('west', { unit: it.town.units.b, state: 'registered', name: '制定措施', n: 5 });
  await together('secretary', { unit: it.town.units.a, state: 'planned', name: '开始整改', n: 35 });

  const west = await at('west', '/matters/new?type=ledgers%2Foffered_problem');
  const { page } = west;
  await page.locator('form').getByLabel('问题').first().fill('跨镇道路没有路灯');
  await chooseUnit(page, '提出单位', '西村支部');
  await chooseUnit(page, '请哪个单位认领', '石桥镇委员会');
  await chooseUnit(page, '协调单位', '清河市委员会');
  await press(page, '登记');
  await page.waitForURL(/\/matters\/i\d+$/);
  await west.settled();
  const offered = new URL(page.url()).pathname;
  await it.town.post('office', '/matters/grouping', {
    parent: it.programme,
    items: [{ id: offered.split('/').at(-1), version: 1 }],
  });
  const stone = await move('stone', offered, '认领', (form) =>
    pick(form.page(), form.getByLabel('完成时限'), inDays(60)),
  );
  await stone.page.locator('.facts').getByText('石桥镇委员会').first().waitFor();
  await move('stone', offered, '回告结果', (form) => form.getByLabel('结果').fill('已装路灯'));
  await move('west', offered, '同意办结');
});

step(
  'the first round asks what is due soon; more time is given, and one is set aside',
  async () => {
    const round = await openRound('第一次调度');
    await answer(round, neglected, '无新进展', '等配件');
    await lock(round);
    await promise(round);

    const secretary = await at('secretary', pathOf(extended));
    await press(secretary.page.getByRole('region', { name: '时限' }), '申请延期');
    const form = secretary.page.locator('dialog');
    await pick(secretary.page, form.getByLabel('完成时限'), inDays(80));
    await form.getByLabel('原因').fill('雨季不能施工');
    await press(form, '申请延期');
    await secretary.page
      .getByText(/待批准/)
      .first()
      .waitFor();
    const office = await at('office', pathOf(extended));
    await press(office.page.getByRole('region', { name: '时限' }), '批准延期');
    await press(office.page.locator('dialog'), '批准延期');
    await office.page.getByText(`原定 ${inDays(60)}`).waitFor();
    await office.check('extended');

    const parked = await move(
      'secretary',
      pathOf(paused),
      '转为一时解决不了',
      async (box, page) => {
        await box.getByLabel('解释说明').fill('产权不清');
        await box.getByLabel('下一步方案').fill('先确权');
        await pick(page, box.getByLabel('下次检视日期'), inDays(20));
      },
    );
    await parked.page.getByText('暂停计时').first().waitFor();
  },
);

const handIn = (more) => async (form, page) => {
  await choose(page, form.getByLabel('责任领导'), '林一');
  await form.getByLabel('整改成效').fill('灯具全部更换');
  await more?.(form);
};

step(
  'with evidence, through the head of the unit and sent back once, one is struck off',
  async () => {
    const path = pathOf(approved);
    await move(
      'secretary',
      path,
      '送责任领导审核',
      handIn(async (form) => {
        await form.getByRole('button', { name: '加说明或佐证' }).click();
        await form.locator('input[type=file]').setInputFiles({
          name: '夜间照片.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from('夜间常亮'),
        });
        await form.getByText('夜间照片.txt').waitFor();
      }),
    );
    // Whoever did the work does not approve it, and nobody verifies it yet.
    const mine = (await desk('secretary')).page.locator('.moves');
    assert.equal(await mine.getByRole('button').count(), 0);
    await move('head', path, '审核退回', because('写明更换几处'));
    await move('secretary', path, '送责任领导审核');
    await move('head', path, '审核同意');
    await move('secretary', path, '申请销号');
    await move('lead', path, '退回补充', because('东侧一盏不亮'));
    await move('secretary', path, '送责任领导审核', (form) =>
      form.getByLabel('整改成效').fill('灯具全部更换，东侧已修'),
    );
    await move('head', path, '审核同意');
    await move('secretary', path, '申请销号');
    await move('lead', path, '核验通过', because('夜间现场查看'));
    await (await at('head', path)).page.locator('.moves').waitFor();
    assert.equal(await (await desk('head')).page.locator('.moves').getByRole('button').count(), 0);
    await move('office', path, '销号');
    await state(path, '已销号');
    await (await desk('office')).shot('programme_struck_off');
  },
);

step('what was struck off and is found relapsed is taken up again', async () => {
  const lead = await at('lead', pathOf(approved));
  await press(lead.page.getByRole('region', { name: '回头看' }), '填写回头看结果');
  const form = lead.page.locator('dialog');
  await form.getByLabel('反弹').check();
  await form.getByLabel('看到了什么').fill('雨后又坏');
  await press(form, '记录结果');
  await lead.page.getByText(/已记录回头看结果：反弹/).waitFor();
  await lead.check('relapsed');
  await move('lead', pathOf(approved), '反弹返工', because('重新整改'));
  await state(pathOf(approved), '返工补课');
});

step('those who raised a problem rate how it was solved', isRated);
step('what they do not accept is done again and rated again', isDoneAgain);
step('what is neglected is escalated, and a person signs', isEscalated);

let second;
step('the second round asks after what was promised, and is locked with a reason', async () => {
  second = await isAskedAgain();
});
step('what was locked stays as it was', () => staysAsLocked(second));

const told = {};
step('every number opens to what it counts', async () => {
  await mostAreStruckOff();
  told.desktop = await numbers('desktop', second);
});
step('on a phone they are the same numbers, and open as well', async () => {
  told.phone = await numbers('phone', second);
  assert.deepEqual(told.phone, told.desktop);
});
step('the topic ends after everything below it', ends);
