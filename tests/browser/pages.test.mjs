// Every page of the route list, in both sizes, as the person whom it is for: nothing on the
// console, nothing serious from axe, no layout shift, and a picture to look at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { typesOf } from '../../web/tools/types.mjs';
import { long } from '../system/harness.mjs';
import { sizes, Visitor } from './browser.mjs';
import { Demo } from './demo.mjs';

// HUILU_LANGUAGE, HUILU_SIZE and HUILU_PAGES (names, with commas) leave out the others.
const only = (variable, all) => process.env[variable]?.split(',') ?? all;
const languages = only('HUILU_LANGUAGE', long ? ['zh-CN', 'zh-TW', 'en'] : ['zh-CN']);
const wanted = only('HUILU_PAGES');
let demo, browser, passwords, url, server;
before(async () => {
  demo = await Demo.start();
  ({ browser, passwords, url, server } = demo);
});
after(() => demo?.close());

const rectification = 'rectification/rectification';
// The server's today may be the day after the browser's; a month before is behind both.
const lastMonth = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);

const pages = [
  [null, 'sign_in', '/sign-in'],
  ['secretary', 'todo', '/todo'],
  ['secretary', 'enter', '/records/new'],
  ['secretary', 'records', '/records'],
  ['secretary', 'record', (visitor) => firstRecord(visitor)],
  ['secretary', 'correct', async (visitor) => `${await firstRecord(visitor)}/correct`],
  ['secretary', 'sheet', async (visitor) => `${await firstRecord(visitor)}/sheet`],
  ['secretary', 'unit_of_branch', (visitor) => ownUnit(visitor)],
  ['secretary', 'backfill', '/records/backfill'],
  ['secretary', 'me', '/me'],
  ['secretary', 'standing_of_branch', '/standing'],
  ['delegate', 'todo_of_several', '/todo'],
  ['delegate', 'grid', '/records/grid'],
  ['office', 'standing', '/standing'],
  ['office', 'unit', (visitor) => ownUnit(visitor)],
  ['office', 'standing_on_day', `/standing?on=${lastMonth}`],
  ['secretary', 'standing_of_branch_on_day', `/standing?on=${lastMonth}`],
  ['office', 'figures', '/figures'],
  ['office', 'figures_on_day', `/figures?on=${lastMonth}`],
  ['secretary', 'notices', '/notices'],
  ['secretary', 'figures_of_branch', '/figures'],
  ['secretary', 'enter_theme_day', '/records/new?type=core%2Ftheme_party_day'],
  ['office', 'enter_agenda', '/records/new?type=standing-duties%2Fcommittee_meeting'],
  ['secretary', 'matter_open_of_branch', '/matters/new'],
  ['office', 'records_below', '/records'],
  ['office', 'registers', '/registers'],
  ['secretary', 'ledger_of_branch', '/matters'],
  ['department', 'matter', (visitor) => firstMatter(visitor, 'party')],
  ['department', 'ledger_of_department', '/matters'],
  ['office', 'ledger', '/matters'],
  ['office', 'ledger_late', '/matters?overdue=true&sort=due'],
  ['office', 'matter_open', '/matters/new'],
  ['office', 'matter_of_office', (visitor) => firstMatter(visitor)],
  ['office', 'ledger_of_type', '/matters?type=rectification%2Frectification'],
  ['office', 'matter_import', '/matters/import'],
  ['office', 'matter_sheet', (visitor) => firstSheet(visitor)],
  ['office', 'look_backs', '/look-backs?which=all'],
  ['department', 'look_backs_of_department', '/look-backs'],
  ['office', 'look_back_rounds', '/look-back-rounds'],
  ['office', 'look_back_round', (visitor) => firstOf(visitor, 'look-back-rounds')],
  ['inspector', 'unit_draws', '/unit-draws'],
  ['office', 'composed_ledgers', '/ledgers'],
  ['office', 'rounds', '/rounds'],
  ['department', 'rounds_of_department', '/rounds'],
  ['office', 'round_open', (visitor) => firstOf(visitor, 'rounds')],
  ['office', 'round_lines', async (v) => `${await firstOf(v, 'rounds')}?view=lines`],
  ['office', 'round_rows', async (v) => `${await firstOf(v, 'rounds')}?view=rows`],
  ['office', 'round_locked', (visitor) => firstOf(visitor, 'rounds', 1)],
  ['office', 'round_print', async (v) => `${await firstOf(v, 'rounds', 1)}/print`],
  ['office', 'campaigns', '/campaigns'],
  ['office', 'exemptions', '/exemptions'],
  ['office', 'exemptions_decided', '/exemptions?state=approved'],
  ['office', 'policy', '/policy'],
  ['office', 'policy_import', '/policy?import='],
  ['office', 'policy_values', '/policy?part=values'],
  ['office', 'policy_packs', '/policy?part=packs'],
  ['office', 'policy_document', '/policy/documents/document-000'],
  ['secretary', 'policy_clause', '/policy/documents/document-000?clause=1.5'],
  ['office', 'policy_left', '/policy/documents/document-000?part=left'],
  ['office', 'policy_reading', '/policy/documents/document-000?part=reading'],
  ['leader', 'policy_without_text', '/policy/documents/document-003'],
  ['office', 'pack', '/policy/standing-duties'],
  ['office', 'pack_parameters', '/policy/standing-duties?part=parameters'],
  ['office', 'pack_clauses', '/policy/standing-duties?part=clauses'],
  ['office', 'standing_by_seat', '/standing?tree=seat'],
  ['office', 'journal', '/admin/journal'],
  ['leader', 'standing_of_leader', '/standing'],
  ['tree', 'import', '/admin/import'],
  ['tree', 'calendar', '/admin/calendar'],
  ['admin', 'accounts', '/admin/accounts'],
  ['admin', 'admin', '/admin'],
  ['security', 'grants', '/admin/accounts'],
  ['member', 'member', '/home'],
  ['inspector', 'standing_of_inspector', '/standing'],
  ['inspector', 'oversight', '/oversight'],
  ['office', 'ledger_as_board', `/matters?show=board&type=${rectification}`],
  ['office', 'ledger_along_time', `/matters?show=timeline&type=${rectification}`],
  ['office', 'ledger_by_unit', `/matters?show=tree&type=${rectification}`],
  ['office', 'ledger_to_fill_in', `/matters?show=grid&type=${rectification}`],
  ['auditor', 'auditor', '/home'],
  ['author', 'standing_of_author', '/standing'],
  ['author', 'missing', '/no-such-page'],
];

