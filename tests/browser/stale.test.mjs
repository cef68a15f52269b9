// What changes in a matter after somebody verified it is marked on its page and in the list, and is
// verified again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Installation } from '../system/harness.mjs';
import { launch, Visitor } from './browser.mjs';

let browser, installation, server, url, units;
before(async () => {
  installation = new Installation('sqlite').prepare();
  installation.run(['pack', 'activate', 'rectification', '--from', '2020-01-01']);
  installation.tokens.lead = installation.account('lead', 'unit_editor', 'town');
  server = await installation.serve();
  url = `http://127.0.0.1:${server.port}`;
  units = {};
  for (const code of ['root', 'town', 'a']) units[code] = (await server.unit(code)).id;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await installation?.close();
});

const arrive = (account, size) =>
  Visitor.arrive(browser, url, {
    size,
    language: 'zh-CN',
    account,
    password: `${account}-secret-0815`,
  });

async function post(token, path, body) {
  const reply = await server.request('POST', `/api/v1${path}`, {
    token: installation.tokens[token],
    body,
  });
  assert.ok(reply.status < 300, `${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// Verified, and its result written otherwise afterwards.
async function changedAfterwards(problem) {
  const { id } = await post('office', '/matters', {
    type: 'rectification/rectification',
    unit: units.a,
    fields: { problem, origin: 'superior', kind: 'specific', office: units.root },
  });
  const move = (who, version, name, more) =>
    post(who, `/matters/${id}/moves`, { version, move: name, ...more });
  await move('secretary', 1, 'plan', {
    due: '2100-03-31',
    fields: {
      measures: ['修补'],
      standard: '平整',
      fix_type: 'at_once',
      horizon: 'near',
      lead: units.town,
    },
  });
  await move('secretary', 2, 'start');
  await move('secretary', 3, 'claim_done', { fields: { result: '已修补' } });
  await move('lead', 4, 'verify', { reason: '已看' });
  await post('secretary', `/matters/${id}/edits`, {
    version: 5,
    fields: { result: '已修补并清沟' },
  });
  return id;
}

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} what changed after it was verified is verified again`, async () => {
    const problem = `村道破损 ${size}`;
    const id = await changedAfterwards(problem);

    const lead = await arrive('lead', size);
    await lead.open(`/matters?unit=${units.town}&party=false`);
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
    const done = await server.request('GET', `/api/v1/matters/${id}`, {
      token: installation.tokens.office,
    });
    assert.equal(done.body.stale, false);
    assert.equal(done.body.review.title, '再次核验');
  });
}
