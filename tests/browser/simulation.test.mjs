// A value is simulated before anybody proposes it: the table of what would change, down to a unit
// and both explanations beside each other; and a pack from its files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Demo } from './demo.mjs';

let demo;
before(async () => {
  demo = await Demo.start();
});
after(() => demo?.close());

const wordsOf = (language) =>
  JSON.parse(
    readFileSync(new URL(`../../web/src/i18n/${language}.json`, import.meta.url), 'utf8'),
  );

for (const size of ['desktop', 'phone']) {
  for (const language of ['zh-CN', 'zh-TW', 'en']) {
    test(`on a ${size} in ${language} another value shows who turns and why`, async () => {
      const words = wordsOf(language);
      const office = await demo.arrive('office', { size, language });
      const { page } = office;
      const packs = (await demo.ask(office, '/packs')).items.filter((one) => one.active);
      const details = await demo.ask(office, `/packs/${packs[0].id}`);
      const one = details.parameters.find((found) => found.type === 'int' && !found.by);
      await office.open('/policy/simulation');
      await page.getByLabel(words['policy.parameter'], { exact: true }).click();
      await page.keyboard.type(one.address);
      await page.keyboard.press('Enter');
      await page.getByLabel(words['simulation.value'], { exact: true }).fill('9');
      await office.check('simulation_form');
      await page.getByRole('button', { name: words['simulation.run'], exact: true }).click();
      await page.locator('.simulation-found tbody tr').first().waitFor({ timeout: 120_000 });
      await office.settled();
      await office.check('simulation_found');
      await office.shot('simulation_found');
      await page.locator('.simulation-found tbody .link').first().click();
      await page.locator('.turns > li').first().waitFor();
      await office.check('simulation_duty');
      await office.shot('simulation_duty');
      const compare = page.getByRole('button', { name: words['simulation.compare'] });
      if ((await compare.count()) > 0) {
        await compare.first().click();
        await page.locator('.pair, #why').first().waitFor();
        if (await page.locator('#why').count()) {
          await page.locator('#why').fill('核对试算结果');
          await page.getByRole('button', { name: words['reason.submit'] }).click();
        }
        await page.locator('.pair .why').nth(1).waitFor();
        assert.equal(await page.locator('.pair .why').count(), 2);
        await office.settled();
        await office.check('simulation_pair');
        await office.shot('simulation_pair');
      }
      await office.close();
    });
  }
}
