// What waits for a person on the ledger: on the page of what is owed stands the button that does
// it, and leads to its form; who waits for others reminds them, once; what came back is called so,
// and who was told reads it in a quiet list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start({ accounts: { lead: ['unit_editor', 'town'] } });
});
after(() => town?.close());

const opened = (problem) =>
  town.post('office', '/matters', {
    type: 'rectification/rectification',
    unit: town.units.a,
    fields: { problem, origin: 'superior', kind: 'specific', office: town.units.root },
  });

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} what waits leads to its form, and the office reminds of it once`, async () => {
    const problem = `河道淤积 ${size}`;
    const { id } = await opened(problem);
    const secretary = await town.arrive('secretary', size);
    const { page } = secretary;
    await secretary.open('/todo');
    const group = page.getByRole('region', { name: '台账待办' });
    const line = group.locator('li', { hasText: problem });
    await line.waitFor();
    await secretary.check('to do');
    await secretary.shot('todo_waiting');
    await line.getByRole('link', { name: '制定措施' }).click();
    await page.locator('dialog').getByText(problem).waitFor();
    assert.equal(new URL(page.url()).pathname, `/matters/${id}`);
    await secretary.close();

    const office = await town.arrive('office', size);
    await office.open(`/matters/${id}`);
    const remind = office.page.getByRole('button', { name: '催办' });
    await remind.click();
    const preview = office.page.locator('dialog');
    await preview.getByText('将催办').waitFor();
    await office.check('preview of a reminder');
    await office.shot('reminder_preview');
    await preview.getByRole('button', { name: '发出 1 件' }).click();
    await office.page.getByText('已提醒 1 次').first().waitFor();
    await office.settled();
    await remind.click();
    await preview.getByText('三个工作日内已经催过').waitFor();
    assert.ok(await preview.getByRole('button', { name: '发出 0 件' }).isDisabled());
    await office.close();
  });
}

test('what came back is called so, and the list of notices is quiet', async () => {
  const problem = '界桩缺失';
  const { id } = await opened(problem);
  const move = (who, body) => town.post(who, `/matters/${id}/moves`, body);
  await move('secretary', { version: 1, move: 'return_it', reason: '不在本村' });
  await move('office', { version: 2, move: 'keep_it', reason: '经核对在本村' });
  const secretary = await town.arrive('secretary', 'desktop');
  await secretary.open('/todo');
  const group = secretary.page.getByRole('region', { name: '退回来的' });
  await group.getByText(problem).waitFor();
  await secretary.shot('todo_returned');
  await secretary.open('/notices');
  await secretary.page.getByRole('heading', { name: '通知', exact: true }).waitFor();
  await secretary.check('notices');
  await secretary.shot('notices');
  await secretary.close();
});
