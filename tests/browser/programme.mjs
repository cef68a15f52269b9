// What the journey of a special programme stands on: its town with accounts, whoever has signed in,
// and the steps that it takes more than once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { choose, group } from './steps.mjs';
import { Town } from './town.mjs';

export const problem = (n) => `第 ${n} 处照明损坏`;
export const topic = '群众身边照明专项整治';
export const extended = 1,
  paused = 2,
  approved = 3,
  rated = 4,
  neglected = 5;

// The town, a folder for files, the first day and the topic of the journey.
export const it = {};
export const there = new Map(); // visitors by account
export const ids = new Map(); // of the imported problems, by their number

export async function setUp() {
  it.folder = mkdtempSync(join(tmpdir(), 'huilu-programme-'));
  it.town = await Town.start({
    packs: ['rectification', 'ledgers'],
    accounts: {
      lead: ['unit_editor', 'town'],
      west: ['branch_secretary', 'b'],
      stone: ['unit_editor', 'other'],
      second: ['campaign_office', 'root'],
      maker: ['system_admin'],
      granter: ['security_admin'],
    },
  });
  await it.town.find(['other']);
  ({ today: it.today } = await it.town.get('office', '/me'));
  const roll = await it.town.get('secretary', `/units/${it.town.units.a}/roll`);
  const personOf = (name) => roll.items.find((one) => one.name === name).person;
  for (const [name, person, role] of [
    ['head', '林一', 'branch_secretary'],
    ['voter1', '林二', 'member'],
    ['voter2', '林三', 'member'],
  ]) {
    const made = await it.town.post('maker', '/accounts', {
      name,
      display_name: name,
      person: personOf(person),
      password: `${name}-secret-0815`,
    });
    const unit = it.town.units.a;
    await it.town.post('granter', '/grants', {
      account: made.id,
      role,
      unit,
      reason: '参加办理和评价',
    });
  }
  // Supervision is proposed ten working days after the deadline: here that is decided.
  const { id } = await it.town.post('office', '/parameter-values', {
    parameter: 'rectification/supervise_after',
    value: { workdays: 10 },
    from: it.today,
    ref: '市委办公室通知',
  });
  await it.town.post('second', `/parameter-values/${id}/confirmation`, { version: 1 });
}

export async function tearDown() {
  await it.town?.close();
  rmSync(it.folder, { recursive: true, force: true });
}

export const inDays = (n) => {
  const day = new Date(`${it.today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + n);
  return day.toISOString().slice(0, 10);
};

export async function desk(account, size = 'desktop') {
  const key = `${account} ${size}`;
  if (!there.has(key)) there.set(key, await it.town.arrive(account, size));
  return there.get(key);
}

// Somebody's desk on a page of a matter, or on another one.
export async function at(account, path) {
  const visitor = await desk(account);
  await visitor.open(path);
  return visitor;
}

export async function live(day) {
  for (const visitor of there.values()) await visitor.close();
  there.clear();
  await it.town.live(day);
}

export const press = (where, name) => where.getByRole('button', { name, exact: true }).click();
export const pathOf = (n) => `/matters/${ids.get(n)}`;
export const ledger = (more = '') =>
  `/matters?unit=${it.town.units.root}&party=false&type=rectification%2Frectification${more}`;

// From what stands nearby, or typed.
export async function chooseUnit(page, title, name) {
  const box = page.getByRole('combobox', { name: title });
  await box.click();
  const near = page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: name });
  const found = await near
    .first()
    .waitFor({ timeout: 2000 })
    .then(
      () => true,
      () => false,
    );
  if (found) return near.first().click();
  await box.fill(name);
  return choose(page, box, name);
}

export const word = (where, title, choice) => press(group(where, title), choice);

// A move on the matter's page, with its form; waits for what it came to.
export async function move(account, path, name, fill) {
  const visitor = await at(account, path);
  const { page } = visitor;
  await press(page.locator('.moves'), name);
  const form = page.locator('dialog');
  await form.waitFor();
  await fill?.(form, page);
  await press(form, name);
  await form.waitFor({ state: 'detached' });
  await page.locator('.notice.met').waitFor();
  await visitor.settled();
  await visitor.check(name);
  return visitor;
}

export const because = (reason) => (form) => form.getByLabel('原因').fill(reason);
export const state = async (path, text) => {
  const visitor = await desk('office');
  await visitor.open(path);
  await visitor.page.locator('.page-head').getByText(text, { exact: true }).waitFor();
};

// A day that a picker reaches by going on month by month.
export async function pick(page, box, day) {
  await box.click();
  const open = page.locator('.ant-picker-dropdown:not([class*="ant-slide"])');
  await open.waitFor();
  const cell = open.locator(`.ant-picker-cell-in-view[title="${day}"]`);
  while ((await cell.count()) === 0) await open.locator('.ant-picker-header-next-btn').click();
  await cell.click();
}

// All of the list, or those of some numbers, in one move.
export async function together(account, { unit, state: from, name, fill, n, without = [] }) {
  const visitor = await at(account, ledger(`&state=${from}`).replace(it.town.units.root, unit));
  const { page } = visitor;
  await page.getByLabel('选择列出的全部').check();
  for (const one of without) await page.getByLabel(`选择 ${ids.get(one)}`).uncheck();
  const bar = page.locator('.batch-bar');
  await press(bar, '办理');
  await page.getByRole('menuitem', { name, exact: true }).click();
  const form = page.locator('dialog');
  await fill?.(form, page);
  await press(form, '先看哪些可以办');
  await press(form, `办理 ${n} 件`);
  await form.getByText(`已办 ${n} 件，未办 0 件`).waitFor();
  await form.getByRole('button', { name: '关闭' }).last().click();
  await form.waitFor({ state: 'detached' });
  await visitor.check(`${name} of many`);
}

// One step leads to the next: after one that failed there is nothing to go on from.
let broken = false;
export const step = (name, run) =>
  test(name, async (t) => {
    if (broken) return t.skip('an earlier step failed');
    broken = true;
    try {
      await run();
      broken = false;
    } finally {
      if (broken) {
        for (const [who, visitor] of there) await visitor.shot(`programme_failed_${who}`);
      }
    }
  });

export async function openRound(name) {
  const office = await at('office', '/rounds');
  const { page } = office;
  await page.getByRole('button', { name: '开调度' }).first().click();
  await page.getByLabel('名称').fill(name);
  await press(page, '开始调度');
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
  await office.settled();
  return new URL(page.url()).pathname;
}

// What the unit says of one problem in a round.
export async function answer(round, n, kind, said) {
  const secretary = await at('secretary', `${round}?view=lines`);
  const card = secretary.page.locator('.line-card', { hasText: problem(n) });
  await press(card, kind);
  await card.locator('textarea').fill(said);
  await press(card, '保存');
  await card.getByText(/已保存/).waitFor();
  await secretary.check('line of a round');
}

// By the lead unit, where everything is answered, and then by the office; otherwise with a reason.
export async function lock(round, why) {
  if (!why) {
    const lead = await at('lead', `${round}?view=leads`);
    await press(lead.page, '确认本单位牵头的');
    await lead.page.getByText(/已确认/).waitFor();
  }
  const office = await at('office', round);
  await press(office.page, '锁定');
  const box = office.page.locator('dialog');
  if (why) await box.getByLabel('仍要锁定的理由').fill(why);
  await press(box, '锁定');
  await office.page.getByText('已锁定', { exact: true }).waitFor();
  await office.check('locked round');
}
