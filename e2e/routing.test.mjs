/** The office writes a rule, tries it, lets it dispatch; a person's dispatch stays what it is. And from the city down to a stretch. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { LEADER, OFFICE, UNIT_NAME } from "./people.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, office, unit, kind;

before(async () => {
  city = await serve();
  chromium = await launch();
  office = await Visitor.signedIn(city, OFFICE);
  for (let next = ""; !unit; ) {
    const page = await office.json(`/api/v1/units${next ? `?after=${next}` : ""}`);
    unit = page.items.find((one) => one.name === UNIT_NAME)?.code;
    next = page.next;
    assert.ok(unit || next, `the city has no unit ${UNIT_NAME}`);
  }
  kind = (await office.json("/api/v1/cases")).items.find((one) => one.kind && one.lng).kind;
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

/** A report that waits for its unit. */
async function registered(words) {
  const { text } = await new Visitor(city).send("/report", { description: words, kind: "", other_kind: kind, address: "新华路", lng: "98.28", lat: "39.78" });
  const number = text.match(/CASE-\d{4}-\d{6}/)[0];
  await office.send(`/cases/${number}/confirmation`);
  await office.send(`/cases/${number}/registration`, { item: kind });
  return number;
}

const stateOf = async (number) => (await office.json(`/api/v1/cases/${number}`)).state;

test("a rule is written in the form, on a telephone, without a word of syntax", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  await page.goto("/admin/routing-rules/new");
  await page.getByLabel("名称", { exact: false }).first().fill("独角兽归本单位");
  await page.locator("#f-rule_words").fill("独角兽、麒麟");
  await page.locator("#f-rule_lead").selectOption(unit);
  await page.getByText("立案后自动派遣").click();
  await page.locator("#f-rule_why").fill("神兽由本单位饲养。");
  await page.getByRole("button", { name: "保存" }).click();
  await page.waitForURL(/\/admin\/routing-rules\/1$/);
  assert.match(await page.locator("main").innerText(), /独角兽、麒麟/);
});

test("a mistake in an expression is shown with its place, and what was typed is still there", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/admin/routing-rules/new");
  await page.locator("#f-rule_name").fill("写错的");
  await page.locator("details", { has: page.locator("#f-rule_expression") }).locator("summary").click();
  await page.locator("#f-rule_expression").fill("urgent && kindd");
  await page.locator("#f-rule_lead").selectOption(unit);
  await page.locator("#f-rule_why").fill("试试");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText(/第 1 行第 11 个字符/).first().waitFor();
  assert.equal(await page.locator("#f-rule_name").inputValue(), "写错的");
  assert.equal(await page.locator("#f-rule_expression").inputValue(), "urgent && kindd");
});

test("the rule dispatches what is registered, and the case says so", async () => {
  const number = await registered("路上来了一只独角兽");
  await until("the rule has dispatched it", async () => (await stateOf(number)) === "dispatched", { seconds: 30 });
  const { text } = await office.get(`/cases/${number}`);
  assert.match(text, /按分派规则 1（第 1 版）/);
  assert.match(text, /神兽由本单位饲养/);
});

test("tried on past cases, every number opens to its cases", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/admin/routing-rules");
  await page.getByRole("button", { name: "开始试运行" }).click();
  await page.waitForURL(/\/tasks\/\d+$/);
  await page.getByRole("link", { name: "查看结果" }).click({ timeout: 60000 });
  await page.waitForURL(/\/dry-runs\/\d+$/);
  const tile = page.locator("a.tile", { hasText: "没有规则符合" });
  const count = Number((await tile.locator(".tile-value").innerText()).replaceAll(",", ""));
  await tile.click();
  await page.waitForURL(/verdict=unmatched/);
  const head = await page.locator("#cases-title").innerText();
  assert.equal(Number(head.replace(/\D/g, "")), count);
});

test("from the city down to the stretch, and the heat map has a table", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/statistics?by=area&from=2020-01-01");
  const total = () => page.locator("tfoot td").first().innerText();
  const rows = () => page.locator("main table.grid-cards tbody tr").count();
  assert.ok((await rows()) > 1, "the streets at once, not the city alone");
  const whole = await total();
  for (let depth = 0; depth < 6; depth += 1) {
    const below = page.locator("main table.grid-cards tbody a.cell-title[href^='?']").first();
    if ((await below.count()) === 0) break;
    await below.click();
    await page.waitForLoadState();
  }
  const crumbs = await page.locator("main ol.crumbs li").count();
  assert.ok(crumbs >= 3, `only ${crumbs} levels down`);
  await page.locator("main ol.crumbs a").first().click();
  await page.waitForLoadState();
  assert.equal(await total(), whole);
  await page.goto("/statistics/heat?from=2020-01-01");
  const first = page.locator("main table tbody tr").first().locator("td.cell-num a");
  const cases = Number((await first.innerText()).replaceAll(",", ""));
  const query = new URL(await first.getAttribute("href"), "http://x").search;
  const counted = await office.get(`/cases/count${query}`);
  assert.equal(Number(counted.text.match(/<h1[^>]*>([^<]*)/)[1].replace(/\D/g, "")), cases);
});

test("a switch needs its reason, and what was found is kept as PDF", async () => {
  const leader = await Visitor.signedIn(city, LEADER);
  const page = await open(chromium.browser, city, { as: LEADER });
  await page.goto("/admin/self-check");
  await page.locator("#f-reason").fill("上级文件要求，备案时已说明");
  await page.locator("#f-until").fill(new Date(Date.now() + 40 * 86400e3).toISOString().slice(0, 10));
  await page.getByRole("button", { name: "打开" }).click();
  await page.getByText("上级文件要求，备案时已说明").first().waitFor();
  await page.goto("/statistics");
  await page.getByRole("columnheader", { name: "名次" }).waitFor();
  await page.goto("/admin/self-check");
  await page.getByRole("button", { name: "关闭" }).click();
  await page.getByRole("button", { name: "记录本次自查" }).click();
  await page.waitForURL(/\/records\/\d+$/);
  const at = new URL(page.url()).pathname;
  for (const kind of ["pdf", "docx"]) {
    assert.equal((await leader.get(`${at}/${kind}`)).status, 200, kind);
  }
});
