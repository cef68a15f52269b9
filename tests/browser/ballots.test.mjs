// Those who raised a problem rate how it was solved: they find it on their own page,
// vote in two taps and see only how many have; votes on paper are entered by one person and
// confirmed by another.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Town } from './town.mjs';

let town, members;
before(async () => {
  town = await Town.start({
    accounts: {
      lead: ['unit_editor', 'town'],
      maker: ['system_admin'],
      granter: ['security_admin'],
    },
  });
  const roll = await town.get('secretary', `/units/${town.units.a}/roll`);
  members = roll.items.map((one) => one.person);
  assert.equal(members.length, 3);
  for (const [i, person] of members.entries()) {
    const made = await town.post('maker', '/accounts', {
      name: `voter${i}`,
      display_name: `点题人${i}`,
      person,
      password: `voter${i}-secret-0815`,
    });
    await town.post('granter', '/grants', {
      account: made.id,
      role: 'member',
      unit: town.units.a,
      reason: '参加点题人评价',
    });
  }
});
after(() => town?.close());

// A problem that is said to be solved, verified, and therefore rated.
async function rated(problem) {
  const { id } = await town.post('office', '/matters', {
    type: 'rectification/rectification',
    unit: town.units.a,
    fields: {
      problem,
      origin: 'public',
      kind: 'specific',
      office: town.units.root,
      proposers: members,
    },
  });
  const move = (who, version, name, more) =>
    town.post(who, `/matters/${id}/moves`, { version, move: name, ...more });
  await move('secretary', 1, 'plan', {
    due: '2100-03-31',
    fields: {
      measures: ['换灯'],
      standard: '夜间常亮',
      fix_type: 'at_once',
      horizon: 'near',
      lead: town.units.town,
    },
  });
  await move('secretary', 2, 'start');
  await move('secretary', 3, 'claim_done', { fields: { result: '已换灯' } });
  await move('lead', 4, 'verify', { reason: '已看' });
  return id;
}

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} a vote is cast in two taps, and nobody sees what it was`, async () => {
    const problem = `楼道路灯不亮 ${size}`;
    const id = await rated(problem);
    const voter = await town.arrive('voter0', size);
    // A page asks for lists of the whole unit, which a mere member may not read.
    voter.expected.push(/403.*(records|todo\/matters|roll)\?/);
    const { page } = voter;
    await voter.open('/me');
    const waiting = page.getByRole('region', { name: '等我评价' });
    await waiting.locator('li', { hasText: problem }).getByRole('link', { name: '去评价' }).click();
    const card = page.getByRole('region', { name: '点题人评价' });
    await card.getByText('已投 0 / 3 人').waitFor();
    await voter.settled();
    await card.scrollIntoViewIfNeeded();
    await voter.shot('ballot_to_cast');
    await voter.check('ballot');
    await card.locator('label', { hasText: '基本满意' }).click();
    await card.getByRole('button', { name: '提交评价' }).click();
    await card.getByText('已投 1 / 3 人').waitFor();
    await card.getByRole('button', { name: '改投' }).waitFor();
    await voter.settled();
    await voter.check('voted');
    await card.scrollIntoViewIfNeeded();
    await voter.shot('ballot_cast');
    await voter.open('/me');
    assert.equal(await page.getByText(problem).count(), 0);
    await voter.close();

    const lead = await town.arrive('lead', size);
    await lead.open(`/matters/${id}`);
    const held = lead.page.getByRole('region', { name: '点题人评价' });
    await held.getByRole('button', { name: '录入纸质票' }).click();
    const drawer = lead.page.locator('dialog');
    await drawer.getByLabel('满意', { exact: true }).fill('1');
    await drawer.getByLabel('不满意').fill('1');
    for (const box of await drawer.getByRole('checkbox').all()) await box.check();
    await drawer.locator('input[type=file]').setInputFiles({
      name: '评价表.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('两张票'),
    });
    await drawer.getByText('评价表.txt').waitFor();
    await lead.settled();
    await lead.check('paper');
    await lead.shot('ballot_paper');
    await drawer.getByRole('button', { name: '保存，交另一人核对' }).click();
    await held.getByText('由您录入，须由另一人核对。').waitFor();
    assert.equal(await held.getByRole('button', { name: '与扫描件一致，确认' }).count(), 0);
    await lead.close();

    const office = await town.arrive('office', size);
    await office.open(`/matters/${id}`);
    const last = office.page.getByRole('region', { name: '点题人评价' });
    await last.getByRole('button', { name: '与扫描件一致，确认' }).click();
    await last.getByText('已投 3 / 3 人').waitFor();
    await office.settled();
    await office.check('paper confirmed');
    await last.scrollIntoViewIfNeeded();
    await office.shot('ballot_paper_confirmed');
    await office.close();
  });
}
