// A policy document is imported with a look first, read beside what it became, and a value that it
// lacks is decided by two persons; registers show what lasts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Demo } from './demo.mjs';

let demo;
before(async () => {
  demo = await Demo.start();
});
after(() => demo?.close());

// Our own words; items where the packs of the demo look for them, with a number missing.
const text = `图书馆办法
一、开放
1.本馆每月至少开放次,,读者凭证入馆。
2.馆员按时到岗。
二、借阅
1.每人三册。
`;

const wordsOf = (language) => {
  const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  return {
    ...read(`../../src/words/${language}.json`),
    ...read(`../../web/src/i18n/${language}.json`),
  };
};

async function paste(visitor, words, name, pasted) {
  const { page } = visitor;
  await page.getByRole('button', { name: words['document.import.paste'] }).click();
  await page.getByLabel(words['document.import.pasted']).fill(pasted);
  await page.getByLabel(words['document.import.name']).fill(name);
  await page.getByRole('button', { name: words['document.import.look'] }).click();
  await page.locator('.import-preview').waitFor();
}

// Each language and each size once; every pair with HUILU_LONG.
const looked = [
  ['desktop', 'zh-CN'],
  ['phone', 'zh-TW'],
  ['desktop', 'en'],
];
const others = [
  ['phone', 'zh-CN'],
  ['desktop', 'zh-TW'],
  ['phone', 'en'],
];
for (const [size, language] of process.env.HUILU_LONG ? [...looked, ...others] : looked) {
  test(`on a ${size} in ${language} a document is looked at, saved and corrected`, async () => {
    const words = wordsOf(language);
    const visitor = await demo.arrive('author', { size, language });
    const { page } = visitor;
    const name = `library-${size}-${language}`;
    const listed = async () =>
      (await demo.ask(visitor, '/documents')).items.filter((one) => one.name === name);
    await visitor.open('/policy');
    await page.getByRole('button', { name: words['document.import.action'] }).click();
    await paste(visitor, words, name, text);
    const preview = page.locator('.import-preview');
    assert.equal(await preview.locator('.clauses > li').count(), 5);
    assert.equal(await preview.locator('mark.hole').innerText(), words['hole.number']);
    assert.equal(await preview.locator('.repairs del').innerText(), ',');
    assert.deepEqual(await listed(), [], 'a look writes nothing');
    await visitor.settled();
    await visitor.check('preview');
    await visitor.shot('policy_preview');
    await page.getByRole('button', { name: words['document.import.save'] }).click();
    await page.getByRole('heading', { name: '图书馆办法', level: 1 }).waitFor();
    assert.equal((await listed())[0].version, 1);
    await page.getByRole('button', { name: new RegExp(words['document.show_repairs']) }).click();
    await page.locator('.clauses .repairs del').waitFor();
    await visitor.settled();
    await visitor.check('imported');

    await page.getByRole('link', { name: words['document.import.again'] }).click();
    await paste(visitor, words, name, text.replace('开放次', '开放4次'));
    await preview.getByText(/4/).first().waitFor();
    await page.getByRole('button', { name: words['document.import.save'] }).click();
    await page.getByRole('heading', { name: '图书馆办法', level: 1 }).waitFor();
    await visitor.settled();
    assert.equal(await page.locator('mark.hole').count(), 0, 'the hole is filled');
    assert.equal((await listed())[0].version, 2);
    await visitor.close();
  });

  test(`on a ${size} in ${language} a clause shows duties and how the tree stands`, async () => {
    const words = wordsOf(language);
    const visitor = await demo.arrive('office', { size, language });
    const { page } = visitor;
    const coverage = await demo.ask(visitor, '/coverage/clauses?document=document-000');
    const clause = coverage.clauses.find(
      (one) => one.declarations.some((found) => found.kind === 'obligation') && one.hole,
    );
    const duty = clause.declarations.find((one) => one.kind === 'obligation');
    const unit = await demo.unitOf(visitor);
    const standing = await demo.ask(
      visitor,
      `/units/${unit.id}/standing?obligation=${encodeURIComponent(duty.address)}`,
    );
    await visitor.open(`/policy/documents/${coverage.name}`);
    await page.locator(`#clause-${clause.at.replaceAll('.', '\\.')} .clause-press`).click();
    const panel = size === 'phone' ? page.getByRole('dialog') : page.locator('.beside > aside');
    const cited = panel.locator(`section[aria-label="${clause.id}"]`);
    const declared = cited.locator('li').filter({ hasText: duty.title }).first();
    await declared.waitFor();
    await visitor.settled();
    // The sentence without what stands beside it, and the counts of the standing route.
    const said = duty.sentence.slice(duty.sentence.indexOf(duty.title) + duty.title.length + 1);
    assert.ok((await declared.innerText()).includes(said.trim()), said);
    const cell = standing.cells[0];
    const press = declared.locator('.stands-press').first();
    for (const verdict of ['failed', 'open', 'met', 'at_risk'].filter((one) => cell[one] > 0)) {
      const shown = await press.locator(`.v-${verdict}`).innerText();
      assert.ok(shown.includes(words[`verdict.${verdict}`]), shown);
      assert.ok(shown.includes(String(cell[verdict])), shown);
    }
    await visitor.check('clause');
    await visitor.shot('policy_clause');
    await press.click();
    await page.locator('.behind, form').first().waitFor();
    await visitor.close();
  });
}

