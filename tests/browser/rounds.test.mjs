// A round from its opening to the lock: the office opens it, the unit answers on a phone, the lead
// unit confirms, the office locks and decides; the next round shows what was promised. What is
// typed and not saved is still there after the page was closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start({ accounts: { lead: ['unit_editor', 'town'] } });
  await openMatter('楼道灯不亮');
  await openMatter('公示栏陈旧');
});
after(() => town?.close());

const soon = () => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

// Planned, led by the town, and due within the days that a round looks ahead.
async function openMatter(problem) {
  const { id } = await town.post('office', '/matters', {
    type: 'rectification/rectification',
    unit: town.units.a,
    fields: {
      problem,
      origin: 'self',
      kind: 'specific',
      office: town.units.root,
      lead: town.units.town,
    },
  });
  await town.post('secretary', `/matters/${id}/moves`, {
    version: 1,
    move: 'plan',
    due: soon(),
    fields: {
      measures: ['更换'],
      standard: '完好',
      fix_type: 'at_once',
      horizon: 'near',
      lead: town.units.town,
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
  const office = await town.arrive('office', 'desktop');
  await openRound(office, '三月调度');
  await office.check('agenda');
  await office.shot('round_agenda');

  const secretary = await town.arrive('secretary', 'phone');
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

  const lead = await town.arrive('lead', 'desktop');
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

  await town.post('secretary', `${path}/tasks/1/reports`, { done: true, said: '已补齐' });
  await openRound(office, '四月调度');
  const promised = page.locator('.card', { hasText: '上次交办' }).first();
  await promised.getByText('月底前补齐公示栏').waitFor();
  await promised.getByText('已办', { exact: true }).waitFor();
  await office.shot('round_next');
  await office.close();
});
