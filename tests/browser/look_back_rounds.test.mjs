// The office opens a round over what was struck off and locks it; who looks finds what is drawn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { struckOff } from './steps.mjs';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start({ accounts: { lead: ['unit_editor', 'town'] } });
});
after(() => town?.close());

// Struck off today, problems may be looked at in ninety days.
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} a round of look-backs is opened, looked at and locked`, async () => {
    const [road, lamp] = [`村道破损 ${size}`, `路灯不亮 ${size}`];
    const lookedAt = await struckOff(town, road);
    await struckOff(town, lamp);

    const office = await town.arrive('office', size);
    await office.open('/look-backs');
    await office.page.getByRole('link', { name: '回头看轮次' }).click();
    await office.page.getByRole('button', { name: '开回头看轮次' }).click();
    const box = office.page.locator('dialog');
    await box.getByLabel('名称').fill(`回头看 ${size}`);
    await box.getByRole('button', { name: '抽百分之几' }).click();
    await office.settled();
    await office.shot('look_round_open');
    await office.check('open a round of look-backs');
    await office.close();

    // With a last day far enough, which a picker reaches by many clicks.
    const { id } = await town.post('office', '/look-back-rounds', {
      unit: town.units.root,
      name: `回头看 ${size}`,
      until: inDays(120),
      strata: 'type',
    });
    const owner = await town.arrive('secretary', size);
    await owner.open('/look-back-rounds?view=looker');
    await owner.page.getByText('没有要本单位看的').waitFor();
    await owner.close();

    const lead = await town.arrive('lead', size);
    await lead.open('/look-back-rounds?view=looker');
    await lead.page.getByRole('link', { name: `回头看 ${size}` }).click();
    await lead.page.getByRole('link', { name: road }).waitFor();
    assert.equal(await lead.page.getByRole('region', { name: '总体情况' }).count(), 0);
    assert.equal(await lead.page.getByText('种子').count(), 0);
    await lead.close();
    await town.post('lead', `/matters/${lookedAt}/look-backs`, {
      version: 6,
      outcome: 'relapsed',
      reason: '雨后又坏',
    });

    const again = await town.arrive('office', size);
    await again.open('/look-back-rounds');
    await again.page.getByRole('link', { name: `回头看 ${size}` }).waitFor();
    await again.settled();
    await again.shot('look_rounds');
    await again.check('rounds of look-backs');
    await again.open(`/look-back-rounds/${id}`);
    await again.page.getByRole('link', { name: lamp }).waitFor();
    await again.settled();
    await again.shot('look_round');
    await again.check('a round of look-backs');
    await again.page.getByRole('button', { name: '重新抽取' }).click();
    const anew = again.page.locator('dialog');
    await anew.getByLabel('重新抽取的理由').fill('名单重新核对过');
    await anew.getByRole('button', { name: '重新抽取' }).click();
    await again.page.getByText('重新抽取的理由：名单重新核对过').waitFor();
    await again.page.getByRole('button', { name: '锁定' }).click();
    const lock = again.page.locator('dialog');
    await lock.getByLabel(lamp).fill('汛期封路');
    const others = lock.getByRole('button', { name: '其余的写同样的理由' });
    if ((await others.count()) > 0) await others.click();
    await again.settled();
    await again.shot('look_round_lock');
    await again.check('lock a round of look-backs');
    await lock.getByRole('button', { name: '锁定' }).click();
    await again.page.getByText('已锁定').waitFor();
    await again.page.getByRole('tab', { name: '成绩清单' }).click();
    await again.page.getByText('雨后又坏').waitFor();
    await again.page.getByText('没有看的理由：汛期封路').first().waitFor();
    await again.settled();
    await again.shot('look_round_locked');
    await again.check('a locked round of look-backs');
    await again.close();

    // What was looked at is known to whoever is responsible; the rest of the round was locked.
    const told = await town.arrive('secretary', size);
    await told.open(`/look-back-rounds/${id}`);
    await told.page.getByRole('link', { name: road }).waitFor();
    assert.equal(await told.page.getByRole('link', { name: lamp }).count(), 0);
    await told.close();
  });
}
