// The numbers that pages show about a programme. Each is pressed, and what it opens to is counted;
// what several pages say of the same is compared.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { desk, it, ledger } from './programme.mjs';

const first = (text) => Number(/\d+/.exec(text)?.[0] ?? Number.NaN);

// Lists show some at first.
async function all(visitor, where) {
  const more = where.getByRole('button', { name: '再显示一些' });
  while ((await more.count()) > 0) {
    await more.first().click();
    await visitor.settled();
  }
}

// As many items as the figure says, after it was pressed.
async function opens(visitor, figure, where, items) {
  const said = (await figure.innerText()).replace(/\s+/g, ' ');
  await figure.click();
  await visitor.settled();
  await all(visitor, where);
  assert.equal(await items.count(), first(said), `${visitor.size}: ${said}`);
  return [said, first(said)];
}

async function eachOpens(visitor, figures, where, items) {
  const said = [];
  const n = await figures.count();
  assert.ok(n > 0, 'there are figures');
  for (let i = 0; i < n; i += 1) said.push(await opens(visitor, figures.nth(i), where, items));
  return said;
}

const said = (list, pattern) => list.find(([text]) => pattern.test(text))?.[1] ?? 0;
const sum = (list) => list.reduce((total, [, n]) => total + n, 0);

const matters = (page) => page.locator('.ledger-table tbody tr, .ledger .cards > li');

// By state: they add up, and each lists its own.
async function ofLedger(visitor) {
  const { page } = visitor;
  await visitor.open(ledger());
  const counts = page.locator('.state-counts');
  const list = await eachOpens(visitor, counts.locator('.figure'), page, matters(page));
  const late = counts.locator('.figure-late');
  const lateOf = await eachOpens(visitor, late, page, matters(page));
  await visitor.shot('numbers_ledger');
  await visitor.check('ledger');
  const whole = said(list, /全部/);
  assert.equal(sum(list.slice(3)), whole, 'the states are all of them');
  assert.equal(sum(lateOf), said(list, /已逾期/), 'those that are late are late in some state');
  return { whole, open: said(list, /未办结/), late: said(list, /已逾期/), list };
}

// Down the tree of units.
async function ofTree(visitor, ledgerSays) {
  const { page } = visitor;
  await visitor.open(ledger('&show=tree'));
  const links = page.locator('.tree-counts a');
  const list = await links.evaluateAll((found) =>
    found.map((one) => [one.textContent, one.getAttribute('href')]),
  );
  await visitor.shot('numbers_tree');
  for (const [text, path] of list) {
    await page.locator(`.tree-counts a[href="${path}"]`).click();
    await page.locator('.tree-counts').first().waitFor({ state: 'detached' });
    await visitor.settled();
    await all(visitor, page);
    assert.equal(await matters(page).count(), first(text), `${visitor.size}: ${text} ${path}`);
    await page.goBack();
    await links.first().waitFor();
  }
  const open = list.filter(([text]) => /未办结/.test(text)).map(([text]) => [text, first(text)]);
  assert.equal(sum(open), ledgerSays.open, 'what is open below is open in the ledger');
}

// What is below the topic, by outcome.
async function ofTopic(visitor) {
  const { page } = visitor;
  await visitor.open(`/matters/${it.programme}`);
  const below = page.getByRole('region', { name: '下级事项' });
  const chips = below.locator('.below-counts .chip');
  const list = await eachOpens(visitor, chips, below, below.locator('ul.lines > li'));
  await below.scrollIntoViewIfNeeded();
  await visitor.shot('numbers_topic');
  await visitor.check('topic');
  const parts = list.slice(1).filter(([text]) => !/逾期/.test(text));
  assert.equal(sum(parts), said(list, /^全部/), 'the outcomes are all of them');
  return { whole: said(list, /^全部/), open: said(list, /^未办结/), late: said(list, /逾期/) };
}

// Of a round: what was counted, also of each lead unit, leads to its rows.
async function ofRound(visitor, round) {
  const { page } = visitor;
  await visitor.open(round);
  const said = {};
  for (const links of ['.round-figures a', '.agenda td a[href*="view=rows"]']) {
    const n = await page.locator(links).count();
    assert.ok(n > 0, links);
    for (let i = 0; i < n; i += 1) {
      const link = page.locator(links).nth(i);
      const label = await link.getAttribute('aria-label');
      const rows = page.locator('.round-rows tbody tr');
      await link.click();
      await page.locator('.round-rows').waitFor();
      await visitor.settled();
      assert.equal(await rows.count(), first(/\d+$/.exec(label)[0]), `${visitor.size}: ${label}`);
      said[label.replace(/ \d+$/, '')] = await rows.count();
      await page.goBack();
      await page.locator('.round-figures').waitFor();
      await visitor.settled();
    }
  }
  Object.assign(said, await countedOf(visitor, round));
  await visitor.shot('numbers_round');
  await visitor.check('figures of a round');
  return said;
}

