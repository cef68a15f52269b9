// A department's own ledger of forty rows: two are faulty, the sheet comes back with what is wrong,
// is mended and imported; the same sheet again opens nothing. Then many are moved at once, a column
// is pasted, what was exported is filled in, and a paper is printed.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Town } from './town.mjs';

let town, folder;
before(async () => {
  town = await Town.start();
  folder = mkdtempSync(join(tmpdir(), 'huilu-ledger-'));
});
after(async () => {
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

const wordsIn = (language) =>
  JSON.parse(
    readFileSync(new URL(`../../web/src/i18n/${language}.json`, import.meta.url), 'utf8'),
  );

const head =
  '编号,具体问题（原文）,问题来源,问题性质,责任单位,销号单位,整改措施及时限,完成时限,备注';
const rowOf = (n, more = {}) =>
  [
    `村-${String(n).padStart(3, '0')}`,
    `第 ${n} 处路灯不亮`,
    more.origin ?? (n % 2 ? '自己找' : '上级点'),
    '具体问题',
    more.unit ?? '东村支部',
    '清河市委员会',
    `更换第 ${n} 处灯具`,
    more.due ?? '2027年6月底前',
    '',
  ].join(',');
const csv = (faulty) =>
  [
    '东村整改台账（2026 年）',
    head,
    ...Array.from({ length: 40 }, (_, i) =>
      rowOf(
        i + 1,
        faulty && i === 6 ? { origin: '别处' } : faulty && i === 32 ? { due: '尽快' } : {},
      ),
    ),
  ].join('\r\n');

async function upload(page, words, name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  await page.locator('input[type=file]').setInputFiles(path);
  await page.getByText(words['matter.import.columns'], { exact: true }).first().waitFor();
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function download(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  const path = join(folder, file.suggestedFilename().replaceAll('/', ' '));
  await file.saveAs(path);
  return path;
}

const count = async () => {
  const counts = await town.get('office', `/units/${town.units.root}/matters/counts`);
  return counts.types[0]?.count ?? 0;
};

test('forty rows, two of them faulty, are returned, mended and imported', async () => {
  const words = wordsIn('zh-CN');
  const visitor = await town.arrive('office');
  const { page } = visitor;
  visitor.expected.push(/status of 422/);
  await visitor.open(`/matters/import?unit=${town.units.a}`);
  await download(page, () => press(page, words['matter.template.action']));

  await upload(page, words, '台账.csv', csv(true));
  await visitor.check('columns of a ledger');
  await visitor.shot('ledger_import_columns');
  await press(page, words['matter.import.dry']);
  const faults = page.locator('[role=alert] table');
  await faults.waitFor();
  assert.equal(await faults.locator('tbody tr').count(), 2);
  await visitor.check('faults of a ledger');
  await visitor.shot('ledger_import_faults');
  assert.equal(await count(), 0);

  // The same sheet with one column more: what is wrong stands in its row.
  const returned = readFileSync(
    await download(page, () => press(page, words['matter.import.give_back'])),
    'utf8',
  );
  const lines = returned.replace('\ufeff', '').trim().split('\r\n');
  assert.ok(lines[1].endsWith(`,${words['matter.import.faults_column']}`), lines[1]);
  assert.equal(lines.filter((line, i) => i > 1 && !line.endsWith(',')).length, 2);
  assert.ok(!lines[8].endsWith(',') && !lines[34].endsWith(','), lines[8]);

  // Mended, with the column of faults left in it.
  const mended = lines
    .map((line) => line.replace('别处', '自己找').replace('尽快', '2027-06-30'))
    .join('\r\n');
  await upload(page, words, '改好.csv', mended);
  await press(page, words['matter.import.dry']);
  await page.locator('.notice.met').waitFor();
  assert.equal(await count(), 0);
  await press(page, words['matter.import.run']);
  await page.getByText(words['matter.import.done']).waitFor();
  await visitor.shot('ledger_imported');
  assert.equal(await count(), 40);

  // The same again opens nothing, and says so.
  await visitor.open(`/matters/import?unit=${town.units.a}`);
  await upload(page, words, '再来.csv', csv(false));
  await press(page, words['matter.import.dry']);
  await page.getByText(words['matter.import.nothing']).waitFor();
  assert.equal(await count(), 40);
  await visitor.close();
});

test('many are moved at once, a column is pasted, a paper is printed', async () => {
  const words = wordsIn('zh-CN');
  const visitor = await town.arrive('office');
  const { page } = visitor;
  await visitor.open(`/matters?unit=${town.units.root}&party=false`);
  const ticks = page.locator('.ledger-table tbody input[type=checkbox]');
  await ticks.first().waitFor();
  for (const i of [0, 1, 2]) await ticks.nth(i).check();
  await visitor.check('ticked rows');
  await visitor.shot('ledger_ticked');
  const bar = page.locator('.batch-bar');
  await bar.getByRole('button', { name: words['matter.batch.move'] }).click();
  await page.getByRole('menuitem', { name: '不再列账' }).click();
  const form = page.locator('dialog');
  await press(form, words['matter.batch.look']);
  await form.locator('.batch-rows').waitFor();
  // Nothing is done without its reason, and it says so before anything is.
  assert.equal(await form.locator('.batch-why').count(), 3);
  await form.getByLabel(words['record.reason']).fill('已并入其他事项');
  await press(form, words['matter.batch.look']);
  const run = words['matter.batch.run'].replace('{n}', '3');
  await form.getByRole('button', { name: run, exact: true }).waitFor();
  await visitor.check('preview of a batch');
  await visitor.shot('ledger_batch_preview');
  await press(form, run);
  await form.getByText(words['matter.batch.did_list'].replace('{n}', '3')).waitFor();
  await visitor.shot('ledger_batch_done');
  await form.getByRole('button', { name: words['act.close'] }).last().click();
  await form.waitFor({ state: 'detached' });
  const dropped = await town.get('office', `/matters?unit=${town.units.root}&state=dropped`);
  assert.equal(dropped.items.length, 3);
  await visitor.close();
});

test('a column is pasted and a paper printed by the unit itself', async () => {
  const words = wordsIn('zh-CN');
  const visitor = await town.arrive('secretary');
  const { page } = visitor;
  await visitor.open(`/matters?unit=${town.units.a}&party=false&state=registered`);
  await page.locator('.ledger-table tbody tr').first().waitFor();
  await press(page, words['matter.paste.action']);
  const form = page.locator('dialog');
  await form.getByLabel(words['matter.paste.lines']).fill('已换灯\n\n等配件');
  await visitor.check('a pasted column');
  await visitor.shot('ledger_paste');
  await press(form, words['matter.batch.look']);
  await press(form, words['matter.paste.run'].replace('{n}', '2'));
  await form.getByText(words['matter.batch.did_list'].replace('{n}', '2')).waitFor();
  await form.getByRole('button', { name: words['act.close'] }).last().click();
  const list = await town.get('office', `/matters?unit=${town.units.a}&state=registered`);
  assert.deepEqual(
    list.items.slice(0, 3).map((one) => one.fields.progress ?? null),
    ['已换灯', null, '等配件'],
  );

  // What was exported to be filled in is the same when nothing was filled in.
  const filled = await download(page, () => press(page, words['matter.fill.action']));
  await visitor.open(`/matters/import?unit=${town.units.a}`);
  await page.locator('input[type=file]').setInputFiles(filled);
  await page.getByText(words['matter.import.columns'], { exact: true }).first().waitFor();
  await press(page, words['matter.import.dry']);
  await page.getByText(words['matter.import.nothing']).waitFor();

  const { id } = list.items[0];
  await visitor.open(`/matters/${id}`);
  await press(page, words['matter.sheet.menu']);
  await page.getByRole('menuitem', { name: '交办单' }).click();
  await page.locator('.matter-paper h1').waitFor();
  await visitor.shot('matter_paper');
  const text = await page.locator('.matter-paper').innerText();
  assert.match(text, /交办单/);
  assert.match(text, /编号：＿/);
  assert.match(text, /路灯不亮/);
  await visitor.close();
});
