/** Paper forms: printed, filled in by hand, scanned; the case is there by itself, and what is written is typed. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { filled, pagesOf } from "./form.mjs";
import { CLERK, OFFICE } from "./people.mjs";
import { until } from "./until.mjs";
import { readFileSync } from "node:fs";

describe("paper forms", () => {
  let city, chromium, page, sheets, numbers;
  before(async () => {
    [city, chromium] = await Promise.all([serve(), launch()]);
    page = await open(chromium.browser, city, { as: OFFICE });
  });
  after(async () => {
    await chromium?.close();
    await city?.stop();
  });

  const bring = async (...buffers) => {
    await page.goto("/paper/scans");
    const files = buffers.map((buffer, n) => ({ name: `form-${n}.jpg`, mimeType: "image/jpeg", buffer }));
    await page.setInputFiles("#f-pages", files);
    await page.click('form[action="/paper/scans"] .btn-primary');
  };
  const rows = async () => {
    await page.goto("/paper/scans");
    return page.locator("main table tbody tr").allInnerTexts();
  };
  const read = (count) => until("the forms are read", async () => {
    const all = await rows();
    return all.length === count && all.every((text) => !text.includes("待识别")) && all;
  });

  test("a batch is registered and its PDF downloaded", async () => {
    await page.goto("/paper");
    await page.fill("#f-paper_place", "胜利街道便民服务中心");
    await page.fill("#f-paper_amount", "3");
    await page.click('form[action="/paper/batches"] .btn-primary');
    await page.waitForURL(/\/paper\/batches\/PB-/);
    numbers = await page.locator("main table .cell-title").allInnerTexts();
    assert.equal(numbers.length, 3);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click('form[action$="/pdf"] button')]);
    sheets = pagesOf(readFileSync(await download.path()));
    assert.equal(sheets.length, 3);
  });

  test("a form that was filled in becomes a case by itself, upside down too", async () => {
    await bring(await filled(chromium.browser, sheets[0], [0], { turn: 183 }));
    const [row] = await read(1);
    assert.match(row, /待录入/);
    assert.match(row, new RegExp(numbers[0]));
    const number = row.match(/CASE-\d{4}-\d{6}/)[0];
    await page.goto(`/cases/${number}`);
    assert.match(await page.locator("main").innerText(), /纸质表/);
  });

  test("what is not clear waits on the repair list, and a person decides", async () => {
    await bring(await filled(chromium.browser, sheets[1], [0, 1]));
    await read(2);
    await page.goto("/paper/scans?state=repair");
    await page.click("main table .cell-title");
    assert.match(await page.locator("main .callout").innerText(), /不止一项/);
    assert.equal(await page.inputValue("#f-sheet"), numbers[1], "the number was read");
    const shown = await page.locator("main img.form-scan").evaluate((image) => image.decode().then(() => image.naturalWidth));
    assert.ok(shown > 500);
    await page.locator("#f-kind").selectOption({ index: 1 });
    await page.click('form[action$="/assignment"] .btn-primary');
    await page.waitForURL(/\/paper\/desk\/PS-/);
  });

  test("the same form twice is told", async () => {
    await bring(await filled(chromium.browser, sheets[0], [0], { turn: 1 }));
    await read(3);
    const all = await rows();
    assert.match(all[0], /已经交回过/);
  });

  test("what is written is typed beside its picture, without a mouse", async () => {
    await page.goto("/paper/desk");
    await page.locator("main img.form-scan").first().evaluate((image) => image.decode());
    await page.focus("#f-description");
    await page.keyboard.type("门口积水三天了");
    await page.keyboard.press("Tab");
    await page.keyboard.type("新华中路 18 号");
    await page.keyboard.press("Enter");
    await until("the next form is shown", async () => /1/.test(await page.locator(".page-lead").innerText()));
    await page.goto("/cases?q=门口积水三天");
    assert.match(await page.locator("main").innerText(), /新华中路 18 号/);
  });

  test("whoever kept the counterfoil can ask", async () => {
    const stranger = await open(chromium.browser, city);
    await stranger.goto("/track");
    await stranger.fill("#f-receipt", numbers[0].toLowerCase());
    await stranger.click('form[action="/track"] .btn-primary');
    await stranger.waitForURL(/\/paper\/receipts/);
    assert.match(await stranger.locator("main").innerText(), /正在核实/);
  });

  test("a unit's clerk brings forms and sees none", async () => {
    const clerk = await open(chromium.browser, city, { as: CLERK });
    await clerk.goto("/paper/scans");
    assert.equal(await clerk.locator("main table").count(), 0);
    const answer = await clerk.goto("/paper/desk");
    assert.equal(answer.status(), 403);
  });
});
