// What changes in a matter after somebody verified it is marked on its page and in the list, and is
// verified again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verified } from './steps.mjs';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start({ accounts: { lead: ['unit_editor', 'town'] } });
});
after(() => town?.close());

// Verified, and its result written otherwise afterwards.
async function changedAfterwards(problem) {
  const id = await verified(town, problem);
  await town.post('secretary', `/matters/${id}/edits`, {
    version: 5,
    fields: { result: '已修补并清沟' },
  });
  return id;
}

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} what changed after it was verified is verified again`, async () => {
    const problem = `村道破损 ${size}`;
    const id = await changedAfterwards(problem);

    const lead = await town.arrive('lead', size);
    await lead.open(`/matters?unit=${town.units.town}&party=false`);
    if (size === 'phone') await lead.page.getByText('筛选', { exact: true }).click();
    await lead.page.getByRole('button', { name: '核验后有变化' }).click();
    await lead.page.getByRole('link', { name: problem }).waitFor();
    await lead.settled();
    await lead.shot('stale_list');
    await lead.check('stale list');
    await lead.open(`/matters/${id}`);
    await lead.page.getByText('整改成效有变化').waitFor();
    await lead.settled();
    await lead.shot('stale_matter');
    await lead.check('stale matter');
    await lead.page.getByRole('button', { name: '再次核验' }).click();
    const drawer = lead.page.locator('dialog');
    await drawer.getByLabel('原因').fill('清沟属实');
    await drawer.getByRole('button', { name: '再次核验' }).click();
    await lead.page.getByText('整改成效有变化').waitFor({ state: 'detached' });
    await lead.close();
    const done = await town.get('office', `/matters/${id}`);
    assert.equal(done.stale, false);
    assert.equal(done.review.title, '再次核验');
  });
}
