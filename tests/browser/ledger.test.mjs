// A problem on the ledger until it is solved: opened by the office, planned, fixed and claimed done
// by the unit, sent back and verified by another, struck off by a third; the figures above the list
// agree with what they open to, and who comes second is told who was first.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { long } from '../system/harness.mjs';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start({
    accounts: { lead: ['unit_editor', 'town'], other: ['branch_secretary', 'c'] },
  });
});
after(() => town?.close());

// The words of the pages and of the type in a language, so that one journey serves all of them.
async function wordsOf(language) {
  const path = new URL(`../../web/src/i18n/${language}.json`, import.meta.url);
  const own = JSON.parse(readFileSync(path, 'utf8'));
  const headers = { 'accept-language': language };
  const types = await town.server.request('GET', '/api/v1/matter-types', {
    token: town.installation.tokens.office,
    headers,
  });
  const [type] = types.body.items;
  const field = (name) => type.fields.find((one) => one.name === name);
  return {
    text: (key) => own[key],
    field: (name) => field(name).title,
    choice: (name, code) => field(name).words.find((word) => word.code === code).title,
    move: (id) => type.moves.find((one) => one.id === id).title,
    state: (id) => type.states.find((one) => one.id === id).title,
  };
}

const group = (page, title) => page.getByRole('group', { name: title });

async function choose(page, title, choice) {
  await group(page, title).getByRole('button', { name: choice, exact: true }).click();
}

// Typed, or from what stands nearby.
async function chooseUnit(page, title, name) {
  const box = page.getByRole('combobox', { name: title });
  await box.click();
  await box.fill(name);
  await page.locator('.ant-select-item-option', { hasText: name }).first().click();
}

// The fifteenth of next month.
async function chooseDue(page, title) {
  await page.getByLabel(title).click();
  await page.locator('.ant-picker-dropdown:not([class*="ant-slide"])').waitFor();
  await page.locator('.ant-picker-header-next-btn').click();
  await page.locator('.ant-picker-cell-in-view >> text="15"').click();
}

async function open(visitor, words, problem) {
  const { page } = visitor;
  await visitor.open('/matters');
  await page
    .getByRole('link', { name: words.text('matter.open.action') })
    .first()
    .click();
  await chooseUnit(page, words.text('matter.unit'), '东村支部');
  await page.getByLabel(words.field('problem')).fill(problem);
  await choose(page, words.field('origin'), words.choice('origin', 'self'));
  await choose(page, words.field('kind'), words.choice('kind', 'specific'));
  await chooseUnit(page, words.field('office'), '清河市委员会');
  await visitor.check('open');
  await visitor.shot('matter_open');
  await page.getByRole('button', { name: words.text('matter.open.submit'), exact: true }).click();
  await page.waitForURL(/\/matters\/i\d+$/);
  await visitor.settled();
  return new URL(page.url()).pathname;
}

