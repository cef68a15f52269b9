// What the product is judged by, with the demo as everybody finds it: the secretary enters this
// month's theme day and the to-do entry goes, the figures above change without a reload, and every
// number opens down to the record; the office finds whom to call; a desk enters one evening for six
// branches; an exemption is asked by one person and decided by another; a correction and its trace.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { countEvents } from './browser.mjs';
import { Demo } from './demo.mjs';

let demo;
before(async () => {
  demo = await Demo.start();
});
after(() => demo?.close());

const duty = 'standing-duties/theme_day';
const title = '主题党日';
const line = (page, name) => page.locator('.todo').filter({ hasText: name });
const monthOf = (day) => day.slice(0, 7);

// "a/b" of a duty in a row of the heat table that is open on the page.
function cellOf(page, row) {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: row }) })
    .getByRole('gridcell')
    .first();
}

// Done of due, of the theme day alone: the page is opened so that it is the only column.
async function doneIn(cell) {
  const [, done, due] = /(\d+)\/(\d+)/.exec(await cell.innerText());
  return { done: Number(done), due: Number(due) };
}

// By itself, for who keeps looking.
const shown = (cell, done) => cell.getByText(new RegExp(`(^|\\D)${done}/\\d+`));
const becomes = (cell, done) => shown(cell, done).waitFor({ timeout: 40_000 });

// At once, for who comes back to the tab.
async function isOnReturn(cell, done) {
  await cell.page().evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await shown(cell, done).waitFor({ timeout: 8_000 });
}

