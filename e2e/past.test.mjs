/**
 * The time machine as people use it: the office opens a day that is over, finds that day's cases and streets, can do nothing
 * there, and comes back to now; on a telephone too, and without script.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { OFFICE } from "./people.mjs";
import { day } from "./scene.mjs";

let city, chromium;
before(async () => {
  city = await serve();
  chromium = await launch();
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const close = (page) => page.context().close();

test("a day is chosen, read and left", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/past");
  await page.locator("#as-of-day").fill(day(-2));
  await page.getByRole("button", { name: "看这一天" }).click();
  await page.waitForURL(new RegExp(`on=${day(-2)}`));
  await page.locator(".as-of-text", { hasText: "当天结束时的情况" }).waitFor();
  const open_then = await page.locator(".tile").first().locator(".tile-value").innerText();
  // the tile opens as many cases as it says
  await page.locator(".tile").first().click();
  await page.waitForURL(/\/cases\?/);
  await page.locator(".list-count", { hasText: open_then.trim() }).waitFor();
  assert.equal(await page.locator("[data-bulk]").count(), 0, "nothing can be done to several");
  assert.equal(await page.locator("main a[href='/cases/new']").count(), 0);
  await page.getByRole("link", { name: "前一天" }).click();
  await page.waitForURL(new RegExp(`on=${day(-3).replaceAll("-", "(-|%2D)")}`));
  await page.getByRole("link", { name: "回到现在" }).click();
  await page.waitForURL((url) => !url.search.includes("on="));
  assert.equal(await page.locator(".as-of-text").count(), 0);
  assert.deepEqual(faults(page), []);
  await close(page);
});

test("the map of a day asks for that day", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  const asked = [];
  page.on("request", (request) => request.url().includes("/geo/") && asked.push(new URL(request.url())));
  await page.goto(`/past?on=${day(-2)}`);
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await page.waitForLoadState("networkidle");
  for (const layer of ["stretches", "sections", "cases"]) {
    const one = asked.find((url) => url.pathname === `/geo/${layer}.json`);
    assert.equal(one?.searchParams.get("on"), day(-2), layer);
  }
  assert.deepEqual(faults(page), []);
  await close(page);
});

test("two days are compared on a telephone, and nothing hangs over the edge", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  await page.goto(`/past?on=${day(-30)}`);
  await page.locator("#past-with").fill(day(-1));
  await page.getByRole("button", { name: "对比", exact: true }).click();
  await page.locator("table", { hasText: "变化" }).first().waitFor();
  const wide = await tooWide(page);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await close(page);
});

test("a day to come and a day before everything are refused in words", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  for (const [on, words] of [[day(2), "这一天还没有到"], ["1990-01-01", "最早可以看"], ["nonsense", "要填日期"]]) {
    const answer = await page.goto(`/past?on=${on}`);
    assert.equal(answer.status(), 422);
    await page.getByText(words).waitFor();
  }
  await close(page);
});