// What opens over a page, and forms as they stand when something is wrong. Escape leads back to
// what was pressed.
const opened = [
  ['secretary', 'exemption_box', '/todo', (page) => page.locator('.todo .button').first().click()],
  ['secretary', 'entry_with_faults', '/records/new?type=core%2Ftheme_party_day', sendEmpty],
  ['office', 'explanation', '/standing', (page) => page.locator('.heat-button').nth(3).click()],
  [
    'secretary',
    'explanation_of_branch',
    '/standing',
    (page) => page.locator('td .link').first().click(),
  ],
  ['office', 'figure_behind', '/figures', (page) => page.locator('.figure-value').first().click()],
  ['office', 'batch_drawer', `/matters?type=${rectification}`, openBatch, 'desktop'],
  ['office', 'group_drawer', `/matters?type=${rectification}`, openGroup, 'desktop'],
  ['office', 'paste_drawer', `/matters?type=${rectification}`, pasteColumn, 'desktop'],
  [
    'office',
    'move_drawer',
    (visitor) => firstMatter(visitor),
    (page) => page.locator('.moves button').first().click(),
  ],
  [
    'office',
    'reminders',
    '/matters?overdue=true&sort=due',
    (page) => page.locator('.ledger .button').first().click(),
  ],
  ['office', 'round_box', '/rounds', (page) => page.locator('.page-head .button.main').click()],
  [
    'office',
    'look_back_round_box',
    '/look-back-rounds',
    (page) => page.locator('.page-head .button.main').click(),
  ],
  [
    'office',
    'look_menu',
    '/records',
    (page) => page.locator('.top .menu .icon-button').first().click(),
  ],
  ['office', 'palette_open', '/records', (page) => page.keyboard.press('Control+k')],
];

async function sendEmpty(page) {
  await page.locator('.send .button.main').click();
}

async function tickTwo(page) {
  await page.locator('tbody input[type=checkbox]').nth(0).check();
  await page.locator('tbody input[type=checkbox]').nth(1).check();
}

async function openBatch(page) {
  await tickTwo(page);
  await page.locator('.batch-bar .button:has(.icon)').first().click();
}

async function openGroup(page) {
  await tickTwo(page);
  await page.locator('.batch-bar .button:has(.icon)').nth(1).click();
}

async function pasteColumn(page) {
  await page.locator('.filters-end .button').first().click();
}

async function ownUnit(visitor) {
  const reply = await visitor.context.request.get(`${url}/api/v1/units`);
  return `/units/${(await reply.json()).items[0].id}`;
}

async function firstRecord(visitor) {
  const unit = (await ownUnit(visitor)).split('/').at(-1);
  const reply = await visitor.context.request.get(`${url}/api/v1/records?unit=${unit}&limit=1`);
  return `/records/${(await reply.json()).items[0].id}`;
}

async function firstMatter(visitor, of = 'unit') {
  const unit = (await ownUnit(visitor)).split('/').at(-1);
  const reply = await visitor.context.request.get(`${url}/api/v1/matters?${of}=${unit}&limit=1`);
  const [first] = (await reply.json()).items;
  return first ? `/matters/${first.id}` : '/matters';
}

