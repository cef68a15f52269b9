// The page of campaigns: four strands and five goals as bars, each open to its duties and bearers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Town } from './town.mjs';

// A branch of eleven, so that its numbers are shown above it.
const units = `code,name,type,level,rank,tags,parent,from
north,北村支部,branch,5,,committee,town,2000-01-01
`;
const people = [
  'key,name,branch,kind,joined',
  ...Array.from({ length: 11 }, (_, i) => `n${i},北${i},north,full,2010-01-01`),
].join('\n');

let town;
before(async () => {
  town = await Town.start({
    packs: ['standing-duties', 'five-ones'],
    units,
    people,
    accounts: { above: ['campaign_office', 'root'], north: ['branch_secretary', 'north'] },
  });
  await town.find(['north'], 'north');
  const { today } = await town.get('north', '/me');
  const inDays = (n) => {
    const day = new Date(`${today}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + n);
    return day.toISOString().slice(0, 10);
  };
  await town.post('above', '/campaigns', {
    pack: 'five-ones',
    unit: town.units.root,
    batches: [
      { id: 'first', from: inDays(-90), until: inDays(-60) },
      { id: 'second', from: inDays(-60), until: inDays(60) },
    ],
  });
  const roll = await town.get('north', `/units/${town.units.north}/roll?limit=100`);
  await town.post('north', '/records', {
    types: ['core/volunteer_service'],
    units: [town.units.north],
    date: today,
    present: roll.items.slice(0, 9).map((one) => one.person),
    fields: { 'core/volunteer_service': { activity: '清理河道' } },
  });
});
after(() => town?.close());

test('S1-2.3, S3-13.2: four strands, five goals, each open to its bearers', async () => {
  const { items } = await town.get('above', '/campaigns?limit=100');
  const campaign = items.find((one) => one.pack === 'five-ones');
  const above = await town.arrive('above');
  const { page } = above;
  const card = page
    .locator('section.campaign')
    .filter({ has: page.getByRole('heading', { name: '主题教育', exact: true }) });
  const sums = async (name) => {
    const bars = card.getByRole('list', { name }).locator(':scope > li');
    const texts = await bars.allInnerTexts();
    return texts.map((text) => {
      const [, done, due] = /(\d+) \/ (\d+)/.exec(text);
      return { done: Number(done), due: Number(due) };
    });
  };
  const total = (list) => list.reduce((sum, one) => sum + one.due, 0);
  await above.open('/campaigns');
  await card.getByRole('list', { name: '目标' }).waitFor();
  const [strands, goals] = [await sums('并行的措施'), await sums('目标')];
  assert.equal(strands.length, 4);
  assert.equal(goals.length, 5);
  assert.ok(total(goals) > 0);
  assert.equal(total(goals), total(strands), 'each duty serves one strand and one goal');
  // One part of the tree, and who stands behind its number.
  await above.open(`/campaigns?${campaign.id}=${town.units.north}`);
  const rectification = card.getByRole('button', { name: '整改落实' });
  await rectification.click();
  const duty = card.locator('.served li').filter({ hasText: '志愿服务' });
  assert.match(await duty.innerText(), /9 \/ 11/);
  await above.check('strands');
  await above.shot('strands');
  await duty.getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('志愿服务').first().waitFor();
  assert.match(await drawer.innerText(), /9\/11/);
  await above.close();
});