test('a value that nobody decided is proposed by one person and confirmed by another', async () => {
  const author = await demo.arrive('author');
  const assumed = (await demo.ask(author, '/assumed-values')).items.find(
    (one) => one.type === 'int',
  );
  await author.open('/policy?part=values');
  const row = author.page.getByRole('row').filter({ hasText: assumed.address });
  await row.getByRole('button', { name: '定一个值' }).click();
  const box = author.page.getByRole('dialog');
  await box.getByLabel('值', { exact: true }).fill('2');
  await box.getByLabel('依据').fill('区委常委会会议纪要');
  await author.check('proposing');
  await author.shot('policy_proposing');
  await box.getByRole('button', { name: '定一个值' }).click();
  await row.first().getByText('等另一人确认').waitFor();
  assert.equal(await author.page.getByRole('button', { name: '确认', exact: true }).count(), 0);

  const office = await demo.arrive('office', { size: 'phone' });
  await office.open('/policy?part=values');
  const waiting = office.page
    .getByRole('region', { name: '等另一人确认的' })
    .getByRole('row')
    .filter({ hasText: assumed.address });
  await waiting.getByRole('button', { name: '确认' }).click();
  await office.page.getByRole('dialog').getByText('区委常委会会议纪要').waitFor();
  await office.check('confirming');
  await office.page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
  await office.page
    .getByRole('region', { name: '本地已定的' })
    .getByText(assumed.address)
    .waitFor();
  await office.settled();
  await office.check('decided');
  const left = (await demo.ask(office, '/assumed-values')).items;
  // It holds from its day on, for periods that begin then.
  assert.ok(!left.some((one) => one.address === assumed.address));
  await author.close();
  await office.close();
});

for (const size of ['desktop', 'phone']) {
  test(`on a ${size} registers show what is in force, and two entries on one unit`, async () => {
    const office = await demo.arrive('office', { size });
    const { page } = office;
    await office.open('/registers');
    const unit = await demo.unitOf(office);
    const register = await demo.ask(
      office,
      `/registers?unit=${unit.id}&subtree=true&limit=500&type=standing-duties/contact_point`,
    );
    const hosts = register.items.map((one) => one.fields.host.id);
    const doubled = hosts.filter((one, i) => hosts.indexOf(one) !== i);
    assert.ok(register.items.length > 0, 'the demo has contact points');
    assert.equal(await page.locator('tbody tr').count(), register.items.length);
    assert.ok(doubled.length > 0, 'the demo has two on one unit');
    await page.getByRole('button', { name: /只看同一单位/ }).click();
    await office.settled();
    const shown = hosts.filter((one) => doubled.includes(one)).length;
    assert.equal(await page.locator('tbody tr').count(), shown);
    await page.locator('tbody .tag.plan').first().waitFor();
    await office.check('registers');
    await office.shot('registers_clashes');
    await office.close();
  });
}