async function firstOf(visitor, what, index = 0) {
  const unit = (await ownUnit(visitor)).split('/').at(-1);
  const reply = await visitor.context.request.get(`${url}/api/v1/${what}?unit=${unit}`);
  const one = (await reply.json()).items[index];
  return one ? `/${what}/${one.id}` : `/${what}`;
}

async function firstSheet(visitor) {
  const reply = await visitor.context.request.get(`${url}/api/v1/matter-types`);
  const [type] = (await reply.json()).items.filter((one) => one.sheets.length > 0);
  return `${await firstMatter(visitor)}/sheets/${type.sheets[0].name}`;
}

for (const language of languages) {
  for (const size of only('HUILU_SIZE', Object.keys(sizes))) {
    test(`every page on a ${size} in ${language}`, async (t) => {
      for (const [account, name, path] of pages) {
        if (wanted && !wanted.includes(name)) continue;
        await t.test(name, async () => {
          const visitor = await Visitor.arrive(browser, url, {
            size,
            language,
            account,
            password: passwords[account],
          });
          // An office enters for its unit and may not read the roll.
          if (name === 'enter_agenda') visitor.expected.push(/403.*roll/);
          await visitor.open(typeof path === 'string' ? path : await path(visitor));
          await visitor.shot(name);
          await visitor.check(name);
          await visitor.steady(name);
          await visitor.close();
        });
      }
    });
  }
}

for (const language of languages) {
  for (const size of only('HUILU_SIZE', Object.keys(sizes))) {
    test(`what opens over a page on a ${size} in ${language}`, async (t) => {
      for (const [account, name, path, act, there = size] of opened) {
        if (there !== size || (wanted && !wanted.includes(name))) continue;
        await t.test(name, async () => {
          const password = passwords[account];
          const visitor = await Visitor.arrive(browser, url, { size, language, account, password });
          const { page } = visitor;
          // What is sent empty is refused, and names far below are asked a reason for.
          visitor.expected.push(/422/, /403.*behind/);
          await visitor.open(typeof path === 'string' ? path : await path(visitor));
          await act(page);
          const over = page.locator('dialog[open], [role=menu], .field .wrong');
          await over.first().waitFor();
          await visitor.settled();
          await visitor.shot(name);
          await visitor.check(name);
          if (name === 'entry_with_faults') {
            await page.locator('[aria-invalid=true]:focus').waitFor();
          } else await leave(page, over, name);
          await visitor.close();
        });
      }
    });
  }
}

// By keyboard: focus is in what has opened, and Escape leads back to what opened it.
async function leave(page, over, name) {
  const inside = await over.evaluate((element) => element.contains(document.activeElement));
  assert.ok(inside, `${name}: focus is elsewhere`);
  await page.keyboard.press('Escape');
  await over.waitFor({ state: 'detached' });
  const tag = await page.evaluate(() => document.activeElement.tagName);
  assert.match(tag, name === 'palette_open' ? /./ : /BUTTON|A/, `${name}: focus is lost`);
}

test('signing in by a click on a demo account leads to its first page', async () => {
  const visitor = await Visitor.arrive(browser, url, { size: 'phone' });
  visitor.expected.push(/401/);
  await visitor.open('/');
  await visitor.page.getByRole('button', { name: /村党支部书记/ }).click();
  await visitor.page.getByRole('heading', { name: '待办' }).waitFor();
  await visitor.close();
});

test('the palette leads to every place by keyboard alone', async () => {
  const visitor = await Visitor.arrive(browser, url, {
    account: 'office',
    password: passwords.office,
  });
  const { page } = visitor;
  await visitor.open('/records');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('变更');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '变更记录' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('教育');
  await page.locator('[role=option]').first().waitFor();
  await visitor.shot('palette');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/units\/u/);
  await visitor.settled();
  await visitor.check('found unit');
  await visitor.close();
});

test('the first page is smaller than 450 KB as it is sent', async () => {
  for (const account of ['secretary', 'office']) {
    const visitor = await demo.arrive(account);
    const client = await visitor.context.newCDPSession(visitor.page);
    await client.send('Network.enable');
    let bytes = 0;
    client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
    await visitor.open('/home');
    console.log(`first page of ${account}: ${bytes} bytes`);
    assert.ok(bytes > 50_000 && bytes < 450_000, `${account}: ${bytes} bytes`);
    await visitor.close();
  }
});

test('the types of the pages are those of the served OpenAPI document', async () => {
  const document = (await server.get('/api/v1/openapi.json')).body;
  const kept = readFileSync(new URL('../../web/src/api/types.ts', import.meta.url), 'utf8');
  assert.equal(kept, typesOf(document), 'node web/tools/types.mjs URL > web/src/api/types.ts');
});
