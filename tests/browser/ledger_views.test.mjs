// The ledger in its several ways: as a board on which a card is moved, along time, down the tree
// of units, as a sheet to paste into; filters that are saved and shared; more time for many; and
// the page of a guidance group.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Town } from './town.mjs';

const type = 'rectification/rectification';
let town;
before(async () => {
  town = await Town.start({
    accounts: {
      lead: ['unit_editor', 'town'],
      second: ['campaign_office', 'root'],
      group: ['inspector', 'town'],
    },
  });
});
after(() => town?.close());

const wordsOf = (language) => {
  const path = new URL(`../../web/src/i18n/${language}.json`, import.meta.url);
  const own = JSON.parse(readFileSync(path, 'utf8'));
  return (key, values = {}) =>
    own[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
};
const say = wordsOf('zh-CN');

const day = (days) => {
  const date = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000);
  return date.toISOString().slice(0, 10);
};

async function opened(problem, unit = town.units.a, more = {}) {
  const { id } = await town.post('office', '/matters', {
    type,
    unit,
    fields: { problem, origin: 'superior', kind: 'specific', office: town.units.root },
    ...more,
  });
  return id;
}

async function planned(problem, due) {
  const id = await opened(problem);
  await town.post('secretary', `/matters/${id}/moves`, {
    version: 1,
    move: 'plan',
    due,
    fields: {
      measures: ['修补'],
      standard: '平整',
      fix_type: 'at_once',
      horizon: 'near',
      lead: town.units.town,
    },
  });
  return id;
}

const countsOf = async (unit) => {
  const counts = await town.get('office', `/units/${unit}/matters/counts`);
  const own = counts.types.find((one) => one.type === type);
  return Object.fromEntries(own.states.map((one) => [one.title, one.count]));
};

const column = (page, title) => page.getByRole('region', { name: title, exact: true });
const ledger = (unit, show) => `/matters?unit=${unit}&party=false&show=${show}`;

