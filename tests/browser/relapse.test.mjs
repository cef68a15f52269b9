// A problem like one that was struck off is registered: the form says which and why, whoever
// checked it says whether it is back, and both pages say so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { struckOff } from "./steps.mjs";
import { Town } from "./town.mjs";

let town;
before(async () => {
  town = await Town.start({ accounts: { lead: ["unit_editor", "town"] } });
});
after(() => town?.close());

const problems = {
  desktop: ["村东头道路破损积水", "村东头道路又破损积水"],
  phone: ["文化广场夜间没有照明", "文化广场夜间还是没有照明"],
};

for (const size of ["desktop", "phone"]) {
  test(`on a ${size} a problem that came back is seen, said and shown on both`, async () => {
    const [before, now] = problems[size];
    const earlier = await struckOff(town, before);

    const owner = await town.arrive("secretary", size);
    await owner.open("/matters/new?type=rectification%2Frectification");
    await owner.page.getByLabel("具体问题").fill(now);
    const likely = owner.page.getByRole("status", {
      name: "可能是以前销号的问题反弹",
    });
    await likely.getByRole("link", { name: before }).waitFor();
    await owner.settled();
    await likely.scrollIntoViewIfNeeded();
    await owner.shot("relapse_likely");
    await owner.check("a likely relapse while opening");
    await owner.page.getByLabel("具体问题").fill("换届档案不全");
    await likely.waitFor({ state: "detached" });
    await owner.close();

    const { id } = await town.post("secretary", "/matters", {
      type: "rectification/rectification",
      unit: town.units.a,
      fields: {
        problem: now,
        origin: "public",
        kind: "specific",
        office: town.units.root,
        lead: town.units.town,
      },
    });
    const lead = await town.arrive("lead", size);
    await lead.open("/todo");
    await lead.page.getByRole("link", { name: now }).waitFor();
    await lead.settled();
    await lead.shot("relapse_todo");
    await lead.open(`/matters/${id}?do=relapse`);
    const card = lead.page.getByRole("region", { name: "是不是反弹" });
    await card.getByText("待确认").waitFor();
    await lead.settled();
    await lead.shot("relapse_proposed");
    await lead.check("a proposed relapse");
    await card.getByRole("button", { name: "确认是反弹" }).click();
    const drawer = lead.page.locator("dialog");
    await drawer.getByLabel("原因").fill("现场看过，同一处");
    await lead.settled();
    await lead.shot("relapse_form");
    await lead.check("say that it is a relapse");
    await drawer.getByRole("button", { name: "确认是反弹" }).click();
    await lead.page
      .getByText(`已确认是 ${earlier} 的反弹（第 2 版）`)
      .waitFor();
    await lead.open(`/matters/${earlier}`);
    await lead.page.getByText("这个问题又出现了").waitFor();
    await lead.page.getByText(`确认反弹，见 ${id}`).waitFor();
    await lead.settled();
    await lead.shot("relapse_earlier");
    await lead.check("what relapsed");
    await lead.close();

    const told = await town.arrive("secretary", size);
    await told.open(`/matters/${id}`);
    const seen = told.page.getByRole("region", { name: "是不是反弹" });
    await seen.getByText("现场看过，同一处").waitFor();
    assert.equal(await seen.getByRole("button").count(), 0);
    await told.close();
  });
}
