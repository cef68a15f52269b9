// A problem that was struck off is looked at again by whoever checked it: what is bad can be said
// at once, that it holds only from the day on; what relapsed is taken up again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { struckOff } from './steps.mjs';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start({ accounts: { lead: ['unit_editor', 'town'] } });
});
after(() => town?.close());

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} a relapse is said and taken up again`, async () => {
    const problem = `村道破损 ${size}`;
    const id = await struckOff(town, problem);

    const owner = await town.arrive('secretary', size);
    await owner.open(`/matters/${id}`);
    const seen = owner.page.getByRole('region', { name: '回头看' });
    await seen.getByText('待回头看').waitFor();
    assert.equal(await seen.getByRole('button', { name: '填写回头看结果' }).count(), 0);
    await owner.close();

    const lead = await town.arrive('lead', size);
    await lead.open(`/matters/${id}`);
    const card = lead.page.getByRole('region', { name: '回头看' });
    await lead.settled();
    await card.scrollIntoViewIfNeeded();
    await lead.shot('look_back_awaited');
    await lead.check('look-back awaited');
    await lead.open(`/look-backs?unit=${town.units.town}&which=all`);
    await lead.page.getByRole('link', { name: problem }).waitFor();
    await lead.settled();
    await lead.shot('look_backs');
    await lead.check('look-backs');
    await lead.page.getByRole('button', { name: '应看未看' }).click();
    await lead.page.getByText('没有要回头看的').waitFor();
    await lead.open(`/matters/${id}?do=look_back`);
    await card.getByRole('button', { name: '填写回头看结果' }).click();
    const drawer = lead.page.locator('dialog');
    assert.ok(await drawer.getByLabel('成果巩固').isDisabled());
    await drawer.getByLabel('反弹').check();
    await drawer.getByLabel('看到了什么').fill('雨后又坏');
    await lead.settled();
    await lead.check('look-back form');
    await lead.shot('look_back_form');
    await drawer.getByRole('button', { name: '记录结果' }).click();
    await lead.page.getByText('已记录回头看结果：反弹（第 7 版）').waitFor();
    await card.getByText('雨后又坏').waitFor();
    await lead.settled();
    await card.scrollIntoViewIfNeeded();
    await lead.shot('look_back_found');
    await lead.check('look-back found');
    await lead.open('/todo');
    const waiting = lead.page.getByRole('region', { name: '台账待办' });
    await waiting
      .locator('li', { hasText: problem })
      .getByRole('link', { name: '反弹返工' })
      .waitFor();
    await lead.close();
  });
}
