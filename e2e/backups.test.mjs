/** Backups and drills: asked for with a button, and listed with how they went. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { SYSTEM_ADMIN } from "./people.mjs";
import { until } from "./until.mjs";

describe("backups", () => {
  let city, chromium, page;
  before(async () => {
    [city, chromium] = await Promise.all([serve(), launch()]);
    page = await open(chromium.browser, city, { as: SYSTEM_ADMIN });
  });
  after(async () => {
    await chromium?.close();
    await city?.stop();
  });
  const row = async (kind) => {
    await page.goto("/admin/backups");
    const rows = await page.locator("main table tbody tr").allInnerTexts();
    return rows.find((text) => text.includes(kind)) ?? "";
  };
  const ask = (kind) => page.click(`form:has(input[name=kind][value=${kind}]) button`);

  test("a backup lies in the folder when it is done", async () => {
    await page.goto("/admin/backups");
    // one of the night before may be under way already
    if (await page.locator("form:has(input[value=backup]) button").isEnabled()) await ask("backup");
    await until("it is done", async () => /完成/.test(await row("备份\n")));
    const files = readdirSync(join(city.data, "backups"));
    assert.ok(files.some((name) => /^620200-\d{8}-\d{6}\.tar\.zst$/.test(name)), files.join());
    assert.match(await page.locator("main .callout-ok").innerText(), /完好/);
  });

  test("a drill restores it, says how many rows it found, and leaves nothing behind", async () => {
    await page.goto("/admin/backups");
    await ask("drill");
    await until("it is done", async () => /完成/.test(await row("恢复演练\n")));
    const [backup, drill] = [await row("备份\n"), await row("恢复演练\n")];
    const count = (text) => /([\d,]{4,})/.exec(text.replace(/620200\S+/, ""))?.[1];
    assert.ok(count(drill), drill);
    assert.ok(count(backup), backup);
    assert.ok(!existsSync(join(city.data, "620200", "drill")));
  });

  test("a plan out of its bounds is refused, and what was typed stays", async () => {
    await page.goto("/admin/backups");
    await page.fill("#f-days", "1");
    await page.click('form[action="/admin/backups/plan"] button');
    assert.match(await page.locator("#f-days-error").innerText(), /2/);
    assert.equal(await page.inputValue("#f-days"), "1");
  });
});