// Presses a move on the matter's page, fills its form, and waits for the state that follows.
async function move(visitor, words, path, id, fill = async () => undefined) {
  const { page } = visitor;
  await visitor.open(path);
  const name = words.move(id);
  await page.locator('.moves').getByRole('button', { name, exact: true }).click();
  const form = page.locator('dialog');
  await form.waitFor();
  await fill(form, page);
  await visitor.check(`form of ${id}`);
  await visitor.shot(`matter_${id}`);
  await form.getByRole('button', { name, exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await page.locator('.notice.met').waitFor();
  await visitor.settled();
}

const plan = (words) => async (form, page) => {
  await group(form, words.field('measures')).locator('textarea').first().fill('更换灯具');
  await form.getByLabel(words.field('standard')).fill('夜间照明完好');
  await choose(form, words.field('fix_type'), words.choice('fix_type', 'at_once'));
  await choose(form, words.field('horizon'), words.choice('horizon', 'near'));
  await chooseUnit(page, words.field('lead'), '柳溪镇委员会');
  await chooseDue(page, words.text('matter.due'));
};
const reason = (words, text) => (form) => form.getByLabel(words.text('record.reason')).fill(text);
const result = (words) => (form) => form.getByLabel(words.field('result')).fill('灯具全部更换');

async function journey(size, language) {
  const words = await wordsOf(language);
  const problem = `楼道灯不亮 ${size} ${language}`;
  const office = await town.arrive('office', size, language);
  const secretary = await town.arrive('secretary', size, language);
  const lead = await town.arrive('lead', size, language);
  const path = await open(office, words, problem);
  await move(secretary, words, path, 'plan', plan(words));
  await move(secretary, words, path, 'start');
  await move(secretary, words, path, 'claim_done', result(words));
  // Who claimed it cannot verify it, and is told who does.
  const mine = secretary.page.locator('.moves');
  await mine.getByText(words.text('matter.moves_none')).waitFor();
  assert.equal(await mine.getByRole('button').count(), 0);
  assert.ok((await mine.locator('.not-now').innerText()).includes(words.move('verify')));
  await secretary.check('waits for others');
  await secretary.shot('matter_waits');
  await move(lead, words, path, 'send_back', reason(words, '东侧两盏仍不亮'));
  await move(secretary, words, path, 'claim_done');
  await move(lead, words, path, 'verify', reason(words, '夜间现场查看'));
  await move(office, words, path, 'strike');
  const { page } = office;
  await page.locator('.page-head').getByText(words.state('closed')).waitFor();
  const line = page.locator('.history > li');
  assert.equal(await line.count(), 8);
  assert.ok((await line.nth(3).innerText()).includes('东侧两盏仍不亮'));
  await office.check('struck off');
  await office.shot('matter_struck_off');
  for (const visitor of [office, secretary, lead]) await visitor.close();
  return path;
}

const journeys = [
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
];
const others = [
  ['phone', 'zh-TW'],
  ['desktop', 'en'],
];
for (const [size, language] of long ? [...journeys, ...others] : journeys) {
  test(`on a ${size} in ${language} a problem goes from opening to being struck off`, () =>
    journey(size, language));
}

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} every figure of the ledger opens to as many matters`, async () => {
    const words = await wordsOf('zh-CN');
    const visitor = await town.arrive('office', size);
    const { page } = visitor;
    await open(visitor, words, `只登记 ${size}`);
    await visitor.open('/matters');
    const rows = page.locator('.ledger tbody tr, .ledger .cards > li');
    const figures = page.locator('.figure');
    const count = await figures.count();
    assert.ok(count >= 3, `${count} figures`);
    let sum = 0;
    for (let i = 0; i < count; ++i) {
      const figure = figures.nth(i);
      const expected = Number(await figure.locator('b').innerText());
      if (i >= 2) sum += expected;
      await figure.click();
      await visitor.settled();
      assert.equal(await figure.getAttribute('aria-pressed'), 'true');
      assert.equal(await rows.count(), expected, await figure.innerText());
    }
    await figures.first().click();
    await visitor.settled();
    assert.equal(sum, Number(await figures.first().locator('b').innerText()));
    await visitor.check('ledger');
    await visitor.steady('ledger');
    await visitor.shot('ledger');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: words.text('act.export') }).click();
    assert.equal((await saved).suggestedFilename(), '台账.xlsx');
    await visitor.close();
  });
}

test('who comes second is told who was first and keeps what was typed', async () => {
  const words = await wordsOf('zh-CN');
  const office = await town.arrive('office', 'desktop');
  const path = await open(office, words, '两人同时办理');
  const secretary = await town.arrive('secretary', 'desktop');
  secretary.expected.push(/409/);
  const { page } = secretary;
  await secretary.open(path);
  await page
    .locator('.moves')
    .getByRole('button', { name: words.move('plan') })
    .click();
  const form = page.locator('dialog');
  await plan(words)(form, page);
  await move(office, words, path, 'drop', reason(words, '查无此事'));
  await form.getByRole('button', { name: words.move('plan'), exact: true }).click();
  const notice = form.locator('.notice.warn');
  await notice.getByText(words.move('drop')).waitFor();
  assert.match(await notice.innerText(), /office|a\d+/);
  assert.ok(await form.getByRole('button', { name: words.move('plan'), exact: true }).isDisabled());
  assert.equal(await form.getByLabel(words.field('standard')).inputValue(), '夜间照明完好');
  await secretary.check('overtaken');
  await secretary.shot('matter_overtaken');
  await office.close();
  await secretary.close();
});

test('a draft of a move survives a closed tab; a refusal stands beside its field', async () => {
  const words = await wordsOf('zh-CN');
  const office = await town.arrive('office', 'desktop');
  const path = await open(office, words, '草稿');
  await office.close();
  const secretary = await town.arrive('secretary', 'phone');
  secretary.expected.push(/422/);
  const press = () =>
    secretary.page
      .locator('.moves')
      .getByRole('button', { name: words.move('plan') })
      .click();
  await secretary.open(path);
  await press();
  await secretary.page.getByLabel(words.field('standard')).fill('写了一半');
  const form = secretary.page.locator('dialog');
  await form.getByRole('button', { name: words.move('plan') }).click();
  await secretary.page.locator('.field .wrong').first().waitFor();
  await secretary.page.close();
  secretary.page = await secretary.context.newPage();
  secretary.watch(secretary.page);
  await secretary.open(path);
  await press();
  const standard = secretary.page.getByLabel(words.field('standard'));
  assert.equal(await standard.inputValue(), '写了一半');
  await secretary.check('draft');
  await secretary.close();
});

test('an edit names its fields; who has no part in a matter does not see it', async () => {
  const words = await wordsOf('zh-CN');
  const office = await town.arrive('office', 'desktop');
  const path = await open(office, words, '先写成这样');
  const { page } = office;
  await page.getByRole('button', { name: words.text('matter.edit.action') }).click();
  await page.locator('dialog').getByLabel(words.field('problem')).fill('后来写清楚了');
  const save = page
    .locator('dialog')
    .getByRole('button', { name: words.text('matter.edit.submit') });
  await save.click();
  await page.getByRole('heading', { level: 1, name: '后来写清楚了' }).waitFor();
  const newest = await page.locator('.history > li').first().innerText();
  assert.ok(newest.includes(words.field('problem')), newest);
  await office.close();
  const other = await town.arrive('other', 'phone');
  other.expected.push(/404/);
  await other.open(path);
  await other.page.getByRole('heading', { name: words.text('state.not_found') }).waitFor();
  await other.check('not seen');
  await other.close();
});
