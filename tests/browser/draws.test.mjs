// An inspector draws the units that are checked, and draws anew for a reason; the office opens a
// part of a composed ledger. On a desktop and on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Town } from "./town.mjs";

const type = "rectification/rectification";
let town;
before(async () => {
  town = await Town.start({
    packs: ["standing-duties", "rectification"],
    accounts: { inspector: ["inspector", "root"] },
  });
  const open = (unit, problem, part) =>
    town.post("office", "/matters", {
      type,
      unit: town.units[unit],
      fields: {
        problem,
        origin: "self",
        kind: "specific",
        office: town.units.root,
        ...(part ? { part } : {}),
      },
    });
  await open("a", "村道破损", "topic_1");
  await open("b", "路灯不亮", "list_2");
  await open("a", "水渠淤塞");
});
after(() => town?.close());

for (const size of ["desktop", "phone"]) {
  test(`on a ${size} units are drawn by lot, and once more for a reason`, async () => {
    const name = `三季度抽查 ${size}`;
    const visitor = await town.arrive("inspector", size);
    const { page } = visitor;
    await visitor.open("/unit-draws");
    await page.getByRole("button", { name: "抽取" }).click();
    const box = page.locator("dialog");
    await box.getByText("专项检查抽取").waitFor();
    await box.getByLabel("这次检查的名称").fill(name);
    await visitor.settled();
    await visitor.shot("unit_draw_box");
    await visitor.check("draw units by lot");
    await box.getByRole("button", { name: "抽取" }).click();
    await page.getByRole("heading", { name }).waitFor();
    const rows = page.locator("table tbody tr");
    const drawn = await rows.count();
    assert.ok(drawn > 0);
    await visitor.settled();
    await visitor.shot("unit_draw");
    await visitor.check("units that were drawn");
    assert.equal(await page.locator(".seed").count(), 1);
    await page.getByRole("button", { name: "重新抽取" }).click();
    const anew = page.locator("dialog");
    await anew.getByLabel("重新抽取的理由").fill("抽到的单位正在换届");
    await anew.getByRole("button", { name: "重新抽取" }).click();
    await page.getByText("重新抽取的理由：抽到的单位正在换届").waitFor();
    assert.equal(await page.locator(".seed").count(), 2);
    await visitor.open("/unit-draws");
    await page.getByRole("link", { name }).waitFor();
    await visitor.settled();
    await visitor.shot("unit_draws");
    await visitor.check("draws of units");
    await visitor.close();
  });

  test(`on a ${size} the parts of a ledger add up and open to their matters`, async () => {
    const visitor = await town.arrive("office", size);
    const { page } = visitor;
    await visitor.open("/ledgers");
    const ledger = page.getByRole("region", { name: "1+5+2 整改台账" });
    await ledger.getByText("合计 3 件").waitFor();
    assert.equal(await ledger.locator(".ledger-parts li").count(), 9);
    const counts = await ledger
      .locator(".ledger-parts li .num")
      .allTextContents();
    assert.equal(
      counts.reduce((sum, count) => sum + Number(count), 0),
      3,
    );
    await visitor.settled();
    await visitor.shot("composed_ledger");
    await visitor.check("composed ledgers");
    await ledger.getByRole("button", { name: "专项整治一" }).click();
    await page.getByRole("link", { name: "村道破损" }).waitFor();
    await visitor.settled();
    await visitor.shot("composed_ledger_part");
    await visitor.check("a part of a composed ledger");
    await page.keyboard.press("Escape");
    await ledger.getByRole("button", { name: "不属于任何部分" }).click();
    await page.getByRole("link", { name: "水渠淤塞" }).waitFor();
    await visitor.close();
  });
}
