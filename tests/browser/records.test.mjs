// A branch secretary's evening: enter, look, correct, take back; with and without a line.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Installation } from '../system/harness.mjs';
import { countEvents, launch, Visitor } from './browser.mjs';

let browser, installation, server, url, unit;
before(async () => {
  installation = new Installation('sqlite').prepare();
  server = await installation.serve();
  url = `http://127.0.0.1:${server.port}`;
  unit = (await server.unit('a')).id;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await installation?.close();
});

const secretary = (size) =>
  Visitor.arrive(browser, url, {
    size,
    account: 'secretary',
    password: 'secretary-secret-0815',
  });
const records = async () =>
  (await server.get(`/api/v1/records?unit=${unit}`, installation.tokens.secretary)).body.items;

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} a theme day of two kinds is entered in at most 12 events`, async () => {
    const visitor = await secretary(size);
    const { page } = visitor;
    await visitor.open('/todo');
    await countEvents(page);
    // On a phone its way is the bar at the bottom.
    const bar = page.getByRole('navigation', { name: '功能' });
    await (
      size === 'phone'
        ? bar.getByRole('link', { name: '登记' })
        : page.getByRole('link', { name: '登记纪实' }).first()
    ).click();
    await page.getByRole('button', { name: '主题党日', exact: true }).click();
    await page.getByRole('button', { name: '党课', exact: true }).click();
    const picker = page.getByLabel('日期');
    const [year, month] = (await picker.inputValue()).split('-').map(Number);
    const before = new Date(Date.UTC(year, month - 2, size === 'desktop' ? 11 : 12));
    const day = before.toISOString().slice(0, 10);
    await picker.click();
    await page.locator('.ant-picker-dropdown:not([class*="ant-slide"])').waitFor();
    // It does not turn back to its own month when what the entry will count for has come.
    await page.locator('.ant-picker-header-prev-btn').click();
    await page.locator(`.ant-picker-cell-in-view[title="${day}"]`).click();
    await page.getByLabel('做了什么').last().fill(`义务植树 ${size}`);
    await page.getByLabel('题目').fill('讲安全');
    await page.locator('summary').click();
    await page.getByRole('button', { name: '林二' }).click();
    await visitor.check('entry');
    await visitor.shot('entry');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '已登记' }).waitFor();
    const made = await page.evaluate(() => window.made);
    assert.ok(made <= 12, `${made} events`);
    await visitor.check('saved');
    const entered = (await records()).find(
      (one) => one.fields?.['core/theme_party_day']?.summary === `义务植树 ${size}`,
    );
    assert.deepEqual([...entered.types].sort(), ['core/party_lecture', 'core/theme_party_day']);
    assert.equal(entered.date, day);
    assert.equal(entered.present_count, 2);
    await visitor.close();
  });
}

test('what a field refuses is said beside it, and what was typed stays', async () => {
  const visitor = await secretary('desktop');
  visitor.expected.push(/422/);
  const { page } = visitor;
  await visitor.open('/records/new?type=core%2Ftheme_party_day');
  await page.getByLabel('地点').fill('村部');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.locator('.field .wrong').first().waitFor();
  assert.match(await page.locator('.field .wrong').first().innerText(), /必填/);
  assert.equal(await page.getByLabel('地点').inputValue(), '村部');
  await visitor.check('refused');
  await visitor.close();
});

test('a correction leaves its trace, and what is taken back stays readable', async () => {
  const visitor = await secretary('desktop');
  const { page } = visitor;
  const [newest] = await records();
  await visitor.open(`/records/${newest.id}`);
  await page.getByRole('link', { name: '更正' }).click();
  await page.getByLabel('地点').fill('村文化礼堂');
  await page.getByLabel('原因').fill('地点写错');
  await page.getByRole('button', { name: '保存更正' }).click();
  await page.getByText('原因：地点写错').waitFor();
  assert.ok(await page.getByText(/地点：.* → 村文化礼堂/).isVisible());
  await visitor.settled();
  await visitor.check('corrected');
  await visitor.shot('corrected');
  await page.getByRole('button', { name: '作废' }).click();
  await page.getByLabel('原因').fill('重复登记');
  await page.locator('dialog').getByRole('button', { name: '作废' }).click();
  await page.locator('h1 .tag.void').waitFor();
  const all = await server.get(
    `/api/v1/records/${newest.id}/versions`,
    installation.tokens.secretary,
  );
  assert.deepEqual(
    all.body.items.map((one) => one.state),
    ['entered', 'entered', 'void'],
  );
  await visitor.close();
});

test('a draft survives a closed tab', async () => {
  const visitor = await secretary('phone');
  await visitor.open('/records/new?type=core%2Fgood_deed');
  await visitor.page.getByLabel('办了什么事').fill('修好村口路灯');
  await visitor.page.close();
  visitor.page = await visitor.context.newPage();
  visitor.watch(visitor.page);
  await visitor.open('/records/new?type=core%2Fgood_deed');
  assert.equal(await visitor.page.getByLabel('办了什么事').inputValue(), '修好村口路灯');
  await visitor.close();
});

test('without a line an entry is kept, sent when it is back, and never twice', async () => {
  const visitor = await secretary('phone');
  visitor.expected.push(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const { page } = visitor;
  await visitor.open('/records/new?type=core%2Fgood_deed');
  await page.getByLabel('办了什么事').fill('送医上门');
  // The request arrives, its reply does not.
  await page.route('**/api/v1/records', async (route) => {
    if (route.request().method() === 'POST') {
      await route.fetch();
      await visitor.context.setOffline(true);
    }
    await route.abort('internetdisconnected');
  });
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('heading', { name: '已存本机，待发送' }).waitFor();
  await visitor.shot('waiting');
  await page.unroute('**/api/v1/records');
  const sent = page.waitForResponse(
    (reply) => reply.url().endsWith('/records') && reply.request().method() === 'POST',
  );
  await visitor.context.setOffline(false);
  assert.equal((await sent).status(), 201);
  await page.locator('.waiting').waitFor({ state: 'detached' });
  const deeds = (await records()).filter((one) => one.types.includes('core/good_deed'));
  assert.equal(deeds.length, 1);
  await visitor.close();
});

test('the same sheet pasted twice enters each line once', async () => {
  const visitor = await secretary('desktop');
  const { page } = visitor;
  const sheet = [
    '\t2026/1/5\t走访联系群众\t', // asks for more than a sheet has
    '\t2026-02-06\t办实事\t通了自来水\t村口',
    '\t2026-2-31\t党课\tx',
  ].join('\n');
  for (const round of [1, 2]) {
    await visitor.open('/records/backfill');
    await page.locator('#paste').fill(sheet);
    await page.getByRole('button', { name: /登记 1 条/ }).click();
    await page.getByRole('status').filter({ hasText: '已登记 1 条' }).waitFor();
    const found = (await records()).filter((one) => one.date === '2026-02-06');
    assert.equal(found.length, 1, `round ${round}`);
  }
  await visitor.check('backfill');
  await visitor.shot('backfill');
  await visitor.close();
});
