// A problem that was struck off is looked at again by whoever checked it: what is bad can be said
// at once, that it holds only from the day on; what relapsed is taken up again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Installation } from "../system/harness.mjs";
import { launch, Visitor } from "./browser.mjs";

let browser, installation, server, url, units;
before(async () => {
  installation = new Installation("sqlite").prepare();
  installation.run([
    "pack",
    "activate",
    "rectification",
    "--from",
    "2020-01-01",
  ]);
  installation.tokens.lead = installation.account(
    "lead",
    "unit_editor",
    "town",
  );
  server = await installation.serve();
  url = `http://127.0.0.1:${server.port}`;
  units = {};
  for (const code of ["root", "town", "a"])
    units[code] = (await server.unit(code)).id;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await installation?.close();
});

const arrive = (account, size) =>
  Visitor.arrive(browser, url, {
    size,
    language: "zh-CN",
    account,
    password: `${account}-secret-0815`,
  });

async function post(token, path, body) {
  const reply = await server.request("POST", `/api/v1${path}`, {
    token: installation.tokens[token],
    body,
  });
  assert.ok(reply.status < 300, `${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// A problem that was struck off today.
async function struckOff(problem) {
  const { id } = await post("office", "/matters", {
    type: "rectification/rectification",
    unit: units.a,
    fields: {
      problem,
      origin: "superior",
      kind: "specific",
      office: units.root,
    },
  });
  const move = (who, version, name, more) =>
    post(who, `/matters/${id}/moves`, { version, move: name, ...more });
  await move("secretary", 1, "plan", {
    due: "2100-03-31",
    fields: {
      measures: ["修补"],
      standard: "平整",
      fix_type: "at_once",
      horizon: "near",
      lead: units.town,
    },
  });
  await move("secretary", 2, "start");
  await move("secretary", 3, "claim_done", { fields: { result: "已修补" } });
  await move("lead", 4, "verify", { reason: "已看" });
  await move("office", 5, "strike");
  return id;
}

for (const size of ["desktop", "phone"]) {
  test(`on a ${size} a relapse is said and taken up again`, async () => {
    const problem = `村道破损 ${size}`;
    const id = await struckOff(problem);

    const owner = await arrive("secretary", size);
    await owner.open(`/matters/${id}`);
    const seen = owner.page.getByRole("region", { name: "回头看" });
    await seen.getByText("待回头看").waitFor();
    assert.equal(
      await seen.getByRole("button", { name: "填写回头看结果" }).count(),
      0,
    );
    await owner.close();

    const lead = await arrive("lead", size);
    await lead.open(`/matters/${id}`);
    const card = lead.page.getByRole("region", { name: "回头看" });
    await lead.settled();
    await card.scrollIntoViewIfNeeded();
    await lead.shot("look_back_awaited");
    await lead.check("look-back awaited");
    await lead.open(`/look-backs?unit=${units.town}&which=all`);
    await lead.page.getByRole("link", { name: problem }).waitFor();
    await lead.settled();
    await lead.shot("look_backs");
    await lead.check("look-backs");
    await lead.page.getByRole("button", { name: "应看未看" }).click();
    await lead.page.getByText("没有要回头看的").waitFor();
    await lead.open(`/matters/${id}?do=look_back`);
    await card.getByRole("button", { name: "填写回头看结果" }).click();
    const drawer = lead.page.locator("dialog");
    assert.ok(await drawer.getByLabel("成果巩固").isDisabled());
    await drawer.getByLabel("反弹").check();
    await drawer.getByLabel("看到了什么").fill("雨后又坏");
    await lead.settled();
    await lead.check("look-back form");
    await lead.shot("look_back_form");
    await drawer.getByRole("button", { name: "记录结果" }).click();
    await lead.page.getByText("已记录回头看结果：反弹（第 7 版）").waitFor();
    await card.getByText("雨后又坏").waitFor();
    await lead.settled();
    await card.scrollIntoViewIfNeeded();
    await lead.shot("look_back_found");
    await lead.check("look-back found");
    await lead.open("/todo");
    const waiting = lead.page.getByRole("region", { name: "台账待办" });
    await waiting
      .locator("li", { hasText: problem })
      .getByRole("link", { name: "反弹返工" })
      .waitFor();
    await lead.close();
  });
}
