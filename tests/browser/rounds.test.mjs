// A round from its opening to the lock: the office opens it, the unit answers on a phone, the lead
// unit confirms, the office locks and decides; the next round shows what was promised. What is
// typed and not saved is still there after the page was closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Installation } from '../system/harness.mjs';
import { launch, Visitor } from './browser.mjs';

let browser, installation, server, url;
const units = {};
before(async () => {
  installation = new Installation('sqlite').prepare();
  installation.run(['pack', 'activate', 'rectification', '--from', '2020-01-01']);
  installation.tokens.lead = installation.account('lead', 'unit_editor', 'town');
  server = await installation.serve();
  url = `http://127.0.0.1:${server.port}`;
  for (const code of ['root', 'town', 'a']) units[code] = (await server.unit(code)).id;
  await openMatter('楼道灯不亮');
  await openMatter('公示栏陈旧');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await installation?.close();
});

const arrive = (account, size) =>
  Visitor.arrive(browser, url, { size, account, password: `${account}-secret-0815` });

async function ask(account, path, body) {
  const reply = await server.request('POST', `/api/v1${path}`, {
    token: installation.tokens[account],
    body,
  });
  assert.ok(reply.status < 300, `${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

const soon = () => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

// Planned, led by the town, and due within the days that a round looks ahead.
async function openMatter(problem) {
  const { id } = await ask('office', '/matters', {
    type: 'rectification/rectification',
    unit: units.a,
    fields: { problem, origin: 'self', kind: 'specific', office: units.root, lead: units.town },
  });
  await ask('secretary', `/matters/${id}/moves`, {
    version: 1,
    move: 'plan',
    due: soon(),
    fields: {
      measures: ['更换'],
      standard: '完好',
      fix_type: 'at_once',
      horizon: 'near',
      lead: units.town,
    },
  });
}

async function openRound(office, name) {
  const { page } = office;
  await office.open('/rounds');
  await page.getByRole('button', { name: '开调度' }).first().click();
  await page.getByLabel('名称').fill(name);
  await office.check('opening a round');
  await page.getByRole('button', { name: '开始调度' }).click();
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
  await office.settled();
}

const card = (page, problem) => page.locator('.line-card', { hasText: problem });

test('a round goes from opening to lock, and the next one shows the promise', async () => {
  const office = await arrive('office', 'desktop');
  await openRound(office, '三月调度');
  await office.check('agenda');
  await office.shot('round_agenda');

  const secretary = await arrive('secretary', 'phone');
  await secretary.open('/rounds');
  await secretary.page.getByRole('link', { name: '三月调度' }).click();
  await secretary.settled();
  await secretary.check('lines');
  await secretary.shot('round_lines');
  const first = card(secretary.page, '楼道灯不亮');
  await first.locator('textarea').fill('灯具已经更换');
  // Closed and opened again, what was typed is there.
  await secretary.page.reload();
  await secretary.settled();
  assert.equal(await first.locator('textarea').inputValue(), '灯具已经更换');
  await first.getByRole('button', { name: '保存' }).click();
  await first.getByText(/已保存/).waitFor();
  const second = card(secretary.page, '公示栏陈旧');
  await second.getByRole('button', { name: '无新进展' }).click();
  await second.locator('textarea').fill('等材料');
  await second.getByRole('button', { name: '保存' }).click();
  await second.getByText(/已保存/).waitFor();
  await secretary.close();

  const lead = await arrive('lead', 'desktop');
  await lead.open('/rounds');
  await lead.page.getByRole('link', { name: '三月调度' }).click();
  await lead.page.getByRole('tab', { name: '确认与交办' }).or(
    lead.page.getByRole('tab', { name: '会议议程' }),
  ).first().click();
  await lead.page.getByRole('button', { name: '确认本单位牵头的' }).click();
  await lead.page.getByText(/已确认/).waitFor();
  await lead.check('confirmed');
  await lead.close();

  const { page } = office;
  await page.reload();
  await office.settled();
  await page.getByRole('button', { name: '锁定' }).click();
  await page.locator('dialog').getByRole('button', { name: '锁定' }).click();
  await page.getByText('已锁定', { exact: true }).waitFor();
  await page.getByLabel('做什么').fill('月底前补齐公示栏');
  await page.getByRole('combobox', { name: '关于哪件事项' }).click();
  await page.locator('.ant-select-item-option', { hasText: '公示栏陈旧' }).click();
  await page.getByRole('button', { name: '交办', exact: true }).click();
  await page.locator('.tasks', { hasText: '月底前补齐公示栏' }).waitFor();
  await office.check('locked');
  await office.shot('round_locked');
  const path = new URL(page.url()).pathname;
  await office.open(`${path}/print`);
  await page.locator('.agenda-paper', { hasText: '月底前补齐公示栏' }).waitFor();
  await office.shot('round_paper');

  await ask('secretary', `${path}/tasks/1/reports`, { done: true, said: '已补齐' });
  await openRound(office, '四月调度');
  const promised = page.locator('.card', { hasText: '上次交办' }).first();
  await promised.getByText('月底前补齐公示栏').waitFor();
  await promised.getByText('已办', { exact: true }).waitFor();
  await office.shot('round_next');
  await office.close();
});
