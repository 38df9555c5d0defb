/** Text messages: switched on, tried, listed. They go into the city's folder `sms`. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { SYSTEM_ADMIN } from "./people.mjs";
import { until } from "./until.mjs";

describe("text messages", () => {
  let city, browser, close, page;
  before(async () => {
    [city, { browser, close }] = await Promise.all([serve(), launch()]);
    page = await open(browser, city, { as: SYSTEM_ADMIN });
  });
  after(async () => {
    await close();
    await city.stop();
  });
  const received = () => {
    const folder = join(city.data, "sms");
    return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")) : [];
  };

  test("a wrong number is said, and what was typed stays", async () => {
    await page.goto("/admin/sms");
    await page.fill("#f-phone", "0937-6226666");
    await page.click('form[action="/admin/sms/trials"] button');
    assert.match(await page.locator("#f-phone-error").innerText(), /手机号/);
    assert.equal(await page.inputValue("#f-phone"), "0937-6226666");
    // the form beside it is not emptied by that
    assert.notEqual(await page.inputValue("#f-per_number"), "");
  });

  test("a trial goes out, and the list shows it with its number masked", async () => {
    await page.goto("/admin/sms");
    await page.fill("#f-phone", "13800001234");
    await page.click('form[action="/admin/sms/trials"] button');
    await until("it is handed over", async () => {
      await page.goto("/admin/sms");
      return /已交平台/.test(await page.locator("main table").innerText());
    });
    const table = await page.locator("main table").innerText();
    assert.match(table, /138\*\*\*\*1234/);
    const texts = received();
    assert.equal(texts.length, 1);
    assert.match(texts[0], /^13800001234\n.*嘉峪关市/);
  });

  test("limits are kept, and a number out of its bounds is refused", async () => {
    await page.goto("/admin/sms");
    await page.check("#f-on");
    await page.fill("#f-per_number", "0");
    await page.click('form[action="/admin/sms/limits"] button');
    assert.match(await page.locator("#f-per_number-error").innerText(), /1/);
    assert.equal(await page.isChecked("#f-on"), true, "what was typed stays");
    await page.fill("#f-per_number", "3");
    await page.click('form[action="/admin/sms/limits"] button');
    await page.goto("/admin/sms");
    assert.equal(await page.inputValue("#f-per_number"), "3");
    assert.match(await page.locator("main .callout-ok").innerText(), /正在发送/);
  });
});
