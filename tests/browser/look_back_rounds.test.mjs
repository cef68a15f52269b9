// The office opens a round over what was struck off and locks it; who looks finds what is drawn.
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

// Struck off today, problems may be looked at in ninety days.
const inDays = (days) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

for (const size of ["desktop", "phone"]) {
  test(`on a ${size} a round of look-backs is opened, looked at and locked`, async () => {
    const [road, lamp] = [`村道破损 ${size}`, `路灯不亮 ${size}`];
    const lookedAt = await struckOff(road);
    await struckOff(lamp);

    const office = await arrive("office", size);
    await office.open("/look-backs");
    await office.page.getByRole("link", { name: "回头看轮次" }).click();
    await office.page.getByRole("button", { name: "开回头看轮次" }).click();
    const box = office.page.locator("dialog");
    await box.getByLabel("名称").fill(`回头看 ${size}`);
    await box.getByRole("button", { name: "抽百分之几" }).click();
    await office.settled();
    await office.shot("look_round_open");
    await office.check("open a round of look-backs");
    await office.close();

    // With a last day far enough, which a picker reaches by many clicks.
    const { id } = await post("office", "/look-back-rounds", {
      unit: units.root,
      name: `回头看 ${size}`,
      until: inDays(120),
      strata: "type",
    });
    const owner = await arrive("secretary", size);
    await owner.open("/look-back-rounds?view=looker");
    await owner.page.getByText("没有要本单位看的").waitFor();
    await owner.close();

    const lead = await arrive("lead", size);
    await lead.open("/look-back-rounds?view=looker");
    await lead.page.getByRole("link", { name: `回头看 ${size}` }).click();
    await lead.page.getByRole("link", { name: road }).waitFor();
    assert.equal(
      await lead.page.getByRole("region", { name: "总体情况" }).count(),
      0,
    );
    assert.equal(await lead.page.getByText("种子").count(), 0);
    await lead.close();
    await post("lead", `/matters/${lookedAt}/look-backs`, {
      version: 6,
      outcome: "relapsed",
      reason: "雨后又坏",
    });

    const again = await arrive("office", size);
    await again.open("/look-back-rounds");
    await again.page.getByRole("link", { name: `回头看 ${size}` }).waitFor();
    await again.settled();
    await again.shot("look_rounds");
    await again.check("rounds of look-backs");
    await again.open(`/look-back-rounds/${id}`);
    await again.page.getByRole("link", { name: lamp }).waitFor();
    await again.settled();
    await again.shot("look_round");
    await again.check("a round of look-backs");
    await again.page.getByRole("button", { name: "重新抽取" }).click();
    const anew = again.page.locator("dialog");
    await anew.getByLabel("重新抽取的理由").fill("名单重新核对过");
    await anew.getByRole("button", { name: "重新抽取" }).click();
    await again.page.getByText("重新抽取的理由：名单重新核对过").waitFor();
    await again.page.getByRole("button", { name: "锁定" }).click();
    const lock = again.page.locator("dialog");
    await lock.getByLabel(lamp).fill("汛期封路");
    const others = lock.getByRole("button", { name: "其余的写同样的理由" });
    if ((await others.count()) > 0) await others.click();
    await again.settled();
    await again.shot("look_round_lock");
    await again.check("lock a round of look-backs");
    await lock.getByRole("button", { name: "锁定" }).click();
    await again.page.getByText("已锁定").waitFor();
    await again.page.getByRole("tab", { name: "成绩清单" }).click();
    await again.page.getByText("雨后又坏").waitFor();
    await again.page.getByText("没有看的理由：汛期封路").first().waitFor();
    await again.settled();
    await again.shot("look_round_locked");
    await again.check("a locked round of look-backs");
    await again.close();

    // What was looked at is known to whoever is responsible; the rest of the round was locked.
    const told = await arrive("secretary", size);
    await told.open(`/look-back-rounds/${id}`);
    await told.page.getByRole("link", { name: road }).waitFor();
    assert.equal(await told.page.getByRole("link", { name: lamp }).count(), 0);
    await told.close();
  });
}