test('on a desktop a card is dragged to where a move leads, and nowhere else', async () => {
  const problem = '看板上的一件';
  await opened(problem);
  const visitor = await town.arrive('secretary');
  const { page } = visitor;
  await visitor.open(ledger(town.units.a, 'board'));
  const counts = await countsOf(town.units.a);
  const titles = await page.locator('.board-column h2').allInnerTexts();
  assert.deepEqual(titles, Object.keys(counts));
  for (const title of titles) {
    assert.equal(
      Number(await column(page, title).locator('header .num').innerText()),
      counts[title],
      title,
    );
  }
  const card = page.locator('.board-card').filter({ hasText: problem });
  await visitor.check('board');
  await visitor.steady('board');
  await visitor.shot('ledger_board');

  // While it is dragged, the columns say where it may go.
  const from = await card.boundingBox();
  await page.mouse.move(from.x + 60, from.y + from.height - 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 160, from.y + from.height, { steps: 6 });
  await column(page, '已销号').getByText(say('matter.board.no')).waitFor();
  assert.match(await column(page, '已定措施').getAttribute('class'), /may/);
  assert.match(await column(page, '已销号').getAttribute('class'), / no/);
  await visitor.shot('ledger_board_dragging');
  const to = await column(page, '申请退回').boundingBox();
  await page.mouse.move(to.x + 80, to.y + 120, { steps: 8 });
  await page.mouse.up();
  const form = page.locator('dialog');
  await form.getByLabel('原因').fill('不归本支部管');
  await visitor.check('board move');
  await visitor.shot('ledger_board_move');
  await form.getByRole('button', { name: '申请退回', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await column(page, '申请退回').getByText(problem).waitFor();
  await visitor.settled();
  const now = await countsOf(town.units.a);
  assert.equal(now['申请退回'], counts['申请退回'] + 1);
  const shown = column(page, '申请退回').locator('header .num');
  assert.equal(Number(await shown.innerText()), now['申请退回']);

  // What somebody else does: the way is there, and it is said who has to go it.
  const other = page.locator('.board-card').filter({ hasText: problem });
  await other
    .getByRole('button', { name: say('matter.board.move', { what: problem }) })
    .press('Enter');
  await page.getByRole('menuitem').first().press('Enter');
  await page.locator('dialog').getByText(say('matter.board.not_you')).waitFor();
  await visitor.settled();
  await visitor.check('board, not his');
  await page.keyboard.press('Escape');
  await visitor.close();
});

test('on a phone the columns lie side by side, and a card is moved by its menu', async () => {
  const problem = '手机上移动的一件';
  await opened(problem);
  const visitor = await town.arrive('secretary', 'phone');
  const { page } = visitor;
  await visitor.open(ledger(town.units.a, 'board'));
  await visitor.check('board');
  await visitor.shot('ledger_board');
  await page.locator('.board-jump .chip').filter({ hasText: '已登记' }).click();
  const card = page.locator('.board-card').filter({ hasText: problem });
  await card.getByRole('button').click();
  await visitor.shot('ledger_board_menu');
  await page.getByRole('menuitem', { name: '申请退回' }).click();
  const form = page.locator('dialog');
  await form.getByLabel('原因').fill('不归本支部管');
  await form.getByRole('button', { name: '申请退回', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await column(page, '申请退回').getByText(problem).waitFor();
  await visitor.close();
});

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} the ledger lies along time, with what was extended`, async () => {
    const id = await planned(`延过期的 ${size}`, day(20));
    await town.post('secretary', `/matters/${id}/extensions`, {
      version: 2,
      clock: 'fix',
      until: day(40),
      reason: '雨季',
    });
    await town.post('office', `/matters/${id}/extensions/decision`, {
      version: 3,
      clock: 'fix',
      decision: 'grant',
    });
    await planned(`本周到期的 ${size}`, day(1));
    const visitor = await town.arrive('office', size);
    const { page } = visitor;
    await visitor.open(ledger(town.units.root, 'timeline'));
    await page.getByText(`延过期的 ${size}`).first().waitFor();
    if (size === 'desktop') {
      const bar = page.getByRole('img', { name: new RegExp(`原定 ${day(20)}.*时限 ${day(40)}`) });
      assert.ok((await bar.count()) >= 1);
      assert.equal(await bar.first().locator('.span.extended').count(), 1);
      assert.equal(await page.locator('.time-today').count(), 1);
    } else {
      const week = page.getByRole('region', { name: /到期$/ });
      assert.ok((await week.count()) >= 1);
    }
    await visitor.check('timeline');
    await visitor.steady('timeline');
    await visitor.shot('ledger_timeline');
    await visitor.close();
  });

  test(`on a ${size} the tree of units opens to matters, and its figures to as many`, async () => {
    const parent = await opened(`总的一件 ${size}`, town.units.town);
    await opened(`分出的一件 ${size}`, town.units.b, { parent });
    const visitor = await town.arrive('office', size);
    const { page } = visitor;
    await visitor.open(ledger(town.units.root, 'tree'));
    await page
      .getByRole('button', { name: say('matter.tree.open', { unit: '柳溪镇委员会' }) })
      .click();
    await page.getByRole('link', { name: '西村支部' }).waitFor();
    await page
      .getByRole('button', { name: /^本级事项/ })
      .first()
      .click();
    await page.getByText(`总的一件 ${size}`).waitFor();
    await page
      .getByRole('button', { name: say('matter.tree.children_of', { what: `总的一件 ${size}` }) })
      .click();
    await page.getByText(`分出的一件 ${size}`).waitFor();
    await visitor.settled();
    await visitor.check('tree');
    await visitor.shot('ledger_tree');
    const row = page
      .locator('.tree-row')
      .filter({ has: page.getByRole('link', { name: '西村支部' }) });
    const figure = row.getByRole('link', { name: /^已登记 \d+$/ });
    const n = Number((await figure.innerText()).split(' ').at(-1));
    await figure.click();
    await visitor.settled();
    assert.equal(await page.locator('.ledger tbody tr, .ledger .cards > li').count(), n);
    await visitor.close();
  });
}

test('a filter is saved, shared with who reads the ledger, renamed, and taken off', async () => {
  await opened('井盖松动');
  const office = await town.arrive('office');
  const { page } = office;
  await office.open(`/matters?unit=${town.units.town}&party=false`);
  const word = page.getByPlaceholder(say('matter.list.word'));
  await word.fill('井盖');
  await word.press('Enter');
  await office.settled();
  assert.equal(await page.locator('.ledger tbody tr').count(), 1);
  await page.getByRole('button', { name: say('matter.saved.save') }).click();
  const box = page.locator('dialog');
  await box.getByLabel(say('matter.saved.name')).fill('井盖问题');
  await box.getByLabel(/^共享给/).check();
  await office.check('save a filter');
  await office.shot('ledger_filter_save');
  await box.getByRole('button', { name: say('matter.saved.submit'), exact: true }).click();
  const own = page.getByRole('button', { name: /井盖问题$/ });
  await own.waitFor();
  assert.equal(await own.getAttribute('aria-pressed'), 'true');

  const lead = await town.arrive('lead', 'phone');
  await lead.open(`/matters?unit=${town.units.town}&party=false`);
  const all = await lead.page.locator('.ledger .cards > li').count();
  await lead.page.getByRole('button', { name: /井盖问题$/ }).click();
  await lead.settled();
  assert.ok(all > 1);
  assert.equal(await lead.page.locator('.ledger .cards > li').count(), 1);
  assert.match(lead.page.url(), /text=/);
  await lead.check('shared filter');
  await lead.shot('ledger_filter_shared');

  await page.getByRole('button', { name: say('matter.saved.change') }).click();
  await page.getByRole('menuitem', { name: say('matter.saved.rename') }).click();
  await box.getByLabel(say('matter.saved.name')).fill('井盖');
  await box.getByRole('button', { name: say('matter.saved.submit'), exact: true }).click();
  await page.getByRole('button', { name: /共享的筛选\s*井盖$/ }).waitFor();

  // Who keeps the ledger takes it off the list; the office keeps it for itself.
  await lead.open(
    `/matters?unit=${town.units.town}&party=false&text=${encodeURIComponent('井盖')}`,
  );
  await lead.page.getByRole('button', { name: say('matter.saved.change') }).click();
  await lead.page.getByRole('menuitem', { name: say('matter.saved.take_off') }).click();
  await lead.page
    .locator('dialog')
    .getByRole('button', { name: say('matter.saved.take_off') })
    .click();
  await lead.page.getByRole('button', { name: /井盖$/ }).waitFor({ state: 'detached' });
  const kept = await town.get('office', '/saved-filters');
  assert.deepEqual(
    kept.items.map((one) => [one.name, one.unit, one.mine]),
    [['井盖', null, true]],
  );

  await office.open(
    `/matters?unit=${town.units.town}&party=false&text=${encodeURIComponent('井盖')}`,
  );
  await page.getByRole('button', { name: say('matter.saved.change') }).click();
  await page.getByRole('menuitem', { name: say('matter.saved.remove') }).click();
  await box.getByRole('button', { name: say('matter.saved.remove') }).click();
  await page.getByRole('button', { name: /井盖$/ }).waitFor({ state: 'detached' });
  assert.deepEqual((await town.get('office', '/saved-filters')).items, []);
  await office.close();
  await lead.close();
});

const pasteInto = (cell, text) =>
  cell.evaluate((at, said) => {
    const data = new DataTransfer();
    data.setData('text/plain', said);
    at.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} a column is pasted, and what failed is kept`, async () => {
    const mark = `填写 ${size}`;
    const ids = [];
    for (const n of [3, 2, 1]) ids.unshift(await opened(`${mark} ${n}`, town.units.b));
    const visitor = await town.arrive('office', size);
    const { page } = visitor;
    await visitor.open(`${ledger(town.units.b, 'grid')}&text=${encodeURIComponent(mark)}`);
    const cell = (field, i) => page.getByLabel(say('matter.grid.cell', { field, id: ids[i] }));
    await cell('进展', 0).focus();
    await pasteInto(cell('进展', 0), '年久失修\n"管护\n不到位"\n没有人管\n多余的一行');
    await page.getByText(say('matter.grid.left', { n: 1 })).waitFor();
    assert.equal(await cell('进展', 1).inputValue(), '管护\n不到位');
    assert.equal(await cell('进展', 2).inputValue(), '没有人管');

    // The page is closed by mistake: what was typed is there again.
    await visitor.open(`${ledger(town.units.b, 'grid')}&text=${encodeURIComponent(mark)}`);
    assert.equal(await cell('进展', 2).inputValue(), '没有人管');
    await page.getByRole('button', { name: say('matter.grid.look') }).click();
    await page.getByRole('button', { name: say('matter.grid.save', { n: 3 }) }).waitFor();

    // Somebody was first with the second of them.
    await town.post('office', `/matters/${ids[1]}/edits`, {
      version: 1,
      fields: { progress: '别的' },
    });
    await page.getByRole('button', { name: say('matter.grid.save', { n: 3 }) }).click();
    await page.getByText(say('matter.grid.saved', { n: 2 })).waitFor();
    await visitor.settled();
    assert.equal(await cell('进展', 1).inputValue(), '管护\n不到位');
    await visitor.check('grid');
    await visitor.shot('ledger_grid');
    assert.equal((await town.get('office', `/matters/${ids[0]}`)).fields.progress, '年久失修');
    assert.equal((await town.get('office', `/matters/${ids[1]}`)).fields.progress, '别的');
    await page.getByRole('button', { name: say('matter.grid.look') }).click();
    await page.getByRole('button', { name: say('matter.grid.save', { n: 1 }) }).click();
    await page.getByText(say('matter.grid.saved', { n: 1 })).waitFor();
    assert.equal((await town.get('office', `/matters/${ids[1]}`)).fields.progress, '管护\n不到位');
    await visitor.close();
  });
}

test('more time is asked for two at once, and given by another', async () => {
  const first = await planned('一起延期甲', day(30));
  const second = await planned('一起延期乙', day(30));
  const third = await opened('一起延期丙');
  const ask = async (account, act, more) => {
    const visitor = await town.arrive(account);
    const { page } = visitor;
    const found = encodeURIComponent('一起延期');
    await visitor.open(`/matters?unit=${town.units.a}&party=false&text=${found}`);
    await page.getByLabel(say('matter.batch.tick_all')).check();
    await page.getByRole('button', { name: say('matter.batch.extend') }).click();
    await page.getByRole('menuitem', { name: act, exact: true }).click();
    await more?.(page);
    const drawer = page.locator('dialog');
    await drawer.getByRole('button', { name: say('matter.batch.look') }).click();
    await drawer.getByText('可以办理').or(drawer.locator('.batch-rows')).first().waitFor();
    await visitor.settled();
    await visitor.check(`batch ${act}`);
    await visitor.shot(`ledger_batch_${account}`);
    await drawer.getByRole('button', { name: say('matter.batch.run', { n: 2 }) }).click();
    await drawer
      .getByRole('button', { name: say('act.close') })
      .last()
      .click();
    await visitor.close();
  };
  await ask('secretary', say('matter.extension.ask'), async (page) => {
    await page.locator('dialog').getByLabel('原因').fill('雨季停工');
    await pickLater(page);
  });
  await ask('second', say('matter.extension.grant'));
  for (const id of [first, second]) {
    const one = await town.get('office', `/matters/${id}`);
    assert.equal(one.first_due, day(30));
    assert.ok(one.due > day(30), one.due);
  }
  assert.equal((await town.get('office', `/matters/${third}`)).version, 1);
});

// The tenth day of the month after next.
async function pickLater(page) {
  await page.locator('dialog').getByLabel('完成时限').click();
  const open = page.locator('.ant-picker-dropdown:not([class*="ant-slide"])');
  await open.waitFor();
  const next = open.locator('.ant-picker-header-next-btn');
  await next.click();
  await next.click();
  const cells = open.locator('.ant-picker-cell-in-view:not(.ant-picker-cell-disabled)');
  await cells.nth(9).click();
}

for (const size of ['phone', 'desktop']) {
  test(`on a ${size} a guidance group sees its units, and what is open there`, async () => {
    await opened(`督导看到的 ${size}`);
    const visitor = await town.arrive('group', size);
    const { page } = visitor;
    await visitor.open('/home');
    await page.getByRole('heading', { level: 1, name: say('place.oversight') }).waitFor();
    await visitor.settled();
    assert.match(page.url(), /\/oversight$/);
    const unit = page.getByRole('region', { name: '柳溪镇委员会' });
    assert.equal(await page.locator('.tiles').count(), 1);
    const tile = unit.getByRole('link', { name: new RegExp(`${say('oversight.open')}$`) });
    const n = Number(await tile.locator('b').innerText());
    const counts = await town.get('office', `/units/${town.units.town}/matters/counts`);
    assert.equal(
      n,
      counts.types.reduce((sum, one) => sum + one.open, 0),
    );
    await visitor.check('oversight');
    await visitor.steady('oversight');
    await visitor.shot('oversight');
    await tile.click();
    await page.getByText(`督导看到的 ${size}`).first().waitFor();
    await visitor.close();
  });
}

test('in English the ledger is looked at in each way, and the look is saved', async () => {
  const text = wordsOf('en');
  await planned('English journey', day(25));
  const visitor = await town.arrive('office', 'desktop', 'en');
  const { page } = visitor;
  await visitor.open(`/matters?unit=${town.units.root}&party=false`);
  for (const way of ['board', 'timeline', 'tree', 'grid']) {
    await page.getByRole('tab', { name: text(`matter.show.${way}`) }).click();
    await visitor.settled();
    assert.match(page.url(), new RegExp(`show=${way}`));
    await visitor.check(way);
    await visitor.shot(`ledger_${way}`);
  }
  await page.getByRole('tab', { name: text('matter.show.board') }).click();
  await page.getByRole('button', { name: text('matter.saved.save') }).click();
  const box = page.locator('dialog');
  await box.getByLabel(text('matter.saved.name')).fill('Board of the city');
  await box.getByRole('button', { name: text('matter.saved.submit'), exact: true }).click();
  await page.getByRole('button', { name: 'Board of the city' }).waitFor();
  await page.getByRole('tab', { name: text('matter.show.table') }).click();
  await visitor.settled();
  await page.getByRole('button', { name: 'Board of the city' }).click();
  await visitor.settled();
  assert.match(page.url(), /show=board/);
  await page.locator('.board').waitFor();
  await visitor.close();
});
