/** Searching by initials, by a slip, and from the keyboard; a street that is written wrong is offered; signs come as a PDF. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, OFFICE } from "./people.mjs";

let city, chromium;
before(async () => {
  city = await serve();
  chromium = await launch();
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});
/** For somebody to look at, where E2E_SHOTS names a folder. */
const shot = (page, name) => process.env.E2E_SHOTS && page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}.png` });

test("initials find a street while they are typed, and the keyboard opens it", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/today");
  await page.keyboard.press("/");
  await page.keyboard.type("hcbl");
  const hit = page.locator("#shell-suggestions a", { hasText: "环城北路" }).first();
  await hit.waitFor();
  assert.match(await page.locator("#shell-suggestions").innerText(), /首字母/);
  await shot(page, "search-suggestions");
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.evaluate(() => document.activeElement.closest("#shell-suggestions") !== null));
  const href = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname + url.search === href || url.pathname === href);
  await page.goto("/today");
  await page.fill("#shell-q", "hcbl");
  await page.locator("#shell-suggestions a").first().waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#shell-suggestions a").count(), 0);
  await page.context().close();
});

test("a slip in a street's name is forgiven, with the reason, and without script", async () => {
  const page = await open(chromium.browser, city, { as: CLERK, script: false });
  await page.goto("/today");
  await page.goto(`/search?q=${encodeURIComponent("环成北路")}`);
  const text = await page.locator("main").innerText();
  assert.match(text, /环城北路/);
  assert.match(text, /读音相同/);
  await page.goto(`/search?q=${encodeURIComponent("独角兽麒麟")}`);
  assert.doesNotMatch(await page.locator("main").innerText(), /环城北路/);
  for (const odd of ["", "%", "'", "x".repeat(5000), "\u0000\u0001"]) {
    const answer = await page.goto(`/search?q=${encodeURIComponent(odd)}`);
    assert.ok(answer.status() < 500, odd.slice(0, 5));
  }
  await page.context().close();
});

test("whoever reports is offered the street that was meant", async () => {
  const page = await open(chromium.browser, city, {});
  await page.goto("/report");
  await page.locator("#f-address").pressSequentially("环成北路12号");
  const offered = page.locator("[data-fill='#f-address']").first();
  await offered.waitFor();
  assert.match(await offered.innerText(), /环城北路/);
  await shot(page, "report-street-meant");
  await offered.click();
  assert.equal(await page.inputValue("#f-address"), "环城北路12号");
  await page.context().close();
});

test("signs of adopted stretches come as a PDF", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/streets/signs");
  await shot(page, "signs");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("form[action^='/streets/signs'] button:not([data-print])").click()]);
  const bytes = await readFile(await file.path());
  assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  assert.ok(bytes.length > 20_000);
  await page.context().close();
});
