/** The security administrator sets days, holds a case and has what is due erased, on a phone; the system administrator makes a key. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { AUDITOR, OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN } from "./people.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, office, auditor;

before(async () => {
  city = await serve();
  chromium = await launch();
  [office, auditor] = await Promise.all([OFFICE, AUDITOR].map((login) => Visitor.signedIn(city, login)));
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});


test("days are set within the law, a case is held, what is due is erased", async () => {
  const page = await open(chromium.browser, city, { as: SECURITY_ADMIN, size: PHONE });
  await page.goto("/admin/keeping");
  assert.ok((await tooWide(page)) <= 0);
  await page.getByRole("link", { name: "上报人和关注人" }).click();
  await page.fill("[name=days]", "30");
  await page.fill("[name=reason]", "试一试");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("应在 90 到").first().waitFor();
  assert.equal(await page.inputValue("[name=reason]"), "试一试", "what was typed is still there");
  await page.fill("[name=days]", "90");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("已调整").first().waitFor();

  const { items } = await office.json("/api/v1/cases?state=closed");
  const number = items[0].number;
  await page.goto("/admin/keeping/holds");
  await page.fill("[name=case_number]", number);
  await page.fill("[name=reason]", "(2026)甘02行初7号");
  await page.getByRole("button", { name: "保全", exact: true }).click();
  await page.locator("td", { hasText: number }).waitFor();
  assert.ok((await tooWide(page)) <= 0);

  await page.goto("/admin/keeping/preview");
  assert.ok((await tooWide(page)) <= 0);
  await page.goto("/admin/keeping");
  await page.getByRole("button", { name: "删除到期内容" }).click();
  await page.waitForURL("**/admin/keeping/runs**");
  await until("the run has ended", async () => {
    const runs = await auditor.json("/api/v1/admin/keeping/runs");
    return runs.items.find((run) => run.by_hand && run.finished_at);
  }, { seconds: 120 });
  await page.reload();
  await page.getByText("安全").first().waitFor();
  assert.ok((await tooWide(page)) <= 0);
  assert.equal((await office.json(`/api/v1/cases/${number}`)).number, number, "the case is still there");

  await page.goto("/admin/keeping/holds");
  await page.getByRole("link", { name: "解除", exact: true }).click();
  await page.fill("[name=reason]", "判决生效");
  await page.getByRole("button", { name: "解除" }).click();
  await page.getByText("没有保全").waitFor();
  assert.deepEqual(faults(page), []);
});

test("a long list of units is shortened by typing a part of a name or its first letters", async () => {
  const page = await open(chromium.browser, city, { as: SECURITY_ADMIN, size: PHONE });
  await page.goto("/admin/keeping/holds");
  const list = page.locator("select[name=unit]");
  const texts = () => list.locator("option").evaluateAll((all) => all.slice(1).map((option) => option.textContent));
  const whole = await texts();
  assert.ok(whole.length > 20, "there are many");
  const box = page.locator("input.narrow");
  await box.fill("城市管理");
  const part = await texts();
  assert.ok(part.length > 0 && part.length < whole.length && part.every((name) => name.includes("城市管理")), part.join());
  await page.locator(".field-count", { hasText: `符合 ${part.length} 项` }).waitFor();
  await box.fill("CSGLJ");
  assert.ok((await texts()).some((name) => name.includes("城市管理局")), "by first letters, in capitals too");
  await box.press("Enter");
  assert.match(await list.evaluate((select) => select.selectedOptions[0].textContent), /城市管理局/);
  assert.equal(new URL(page.url()).pathname, "/admin/keeping/holds", "Enter chooses, and sends nothing");
  // what is chosen stays, whatever is looked for next
  await box.fill("没有这个单位");
  assert.equal((await texts()).length, 1);
  assert.match(await list.evaluate((select) => select.selectedOptions[0].textContent), /城市管理局/);
  await box.fill("");
  assert.deepEqual(await texts(), whole, "all of it is back, in its order");
  assert.ok((await tooWide(page)) <= 0);
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("a new key is made after a second look, and is not shown", async () => {
  const page = await open(chromium.browser, city, { as: SYSTEM_ADMIN, size: PHONE });
  await page.goto("/admin/data-keys");
  assert.ok((await tooWide(page)) <= 0);
  await page.getByRole("link", { name: "更换密钥" }).click();
  await page.getByText("data-keys.json").first().waitFor();
  await page.getByRole("button", { name: "生成新密钥" }).click();
  await page.waitForURL(/data-keys(\?|$)/);
  await page.getByText("正在替换").waitFor();
  assert.ok((await tooWide(page)) <= 0);
  assert.deepEqual(faults(page), []);
});
