/** Surveys: a question is written and doubted, a phone answers without a script, an interviewer notes a door, results are told. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { INSPECTOR, OFFICE } from "./people.mjs";

describe("surveys", () => {
  let city, chromium, office, inspector, link;
  before(async () => {
    [city, chromium] = await Promise.all([serve(), launch()]);
    office = await open(chromium.browser, city, { as: OFFICE });
    inspector = await open(chromium.browser, city, { as: INSPECTOR, size: PHONE });
  });
  after(async () => {
    await chromium?.close();
    await city?.stop();
  });
  const text = (page) => page.locator("main").innerText();
  const narrow = async (page) => {
    const wide = await tooWide(page);
    assert.ok(wide <= 0, `the page is ${wide} px too wide`);
  };

  test("the office writes a question, is told what does not fit, and mends it", async () => {
    await office.goto("/surveys");
    await office.fill("#f-survey_name", "公园模拟测评");
    await office.selectOption("#f-survey_audience", "市民");
    await office.click('form[action="/surveys"] .btn-primary');
    await office.waitForURL(/\/surveys\/SV-/);
    const at = new URL(office.url()).pathname;
    await office.click(`a[href="${at}/questions/new"]`);
    await office.fill("#f-question_text", "您对公园满意吗？");
    await office.fill("#f-question_options", "是\n否");
    await office.click('form[action$="/questions"] .btn-primary');
    await office.waitForURL(at);
    assert.match(await text(office), /选项“是”和问法不对应/);
    await office.click('main a:has-text("您对公园满意吗")');
    await office.fill("#f-question_options", "满意 | 100\n不满意 | 0");
    await office.click('form[action$="/questions/1"] .btn-primary');
    await office.waitForURL(at);
    assert.doesNotMatch(await text(office), /不对应/);
    assert.deepEqual(faults(office), []);
  });

  test("a phone answers by the link, with scripts off", async () => {
    await office.goto("/surveys/SV-0002/sample");
    link = new URL(await office.locator('main a[href*="/survey/"]').first().getAttribute("href")).pathname;
    const phone = await open(chromium.browser, city, { size: PHONE, script: false });
    await phone.goto(link);
    assert.match(await text(phone), /模拟测评/);
    await narrow(phone).catch((e) => { if (!/evaluate/.test(e.message)) throw e; });
    for (const group of await phone.locator("main fieldset").all()) {
      const choice = group.locator("input[type=radio], input[type=checkbox]").first();
      await choice.check();
    }
    // a number and "not sure" contradict each other only if both are given
    await phone.click("main form .btn-accent");
    await phone.waitForURL(/thanks/);
    assert.match(await text(phone), /已计入/);
  });

  test("an interviewer notes a refusal, and the next household stands in", async () => {
    await inspector.goto("/surveys/SV-0002/segments/3");
    const doors = await inspector.locator('main a[href*="/households/"]').count();
    await inspector.locator('main a[href*="/households/"]').first().click();
    await inspector.check('input[name=survey_outcome][value=refused]');
    await inspector.click("main form .btn-primary");
    await inspector.waitForURL(/segments\/3$/);
    assert.match(await text(inspector), /拒答[\s\S]*递补/);
    assert.equal(await inspector.locator('main a[href*="/households/"]').count(), doors);
    await narrow(inspector);
    assert.deepEqual(faults(inspector), []);
  });

  test("results of the closed survey show intervals, and no small number", async () => {
    await office.goto("/surveys/SV-0001/results");
    assert.match(await text(office), /95% 置信区间/);
    const results = await office.evaluate(async () => (await fetch("/surveys/SV-0001/results?format=json")).json());
    assert.ok(results.answers > 1900, `${results.answers}`);
    for (const question of results.questions) {
      for (const option of question.options) assert.ok(option.n === null || option.n >= 10, JSON.stringify(option));
      for (const table of question.tables) for (const column of table.columns) for (const n of column.counts) assert.ok(n === null || n >= 10);
    }
    assert.deepEqual(faults(office), []);
  });
});