// Before the last day of a month there is the one before it, for a second correction.
function dayBefore(today, days) {
  const day = new Date(`${monthOf(today)}-01T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}

async function enterThemeDay(secretary, size) {
  const { page } = secretary;
  await secretary.open('/todo');
  await secretary.check('to do');
  await secretary.shot('journey_todo');
  await countEvents(page);
  await line(page, title).getByRole('link', { name: '登记', exact: true }).click();
  const what = page.getByLabel('做了什么').last();
  await what.click();
  await what.fill(`学习党规党纪，交流体会（${size}）`);
  await page.getByRole('button', { name: '党规党纪' }).click();
  await page.locator('.present summary').click();
  await page.locator('.names button').first().click();
  await page.locator('.counts').getByText(title).waitFor();
  await page.locator('.counts').getByText('党规党纪教育').waitFor();
  await secretary.settled();
  await secretary.check('entry');
  await secretary.shot('journey_entry');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('heading', { name: '已登记' }).waitFor();
  const made = await page.evaluate(() => window.made);
  assert.ok(made <= 12, `${made} events`);
  await secretary.settled();
  await secretary.check('saved');
  await secretary.shot('journey_saved');
  const record = (await page.getByRole('link', { name: '查看这条纪实' }).getAttribute('href'))
    .split('/')
    .at(-1);
  await page.getByRole('link', { name: '回到待办' }).click();
  await page.getByRole('heading', { name: '待办' }).waitFor();
  await secretary.settled();
  assert.equal(await line(page, title).count(), 0, 'the entry went');
  return record;
}

// The drawer says which record counted, and what else it served.
async function openTheDrawer(secretary, record) {
  const { page } = secretary;
  await page.getByRole('link', { name: '完成情况' }).filter({ visible: true }).first().click();
  await page.getByRole('button', { name: title, exact: true }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(record, { exact: true }).waitFor();
  await drawer.getByText(/也计入：.*党规党纪教育/).waitFor();
  assert.match(await drawer.innerText(), /已完成/);
  await secretary.settled();
  await secretary.check('drawer');
  await secretary.shot('journey_drawer');
  await page.keyboard.press('Escape');
}

// The day was wrong: it was in the month before. What this month has is owed again.
async function correct(secretary, record, day) {
  const { page } = secretary;
  await secretary.open(`/records/${record}/correct`);
  await page.getByLabel('日期').click();
  // While it unfolds it may still turn to its own month.
  await page.locator('.ant-picker-dropdown:not([class*="ant-slide"])').waitFor();
  await page.locator('.ant-picker-header-prev-btn').click();
  await page.locator(`.ant-picker-cell-in-view[title="${day}"]`).click();
  await page.getByLabel('原因').fill('日期写错');
  await page.getByRole('button', { name: '保存更正' }).click();
  await page.getByText('原因：日期写错').waitFor();
  assert.ok(await page.getByText(new RegExp(`日期：.* → ${day}`)).isVisible());
  await secretary.settled();
  await secretary.check('corrected');
  await secretary.shot('journey_corrected');
  await secretary.open('/todo');
  await line(page, title).waitFor();
}

for (const [round, size] of ['desktop', 'phone'].entries()) {
  test(`on a ${size} a theme day is entered, seen above, explained and corrected`, async () => {
    const secretary = await demo.arrive('secretary', { size });
    const unit = await demo.unitOf(secretary);
    const { today } = await demo.ask(secretary, '/me');
    const office = await demo.arrive('office');
    const district = await demo.unitOf(office);
    const town = await demo.ask(secretary, `/units/${unit.id}`);
    const above = town.path.at(-2);
    const only = `?bundle=standing-duties&period=${monthOf(today)}`;
    await office.open(`/standing${only}`);
    await office.page.evaluate(() => (window.kept = true));
    const second = await office.context.newPage();
    office.watch(second);
    await second.goto(`${demo.url}/standing/${above.id}${only}`);
    const cells = [
      cellOf(office.page, `${district.name} 合计`),
      cellOf(office.page, above.name),
      cellOf(second, `${above.name} 合计`),
      cellOf(second, unit.name),
    ];
    const was = [];
    for (const cell of cells) was.push((await doneIn(cell)).done);
    assert.equal(was[3], 0, 'the branch of the demo owes its theme day');

    const record = await enterThemeDay(secretary, size);
    const see = size === 'desktop' ? becomes : isOnReturn;
    await Promise.all(cells.map((cell, i) => see(cell, was[i] + 1)));
    assert.ok(await office.page.evaluate(() => window.kept), 'nothing was loaded anew');
    await office.check('district');
    await openTheDrawer(secretary, record);
    await correct(secretary, record, dayBefore(today, round + 1));
    await Promise.all(cells.map((cell, i) => isOnReturn(cell, was[i])));
    await office.close();
    await secretary.close();
  });
}

test('the office finds a branch that needs a call in three clicks', async () => {
  const office = await demo.arrive('office');
  const { page } = office;
  office.expected.push(/403.*behind/); // names further down ask for a reason first
  await office.open('/standing');
  await countEvents(page);
  await cellOf(page, /合计$/).getByRole('button').click();
  const drawer = page.getByRole('dialog');
  const why = drawer.getByLabel(/事由/);
  await why.fill('月底前逐个提醒');
  await why.press('Enter');
  const first = drawer.locator('.behind button.link').first();
  await first.waitFor();
  await office.settled();
  await office.check('behind');
  await office.shot('journey_behind');
  const name = await first.innerText();
  await first.click();
  await drawer.getByText('没有计入的纪实。').waitFor();
  await office.settled();
  await office.check('why');
  await office.shot('journey_why');
  await drawer.getByRole('link', { name: '打开单位页' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.getByRole('heading', { name: '职务' }).waitFor();
  // Three clicks, and the key that sent the reason.
  assert.equal(await page.evaluate(() => window.made), 4);
  await office.settled();
  await office.check('branch to call');
  await office.close();
});

test('a desk enters one evening for six branches in one grid', async () => {
  const delegate = await demo.arrive('delegate');
  const { page } = delegate;
  const { today } = await demo.ask(delegate, '/me');
  await delegate.open('/records/grid');
  await page.getByRole('button', { name: '一起登记' }).click();
  const evening = page.locator('form');
  await evening.getByLabel('类型').click();
  await page.locator('.ant-select-item-option[title="志愿服务"]').click();
  await page.keyboard.press('Escape');
  await evening.getByRole('checkbox').first().uncheck();
  const rows = evening.locator('tbody tr');
  const names = [];
  for (let i = 0; i < 6; i += 1) {
    await rows.nth(i).getByRole('checkbox').check();
    names.push((await rows.nth(i).locator('label').innerText()).trim());
  }
  await evening.getByLabel('服务内容', { exact: true }).fill('清理河道');
  await delegate.settled();
  await delegate.check('grid');
  await delegate.shot('journey_grid');
  await evening.getByRole('button', { name: '登记 6 个支部' }).click();
  await page.waitForFunction(
    () => document.querySelectorAll('form tbody .verdict.v-met').length === 6,
  );
  await delegate.check('grid saved');
  await delegate.shot('journey_grid_saved');
  const units = (await demo.ask(delegate, '/units?limit=500')).items;
  for (const name of names) {
    const { id } = units.find((one) => one.name === name);
    const found = await demo.ask(delegate, `/records?unit=${id}&from=${today}`);
    const mine = found.items.filter(
      (one) => one.fields?.['core/volunteer_service']?.activity === '清理河道',
    );
    assert.equal(mine.length, 1, name);
    assert.deepEqual(mine[0].units, [id]);
    assert.ok(mine[0].present_count > 0, `${name}: somebody was there`);
    assert.ok(mine[0].on_behalf, `${name}: says that it was entered on its behalf`);
  }
  await delegate.close();
});

test('an exemption is asked by one person and decided by another', async () => {
  const secretary = await demo.arrive('secretary', { size: 'phone' });
  const unit = await demo.unitOf(secretary);
  const { page } = secretary;
  await secretary.open('/todo');
  await line(page, title).getByRole('button', { name: '申请免于' }).click();
  const asking = page.getByRole('dialog');
  await asking.getByRole('button', { name: '突发事件或灾害' }).click();
  await asking.getByLabel('具体情况').fill('全村转移避险');
  await secretary.check('asking');
  await secretary.shot('journey_asking');
  await asking.getByRole('button', { name: '提交申请' }).click();
  await asking.getByText('申请已提交，等上级单位审批。').waitFor();
  // Who asked is offered no decision.
  await secretary.open('/exemptions');
  await page.getByText('全村转移避险').waitFor();
  assert.equal(await page.getByRole('button', { name: '审批' }).count(), 0);
  await secretary.check('asked');

  const office = await demo.arrive('office');
  await office.open('/exemptions');
  const row = office.page.getByRole('row').filter({ hasText: '全村转移避险' });
  assert.match(await row.innerText(), new RegExp(unit.name));
  await row.getByRole('button', { name: '审批' }).click();
  await office.page.getByLabel('意见').fill('情况属实');
  await office.check('deciding');
  await office.shot('journey_deciding');
  await office.page.getByRole('button', { name: '批准', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  await office.check('decided');

  await secretary.open('/exemptions?state=approved');
  await page.getByText('答复：情况属实').waitFor();
  await secretary.open('/todo');
  await page.locator('.todo').first().waitFor();
  assert.equal(await line(page, title).count(), 0, 'nothing is owed any more');
  await secretary.open('/standing');
  const own = page.getByRole('row').filter({ hasText: title });
  assert.match(await own.innerText(), /免于/);
  await secretary.check('exempt');
  await secretary.close();
  await office.close();
});

// The words of the screens and of the server in one language.
function wordsOf(language) {
  const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  return {
    ...read(`../../src/words/${language}.json`),
    ...read(`../../web/src/i18n/${language}.json`),
  };
}

for (const language of ['zh-TW', 'en']) {
  test(`in ${language} from what is owed to why, with no word of another language`, async () => {
    const words = wordsOf(language);
    const secretary = await demo.arrive('secretary', { language });
    const { page } = secretary;
    await secretary.open('/todo');
    await page.getByRole('heading', { name: words['todo.title'] }).waitFor();
    await secretary.check('to do');
    await secretary.shot('journey_todo');
    await page.getByRole('link', { name: words['place.standing'] }).first().click();
    await page.locator('td button.link').first().click();
    await page.getByRole('heading', { name: words['why.rule'] }).waitFor();
    await secretary.settled();
    await secretary.check('drawer');
    await secretary.shot('journey_drawer');
    const text = await page.getByRole('dialog').innerText();
    const known = await demo.ask(secretary, `/obligations`);
    assert.ok(known.items.some((one) => text.includes(one.title)), 'a title in its language');
    await secretary.close();
  });
}
