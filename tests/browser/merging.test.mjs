// The same problem, raised twice, becomes one and two again; like problems are grouped below one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose } from './steps.mjs';
import { Town } from './town.mjs';

let town;
before(async () => {
  town = await Town.start();
});
after(() => town?.close());

const problem = async (words, more = {}) => {
  const { id } = await town.post('office', '/matters', {
    type: 'rectification/rectification',
    unit: town.units.a,
    fields: { problem: words, origin: 'superior', kind: 'specific', office: town.units.root },
    ...more,
  });
  return id;
};
const ledger = () => `/matters?unit=${town.units.root}&type=rectification%2Frectification`;

test('on a desktop two of the list are merged into a third, after a look', async () => {
  const stays = await problem('村道没有路灯', { due: '2100-06-30' });
  const one = await problem('村口太黑', { due: '2100-03-31' });
  const other = await problem('夜路难走');
  const visitor = await town.arrive('office');
  const { page } = visitor;
  await visitor.open(ledger());
  for (const id of [stays, one, other]) await page.getByLabel(`选择 ${id}`).check();
  const bar = page.getByRole('region', { name: '对所选事项' });
  await bar.getByRole('button', { name: '办理' }).click();
  await page.getByRole('menuitem', { name: '并入另一事项' }).click();
  const drawer = page.locator('dialog');
  await choose(page, drawer.getByLabel('并入哪一件'), '村道没有路灯');
  await drawer.getByLabel('原因').fill('同一段路');
  await drawer.getByRole('button', { name: '先看哪些可以办' }).click();
  await drawer.getByText('可以办 2 件，跳过 0 件').waitFor();
  await visitor.settled();
  await visitor.shot('merging_preview');
  await visitor.check('merging preview');
  await drawer.getByRole('button', { name: '办理 2 件' }).click();
  await drawer.getByText('已办 2 件，未办 0 件').waitFor();
  await drawer.getByRole('button', { name: '关闭' }).last().click();
  // What was merged leaves the list; its figure leads to it.
  await page.getByText('并入 2 件').waitFor();
  assert.equal(await page.getByRole('link', { name: '村口太黑' }).count(), 0);
  await visitor.settled();
  await visitor.shot('merging_list');
  await page.getByRole('button', { name: /已并入/ }).click();
  await page.getByRole('link', { name: '村口太黑' }).click();
  await page.getByText('已并入下面这一件').waitFor();
  await visitor.settled();
  await visitor.shot('merged_matter');
  await visitor.check('merged matter');
  await page
    .getByRole('region', { name: /已并入下面/ })
    .getByRole('link')
    .click();
  await page.getByText('已并入这一件的（2）').waitFor();
  await visitor.settled();
  await visitor.shot('matter_with_merged');
  await visitor.check('matter with merged');
  await visitor.close();
  const whole = await town.get('office', `/matters/${stays}`);
  assert.equal(whole.due, '2100-03-31');
  assert.equal(whole.merged_count, 2);
});

test('on a phone one is merged on its page and taken out again', async () => {
  const stays = await problem('水渠堵塞');
  const one = await problem('田里进不了水');
  const visitor = await town.arrive('office', 'phone');
  const { page } = visitor;
  await visitor.open(`/matters/${one}`);
  await page.getByRole('button', { name: '并入另一事项' }).click();
  const drawer = page.locator('dialog');
  await choose(page, drawer.getByLabel('并入哪一件'), '水渠堵塞');
  await drawer.getByLabel('原因').fill('同一条渠');
  await visitor.settled();
  await visitor.shot('merging_form');
  await visitor.check('merging form');
  await drawer.getByRole('button', { name: '并入另一事项' }).click();
  await page.getByText('已并入下面这一件').waitFor();
  await visitor.settled();
  await visitor.shot('merged_matter');
  await visitor.check('merged matter');
  await page.getByRole('button', { name: '恢复单列' }).click();
  await drawer.getByLabel('原因').fill('不是同一条');
  await drawer.getByRole('button', { name: '恢复单列' }).click();
  await page.getByText('已并入下面这一件').waitFor({ state: 'detached' });
  await visitor.open(`/matters/${stays}`);
  await page.getByText(`${one} 恢复单列`).waitFor();
  await visitor.close();
});

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} the page of a parent lists what is below it, by outcome`, async () => {
    const first = await problem(`东村没有路灯 ${size}`, { due: '2100-03-31' });
    const second = await problem(`西村没有路灯 ${size}`);
    const gone = await problem(`查无此灯 ${size}`);
    await town.post('office', `/matters/${gone}/moves`, {
      version: 1,
      move: 'drop',
      reason: '查无此事',
    });
    const visitor = await town.arrive('office', size);
    const { page } = visitor;
    const parent = `各村照明不足 ${size}`;
    const drawer = page.locator('dialog');
    if (size === 'desktop') {
      await visitor.open(ledger());
      for (const id of [first, second, gone]) await page.getByLabel(`选择 ${id}`).check();
    } else {
      await visitor.open(`/matters/${first}`);
    }
    await page.getByRole('button', { name: '归入上级事项' }).click();
    await drawer.getByRole('button', { name: '新登记一件' }).click();
    await drawer.getByLabel('具体问题').fill(parent);
    for (const [title, word] of [
      ['问题来源', '自己找'],
      ['问题性质', '共性问题'],
    ]) {
      const words = drawer.getByRole('group', { name: title });
      await words.getByRole('button', { name: word, exact: true }).click();
    }
    await drawer.getByLabel('销号单位').click();
    await page.keyboard.type('清河');
    await page.locator('.ant-select-item-option').first().click();
    await drawer.getByRole('button', { name: '先看哪些可以办' }).click();
    const n = size === 'desktop' ? 2 : 1;
    await drawer.getByText(`可以办 ${n} 件`).waitFor();
    await visitor.settled();
    await visitor.shot('grouping_preview');
    await visitor.check('grouping preview');
    await drawer.getByRole('button', { name: `归入 ${n} 件` }).click();
    await drawer.getByText(`已办 ${n} 件`).waitFor();
    await drawer.getByRole('button', { name: '关闭' }).last().click();
    const { parent: id } = await town.get('office', `/matters/${first}`);
    assert.ok(id);
    if (size === 'phone') {
      await town.post('office', '/matters/grouping', {
        parent: id,
        items: [{ id: second, version: 1 }],
      });
    }
    await town.post('office', `/matters/${second}/moves`, {
      version: 2,
      move: 'drop',
      reason: '查无此事',
    });
    await visitor.open(`/matters/${id}`);
    const below = page.getByRole('region', { name: '下级事项' });
    await below.getByRole('button', { name: '全部 2' }).waitFor();
    await below.getByRole('button', { name: '未办结 1' }).click();
    await below.getByRole('link', { name: `东村没有路灯 ${size}` }).waitFor();
    assert.equal(await below.getByRole('link', { name: `西村没有路灯 ${size}` }).count(), 0);
    await below.getByRole('button', { name: '全部 2' }).click();
    await below.getByRole('link', { name: `西村没有路灯 ${size}` }).waitFor();
    await visitor.settled();
    await visitor.shot('matter_with_below');
    await visitor.check('matter with below');
    await below.getByRole('link', { name: `东村没有路灯 ${size}` }).click();
    await page.getByRole('button', { name: '移出上级事项' }).click();
    await page.getByText('已移出上级事项。').waitFor();
    await visitor.close();
    assert.equal((await town.get('office', `/matters/${first}`)).parent, null);
  });
}