// How far the ledger is, what came and went since the round before, what changed since the lock.
async function countedOf(visitor, round) {
  const { page } = visitor;
  const said = {};
  const links = page.locator('.round-counted a');
  const n = await links.count();
  assert.ok(n > 0, 'the ledger is counted');
  for (let i = 0; i < n; i += 1) {
    const label = await links.nth(i).innerText();
    await links.nth(i).click();
    const list = page.locator('.round-counted-matters');
    await list.locator('ul.lines > li').first().waitFor();
    await visitor.settled();
    await all(visitor, list);
    const found = await list.locator('ul.lines > li').count();
    assert.equal(found, first(/\d+$/.exec(label)[0]), `${visitor.size}: ${label}`);
    said[label.replace(/ \d+$/, '')] = found;
    if (i === 0) {
      await visitor.shot('numbers_counted');
      await visitor.check('what a round counted');
    }
    await page.goBack();
    await page.locator('.round-figures').waitFor();
    await visitor.settled();
  }
  const changed = page.locator('a.changed-since');
  if ((await changed.count()) > 0) {
    const text = await changed.innerText();
    await changed.click();
    await page.locator('.round-rows').waitFor();
    await visitor.settled();
    assert.equal(await page.locator('.round-rows tbody tr').count(), first(text), text);
    await visitor.open(round);
  }
  return said;
}

// Of indicators: the value, and each of its parts.
async function ofFigures(visitor) {
  const { page } = visitor;
  await visitor.open(`/figures/${it.town.units.root}`);
  await visitor.shot('numbers_figures');
  await visitor.check('figures');
  const drawer = page.locator('dialog');
  const said = {};
  const cards = page.locator('.figure-card');
  for (let i = 0; i < (await cards.count()); i += 1) {
    const card = cards.nth(i);
    const title = await card.locator('h3').innerText();
    const buttons = card.locator('button.figure-value, .figure-parts button');
    for (let j = 0; j < (await buttons.count()); j += 1) {
      const text = await buttons.nth(j).innerText();
      const share = /(\d+)\/(\d+)/.exec(text);
      await buttons.nth(j).click();
      await drawer.waitFor();
      await visitor.settled();
      await all(visitor, drawer);
      const facts = drawer.locator('.figure-facts li');
      const n = share ? Number(share[2]) : first(text);
      assert.equal(await facts.count(), n, `${visitor.size}: ${title} ${text}`);
      if (share) {
        const part = facts.filter({ has: page.getByText('算', { exact: true }) });
        assert.equal(await part.count(), Number(share[1]), `${title} ${text}`);
      }
      if (j === 0) said[title] = { n, part: share && Number(share[1]), parts: 0 };
      else said[title].parts += n;
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
    }
  }
  return said;
}

// The first sheet of a workbook.
function sheetOf(path) {
  const bytes = readFileSync(path);
  let at = bytes.readUInt32LE(bytes.length - 22 + 16);
  for (;;) {
    const [packed, name, extra, remark] = [20, 28, 30, 32].map((offset, i) =>
      i === 0 ? bytes.readUInt32LE(at + offset) : bytes.readUInt16LE(at + offset),
    );
    if (bytes.toString('utf8', at + 46, at + 46 + name).endsWith('sheet1.xml')) {
      const local = bytes.readUInt32LE(at + 42);
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = bytes.subarray(from, from + packed);
      return (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString();
    }
    at += 46 + name + extra + remark;
  }
}

// What is exported is what is listed: every row once.
async function ofExport(visitor, ledgerSays) {
  const { page } = visitor;
  for (const [more, n] of [['', ledgerSays.whole], ['&open=true', ledgerSays.open]]) {
    await visitor.open(ledger(more));
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 Excel' }).click();
    const sheet = sheetOf(await (await saved).path());
    assert.equal(sheet.match(/照-\d+/g)?.length ?? 0, n, `exported ${more}`);
    assert.ok(sheet.includes(`${n}`), 'the sheet says how many');
  }
}

// Everything, on one size; what pages say of the same problems is one number.
export async function numbers(size, round) {
  const visitor = await desk('office', size);
  const inLedger = await ofLedger(visitor);
  await ofTree(visitor, inLedger);
  const topic = await ofTopic(visitor);
  const inRound = await ofRound(visitor, round);
  const figures = await ofFigures(visitor);
  if (size === 'desktop') await ofExport(visitor, inLedger);
  assert.equal(inLedger.whole, 40);
  assert.equal(topic.whole, inLedger.whole + 2, 'a share and a claimed problem are there besides');
  assert.equal(figures['整改事项（按来源）'].n, inLedger.whole);
  assert.equal(figures['整改事项（按来源）'].parts, inLedger.whole);
  assert.equal(figures['销号率'].n, inLedger.whole);
  assert.equal(figures['销号率'].part, said(inLedger.list, /已销号/));
  assert.equal(topic.late, inLedger.late);
  return { inLedger, topic, inRound, figures };
}
