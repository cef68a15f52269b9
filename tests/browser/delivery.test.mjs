// What an account is sent: chosen on its own page, to an address that it shows to be its own; the
// calendar feed, whose address is shown once; and the outbox, where an administrator sees what does
// not get through and decides about it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { until } from '../system/harness.mjs';
import { Town } from './town.mjs';

// Nobody listens there: messages wait, and say why.
const key = '0f'.repeat(32);
const setup = {
  link: 'https://huilu.example',
  retry_seconds: 3600,
  tries: 1,
  mail: { url: 'smtps://localhost:1', from: 'huilu@huilu.example' },
};
let town;
before(async () => {
  town = await Town.start({
    accounts: {
      desk: ['branch_secretary', 'b'],
      phone: ['branch_secretary', 'b'],
      admin: ['system_admin'],
    },
    outbox: { key, setup },
  });
});
after(() => town?.close());

function codeOf(account, sent, address) {
  const text = `code/v1 ${account} ${Date.parse(sent)} ${address}`;
  const sum = createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest();
  return String(sum.readBigUInt64BE() % 100_000_000n).padStart(8, '0');
}

for (const [size, account] of [
  ['desktop', 'desk'],
  ['phone', 'phone'],
]) {
  test(`on a ${size} mail is chosen, its address confirmed, and forgotten again`, async () => {
    const visitor = await town.arrive(account, size);
    const { page } = visitor;
    await visitor.open('/me');
    const box = page.getByRole('region', { name: '消息提醒' });
    await box.scrollIntoViewIfNeeded();
    await box.getByRole('button', { name: '电子邮件' }).click();
    await box.getByLabel('邮箱').fill(`${account}@huilu.example`);
    await visitor.shot('delivery_choice');
    await box.getByRole('button', { name: '保存' }).click();
    await box.getByText('验证码发往').waitFor();
    await visitor.settled();
    await visitor.check('address to be confirmed');
    await visitor.shot('delivery_code');
    // Nobody listens; forgotten before it is tried, it would be dropped and not be dead.
    const isDead = async () => (await town.get('admin', '/outbox')).dead > 0;
    await until('the code has not got through', isDead, 60);

    visitor.expected.push(/422.*confirmation/);
    await box.getByLabel('验证码').fill('00000000');
    await box.getByRole('button', { name: '确认' }).click();
    await box.getByRole('alert').waitFor();
    const [now, me] = [await town.get(account, '/me/delivery'), await town.get(account, '/me')];
    const code = codeOf(me.account.id, now.code_sent, `${account}@huilu.example`);
    await box.getByLabel('验证码').fill(code);
    await box.getByRole('button', { name: '确认' }).click();
    await box.getByText('已确认').waitFor();
    await visitor.settled();
    await visitor.check('address confirmed');
    await visitor.shot('delivery_confirmed');
    assert.equal((await town.get(account, '/me/delivery')).confirmed, true);

    await box.getByRole('button', { name: '删除邮箱' }).click();
    await box.getByLabel('邮箱').waitFor({ state: 'detached' });
    await visitor.settled();
    assert.equal((await town.get(account, '/me/delivery')).address, null);
    await visitor.close();
  });

  test(`on a ${size} a calendar feed is made, shown once, and revoked`, async () => {
    const visitor = await town.arrive(account, size);
    const { page } = visitor;
    await visitor.open('/me');
    const box = page.getByRole('region', { name: '日历订阅' });
    await box.getByRole('button', { name: '生成地址' }).click();
    const url = await box.getByLabel('订阅地址').inputValue();
    assert.match(url, /\/calendar\/[\w-]{43}\.ics$/);
    await visitor.settled();
    await box.scrollIntoViewIfNeeded();
    await visitor.check('feed made');
    await visitor.shot('calendar_feed');
    const path = new URL(url).pathname;
    const feed = await town.server.request('GET', path);
    assert.equal(feed.status, 200);
    assert.match(feed.body, /^BEGIN:VCALENDAR\r\n/);
    const again = await town.server.request('GET', path, {
      headers: { 'if-none-match': feed.headers.etag },
    });
    assert.equal(again.status, 304);
    await visitor.open('/me');
    await box.getByText('地址只显示一次').waitFor();
    assert.equal(await box.getByLabel('订阅地址').count(), 0);
    await box.getByRole('button', { name: '撤销' }).click();
    await box.getByText('尚未订阅').waitFor();
    assert.equal((await town.server.request('GET', path)).status, 404);
    await visitor.close();
  });

  test(`on a ${size} the administrator sees what did not get through, and drops it`, async () => {
    const visitor = await town.arrive('admin', size);
    const { page } = visitor;
    await visitor.open('/admin/outbox');
    await page.getByText('连接不上').first().waitFor();
    assert.equal(await page.getByText('@huilu.example').count(), 0);
    await visitor.check('outbox');
    await visitor.shot('outbox');
    await page.getByRole('button', { name: '处理' }).first().click();
    const drawer = page.locator('dialog');
    await drawer.getByLabel('理由').fill('邮箱写错了');
    await visitor.shot('outbox_decide');
    await drawer.getByRole('button', { name: '不再发送' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('管理员决定不再发送').first().waitFor();
    await visitor.settled();
    await visitor.check('outbox after a decision');
    await visitor.close();
  });
}
