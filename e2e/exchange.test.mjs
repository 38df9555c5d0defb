/** A hotline on this machine hands orders over; the screens show what would happen, what did, and where the two disagree. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { PHONE, faults, launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { OFFICE, SYSTEM_ADMIN } from "./people.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

// the hotline stands in a network that the operator has opened
process.env.CHUANGCHENG_PARTNER_ALLOW = "127.0.0.1/32";

let city, chromium, hotline, address;
const changes = [];
const results = [];

const order = (number, revision, kind, more = {}) => ({ id: `${number}/${revision}`, order: number, revision, kind, at: new Date().toISOString(), ...more });
const created = (number, more = {}) =>
  order(number, 1, "created", {
    snapshot: { number, revision: 1, state: "处理中", category: "垃圾清运", text: "市民反映门口垃圾没有清运", title: `垃圾堆放 ${number}`, address: "新华北路12号", ...more },
  });

before(async () => {
  hotline = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const at = new URL(request.url, "http://hotline");
      const tell = (status, body) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      if (request.headers.authorization !== "Bearer geheim-1") return tell(401, {});
      if (at.pathname === "/api/changes") {
        const from = Number(at.searchParams.get("after") || 0);
        return tell(200, { changes: changes.slice(from), next: String(changes.length), more: false });
      }
      if (at.pathname === "/api/results") {
        results.push(JSON.parse(Buffer.concat(parts).toString("utf8")));
        return tell(200, {});
      }
      return tell(404, {});
    });
  });
  await new Promise((resolve) => hotline.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${hotline.address().port}/api`;
  [city, chromium] = await Promise.all([serve(), launch()]);
});

after(async () => {
  await chromium?.close();
  await city?.stop();
  hotline?.close();
});

test("from setting a partner up to deciding who is right", async () => {
  // the system administrator sets it up; the key for pushing is shown once
  const admin = await open(chromium.browser, city, { as: SYSTEM_ADMIN });
  await admin.goto("/exchange/partners/new");
  await admin.getByLabel("名称").fill("市12345热线");
  await admin.getByLabel(/接口地址/).fill(address);
  await admin.getByLabel(/对方给的凭据/).fill("geheim-1");
  await admin.getByLabel(/允许对方推送/).check();
  await admin.getByRole("button", { name: "保存" }).click();
  assert.match(await admin.locator("#once").innerText(), /^xk_[0-9a-f]{64}$/);
  await admin.getByRole("link", { name: "已经记下" }).click();
  await admin.waitForURL(/\/exchange\/partners\/XP-\d+$/);
  const path = new URL(admin.url()).pathname;

  // the office tries what would happen, on a phone, and then lets it happen
  const office = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  const seen = await Visitor.signedIn(city, OFFICE);
  changes.push(created("H1"), created("H2"), { order: "H3" });
  await office.goto(path);
  await office.getByRole("button", { name: "试运行" }).click();
  await office.getByText("新建案卷").first().waitFor();
  await office.getByText("进入待修清单").waitFor();
  await office.goto(path);
  await office.getByRole("button", { name: "立即拉取" }).click();
  const items = async () => (await seen.json("/api/v1/cases?source=hotline")).items;
  await until("both orders are cases", async () => (await items()).length === 2, { seconds: 40 });

  // a word that nobody has mapped is mapped from the repair list
  await office.goto("/exchange/repairs?list=values");
  await office.locator("tr", { hasText: "垃圾清运" }).getByRole("link", { name: "对照" }).click();
  const word = office.locator("tr", { hasText: "垃圾清运" });
  await word.getByRole("combobox").selectOption({ index: 1 });
  await word.getByRole("button", { name: "保存" }).click();
  await office.getByText("“垃圾清运”的对照").waitFor();

  // what cannot be read is put away with a reason
  await office.goto("/exchange/repairs");
  const row = office.locator("tr", { hasText: "看不懂" });
  await row.getByText("处理", { exact: true }).click();
  await row.getByLabel("理由").fill("对方测试数据");
  await row.getByRole("button", { name: "移出清单" }).click();
  await office.getByText(/XI-\d+ 已处理/).waitFor();

  // they close an order that nobody has handled here: the office keeps ours, and they hear how it stands
  changes.push(order("H1", 2, "closed"));
  await office.goto(path);
  await office.getByRole("button", { name: "立即拉取" }).click();
  await until("the two disagree", async () => (await seen.json("/api/v1/exchange/differences")).items.some((d) => d.order === "H1" && d.aspect === "state"), { seconds: 40 });
  await office.goto("/exchange/differences?aspect=state");
  await office.locator("tr", { hasText: "H1" }).getByRole("link").first().click();
  await office.getByRole("button", { name: "保留我方的" }).click();
  await office.getByText("必须填写").first().waitFor();
  await office.getByLabel(/理由/).fill("还没有派单");
  await office.getByRole("button", { name: "保留我方的" }).click();
  await office.getByText(/XD-\d+ 已裁定/).waitFor();
  await until("they hear how it stands here", () => results.some((r) => r.order === "H1" && r.kind === "status" && r.stage === "received"), { seconds: 40 });
  assert.deepEqual([...faults(office), ...faults(admin)].filter((fault) => !/422/.test(fault)), []);
});
