/** The staff menu: long groups fold, what a person chose holds on the next page, and the page one is on is always shown. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { OFFICE, SECURITY_ADMIN } from "./people.mjs";

let city, chromium;
before(async () => {
  city = await serve();
  chromium = await launch();
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const folds = async (page) => Object.fromEntries(await page.locator(".sidenav-group").evaluateAll((all) => all.map((g) => [g.dataset.fold, g.open])));

test("the office's registers and administration are folded until asked for, and stay as they were left", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/today");
  assert.deepEqual(await folds(page), { "menu-follow": true, "menu-registers": false, "menu-admin": false });
  await page.locator('[data-fold="menu-registers"] summary').click();
  await page.locator('[data-fold="menu-follow"] summary').press("Enter");
  await page.locator('[data-fold="menu-registers"] a[href="/sections"]').click();
  await page.waitForURL(/\/sections/);
  assert.deepEqual(await folds(page), { "menu-follow": false, "menu-registers": true, "menu-admin": false });
  // the page one is on is never hidden
  await page.goto("/second-looks");
  assert.equal((await folds(page))["menu-follow"], true);
  assert.ok(await page.locator('a[href="/second-looks"][aria-current]').isVisible());
  await page.context().close();
});

test("a short menu is shown whole, and folds without script too", async () => {
  const page = await open(chromium.browser, city, { as: SECURITY_ADMIN, script: false });
  await page.goto("/admin/programs");
  const before = await folds(page);
  assert.ok(Object.keys(before).length > 0 && Object.values(before).every(Boolean), JSON.stringify(before));
  await page.locator(".sidenav-group summary").first().click();
  assert.equal(Object.values(await folds(page))[0], false);
  await page.context().close();
});
