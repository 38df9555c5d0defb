/** A round comes in as a workbook, its texts are settled at the desk, the score opens to a row, and the row becomes a case. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, LEADER, OFFICE, UNIT_NAME } from "./people.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, office;

const HEAD = "序号,项目,考察点位,扣分,得分,区域,责任单位2,责任单位3";
const WORKBOOK = [
  HEAD,
  `1,公共环境1,新华路东段,,1,,${UNIT_NAME},`,
  `2,公共环境1,新华路西段,0.5,0.5,,${UNIT_NAME},`,
  "2,公共环镜1,人民公园,1,0,,没有的局,",
  "4,窗口服务,政务大厅,,1,,,",
].join("\n");
const ITEMS = "id,name\n1,公共环境\n2,窗口服务\n";

before(async () => {
  city = await serve();
  chromium = await launch();
  office = await Visitor.signedIn(city, OFFICE);
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const noWider = async (page) => {
  const wide = await tooWide(page);
  assert.ok(wide <= 0, `${page.url()} is ${wide} px too wide`);
};

test("a workbook is tried, its report is read, and it is imported by the next press", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/assessment/rounds/new");
  await page.setInputFiles("#f-import_file", { name: "三月.csv", mimeType: "text/csv", buffer: Buffer.from(WORKBOOK) });
  await page.locator("#f-round_name").fill("三月考察");
  await page.locator("summary", { hasText: "对照表" }).click();
  await page.setInputFiles("#f-table_items", { name: "items.csv", mimeType: "text/csv", buffer: Buffer.from(ITEMS) });
  await page.setInputFiles("#f-table_units", { name: "units.csv", mimeType: "text/csv", buffer: Buffer.from(`id,name\n1,${UNIT_NAME}\n`) });
  await page.getByRole("button", { name: "先试一遍" }).click();
  await page.getByText("读到 4 行，可以导入 4 行").waitFor();
  await page.getByRole("cell", { name: "名称表里没有" }).first().waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "报告（XLSX）" }).click()]);
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  await page.getByRole("button", { name: /正式导入/ }).click();
  await page.getByRole("heading", { name: "三月考察" }).waitFor();
  // 公共环境1 is 0.75, 公共环镜1 nothing, 窗口服务 1: 1.75 of 3
  await page.locator(".tile", { hasText: "58.33%" }).waitFor();
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("at the desk, on a phone, a person settles what a text means, and takes it back", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  await page.goto("/assessment/rounds");
  await page.getByRole("link", { name: "三月考察" }).click();
  await noWider(page);
  await page.getByRole("link", { name: "写法认定" }).click();
  await noWider(page);
  await page.getByRole("button", { name: "公共环境" }).first().click();
  await page.getByText(/成绩由 1\.75 \/ 3 .* 变为/).waitFor();
  await page.getByRole("button", { name: "取消认定" }).first().click();
  await page.locator("h2", { hasText: "待认定的写法（2）" }).waitFor();
  await page.getByRole("button", { name: "公共环境" }).first().click();
  await page.locator("tr", { hasText: "没有的局" }).getByRole("button", { name: "保留原文" }).click();
  await page.locator("h2", { hasText: "已经认定的（2）" }).waitFor();
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("the score opens down to a row, which becomes a case that knows where it came from", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/assessment/rounds");
  await page.getByRole("link", { name: "三月考察" }).click();
  await page.getByRole("link", { name: "公共环境", exact: true }).click();
  await page.getByRole("link", { name: "人民公园" }).click();
  await page.locator("ol.crumbs", { hasText: "第 4 行" }).waitFor();
  await page.getByRole("button", { name: "转为案卷" }).click();
  await page.locator(".page-actions a[href^='/cases/CASE-']").click();
  await page.getByText("来自实地考察").waitFor();
  await page.getByRole("link", { name: "查看这一行" }).click();
  await page.locator("ol.crumbs", { hasText: "第 4 行" }).waitFor();
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("checked and published, a unit sees its own points and no others, in English too", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/assessment/rounds");
  await page.getByRole("link", { name: "三月考察" }).click();
  const at = new URL(page.url()).pathname;
  for (const step of ["核对完毕", "发布"]) {
    await page.getByRole("link", { name: step, exact: true }).click();
    await page.getByRole("button", { name: step, exact: true }).click();
    await page.waitForURL((url) => url.pathname === at);
  }
  await page.locator(".state", { hasText: "已发布" }).waitFor();
  await page.context().close();
  const unit = await open(chromium.browser, city, { as: CLERK, lang: "en", size: PHONE });
  await unit.goto(at);
  await unit.getByText("75.00%").waitFor();
  await noWider(unit);
  await unit.getByRole("link", { name: "Rows", exact: true }).click();
  await unit.getByText("2 rows").waitFor();
  const clerk = await Visitor.signedIn(city, CLERK);
  assert.equal((await clerk.get(`${at}/desk`)).status, 404);
  assert.equal((await clerk.get(`${at}/rows/4`)).status, 404);
  assert.deepEqual(faults(unit), []);
  await unit.context().close();
  const leader = await Visitor.signedIn(city, LEADER);
  assert.equal((await leader.get(`${at}/report?format=json`)).status, 200);
});

test("a unit appeals against its point on a phone, the office upholds it, and the unit's figure moves", async () => {
  const unit = await open(chromium.browser, city, { as: CLERK, size: PHONE });
  await unit.goto("/assessment/rounds");
  await unit.getByRole("link", { name: "三月考察" }).click();
  const at = new URL(unit.url()).pathname;
  await unit.getByText("75.00%").first().waitFor();
  await unit.goto(`${at}/rows`);
  await unit.getByRole("link", { name: "新华路西段" }).click();
  await unit.getByRole("link", { name: "申诉", exact: true }).click();
  await noWider(unit);
  await unit.fill("#f-appeal_grounds", "当天该段由市政公司封闭施工，不归本单位保洁。");
  await unit.fill("#f-appeal_wanted", "2");
  await unit.getByRole("button", { name: "申诉", exact: true }).click();
  await unit.locator(".problems").waitFor();
  assert.match(await unit.inputValue("#f-appeal_grounds"), /封闭施工/, "what was typed is still there");
  await unit.fill("#f-appeal_wanted", "0");
  await unit.getByRole("button", { name: "申诉", exact: true }).click();
  await unit.locator(".state", { hasText: "待答复" }).waitFor();
  const appeal = new URL(unit.url()).pathname;
  await noWider(unit);

  const desk = await open(chromium.browser, city, { as: OFFICE });
  await desk.goto(appeal);
  await desk.fill("#f-appeal_answer", "情况属实，予以更正。");
  // upholding says how the standard was read and how it is read now
  await desk.getByRole("button", { name: "申诉成立，更正扣分" }).click();
  await desk.locator(".problems").waitFor();
  assert.equal(await desk.inputValue("#f-appeal_answer"), "情况属实，予以更正。", "what was typed is still there");
  await desk.fill("#f-rule_old", "路面有垃圾即扣分。");
  await desk.fill("#f-rule_new", "封闭施工的路段不扣责任单位的分。");
  await desk.fill("#f-new_lost", "0");
  await desk.getByRole("button", { name: "申诉成立，更正扣分" }).click();
  await desk.locator(".state", { hasText: "申诉成立" }).waitFor();
  assert.deepEqual(faults(desk), []);
  await desk.context().close();

  await unit.goto(at);
  await unit.getByText(/^100(\.00)?%$/).first().waitFor();
  await unit.goto(`${at}/rows`);
  await unit.getByRole("link", { name: "新华路西段" }).click();
  await unit.getByText("文件里写的是扣 0.5，已按申诉更正。").waitFor();
  assert.ok(await unit.getByRole("link", { name: /^AP-/ }).isVisible(), "the row leads to its appeal");
  assert.equal((await (await Visitor.signedIn(city, CLERK)).get(`${appeal}`)).status, 200);
  assert.deepEqual(faults(unit), []);
  await unit.context().close();
});

test("a scheme's draft is changed, a wrong rule is told with its place, and its figures open", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/assessment/schemes/SC-0002");
  await page.locator("main table a.cell-title").nth(2).click();
  await page.locator("#f-node_ways").fill("实地考察 | 8 | 扣分(100)");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("第 1 行第 1 个字：括号里要有 3 个数").first().waitFor();
  await page.locator("#f-node_ways").fill("实地考察 | 9 | 扣分(100, 1, 2)");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("扣分(100, 1, 2)").first().waitFor();
  await page.getByRole("link", { name: "与另一版比较" }).click();
  await page.getByText(/平均\(1\) → .*扣分\(100, 1, 2\)/).first().waitFor();
  await page.goto("/assessment/schemes/SC-0001");
  await page.locator("#filter-by").selectOption("AR-000002");
  await page.waitForURL(/by=AR-000002/);
  await page.locator(".tile", { hasText: "得分率" }).waitFor();
  assert.equal((await office.get("/assessment/schemes/SC-0001?format=xlsx")).status, 200);
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("a score pack is handed out, agrees, and tells what somebody changed in it", async () => {
  const page = await open(chromium.browser, city, { as: LEADER });
  await page.goto("/assessment/schemes/SC-0001?by=AR-000001");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "成绩包" }).click()]);
  assert.match(download.suggestedFilename(), /^PK-\d{4}-\d{4}\.json$/);
  const bytes = readFileSync(await download.path());
  await page.getByRole("link", { name: "成绩包" }).click();
  const check = async (buffer) => {
    await page.setInputFiles("#f-pack_file", { name: "pack.json", mimeType: "application/json", buffer });
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "重新计算" }).click()]);
  };
  await check(bytes);
  await page.getByText("全部数字与重新计算的一致").waitFor();
  await noWider(page);
  await check(Buffer.from(bytes.toString().replace('"lost": "0.5"', '"lost": "0.6"')));
  await page.getByText("这个成绩包有问题").waitFor();
  await page.getByText("签名后改动过的有 1 处").waitFor();
  await page.locator("td", { hasText: "AR-000001/score" }).waitFor();
  await check(Buffer.from("{}"));
  await page.locator(".field-error", { hasText: "这不是成绩包" }).waitFor();
  await page.context().close();
});

test("what happened counts when a leader has confirmed it, on a phone", async () => {
  const desk = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  await desk.goto("/assessment/negative");
  await noWider(desk);
  await desk.getByRole("link", { name: "登记事件" }).first().click();
  await desk.selectOption("#f-event_entry", "Y-05");
  await desk.fill("#f-event_title", "市场门口污水横流被曝光");
  await desk.fill("#f-happened_on", "2030-01-01");
  await desk.fill("#f-event_source", "电视报道");
  await Promise.all([desk.waitForNavigation(), desk.getByRole("button", { name: "保存" }).click()]);
  await desk.locator(".field-error", { hasText: "这一天还没有到" }).waitFor();
  assert.equal(await desk.inputValue("#f-event_title"), "市场门口污水横流被曝光");
  await desk.fill("#f-happened_on", new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10));
  await Promise.all([desk.waitForNavigation(), desk.getByRole("button", { name: "保存" }).click()]);
  const address = desk.url().split("?")[0];
  await noWider(desk);
  const points = async (page) => {
    await page.goto("/assessment/negative?status=nominee");
    return page.locator(".tile", { hasText: "扣分" }).locator(".tile-value").innerText();
  };
  const before = Number(await points(desk));
  const leader = await open(chromium.browser, city, { as: LEADER });
  await leader.goto(address);
  await leader.getByRole("link", { name: "认定", exact: true }).click();
  await Promise.all([leader.waitForNavigation(), leader.getByRole("button", { name: "认定" }).click()]);
  assert.equal(Number(await points(leader)), before + 1);
  const clerk = await open(chromium.browser, city, { as: CLERK });
  assert.equal((await clerk.goto(address)).status(), 404);
  for (const page of [desk, leader, clerk]) await page.context().close();
});
