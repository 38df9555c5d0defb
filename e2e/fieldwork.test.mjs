/** A point is filled in on a phone without script, returned, handed in again and accepted; what was not met becomes a case; a checklist is imported. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, SMALL_PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { INSPECTOR, OFFICE } from "./people.mjs";

describe("fieldwork", () => {
  let city, chromium, inspector, office, record;
  before(async () => {
    [city, chromium] = await Promise.all([serve(), launch()]);
    inspector = await open(chromium.browser, city, { as: INSPECTOR, size: SMALL_PHONE, script: false });
    office = await open(chromium.browser, city, { as: OFFICE });
  });
  after(async () => {
    await chromium?.close();
    await city?.stop();
  });

  const text = (page) => page.locator("main").innerText();

  test("an inspector fills a point in without script, on a small phone", async () => {
    await inspector.goto("/fieldwork");
    // a point of the checklist that fits any
    const rows = inspector.locator("tbody tr", { has: inspector.locator('a[href^="/fieldwork/visits/"]') });
    const links = await rows.locator('a[href^="/fieldwork/visits/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert.ok(links.length > 0, "nobody has left a point to be filled in");
    for (const href of links) {
      await inspector.goto(href);
      if (await inspector.locator('input[name="q:clean"]').count()) break;
    }
    assert.equal(await inspector.locator('input[name="q:picture"]').count(), 0, "the picture is asked for only where something is wrong");
    await inspector.check('input[name="q:clean"][value=unmet]');
    await inspector.check('input[name="q:orderly"][value=met]');
    await inspector.fill("#f-notices", "-1");
    await inspector.click('button[value="hand-in"]');
    const wrong = await text(inspector);
    assert.match(wrong, /不能是负数/);
    assert.match(wrong, /没有提交/);
    assert.equal(await inspector.inputValue("#f-notices"), "-1", "what was typed stays");
    assert.equal(await inspector.locator('input[name="q:picture"]').count(), 1);
    await inspector.check('input[name="q:way"][value=met]');
    await inspector.check('input[name="q:staff"][value=na]');
    await inspector.fill("#f-notices", "3");
    const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    await inspector.setInputFiles("#f-picture", { name: "a.png", mimeType: "image/png", buffer: picture });
    await inspector.click('button[value="hand-in"]');
    await inspector.waitForURL(/\/fieldwork\/records\/FR-/);
    record = new URL(inspector.url()).pathname;
    assert.match(await text(inspector), /已提交/);
    for (const path of ["/fieldwork", record]) {
      await inspector.goto(path);
      const wide = await tooWide(inspector);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    }
    assert.deepEqual(faults(inspector), []);
  });

  test("an inspector makes a code for ODK Collect", async () => {
    await inspector.goto("/fieldwork");
    await inspector.click('.page-actions a[href="/fieldwork/collect"]');
    await inspector.fill("#f-key_days", "0");
    await inspector.click('form[action="/fieldwork/collect"] button');
    assert.equal(await inspector.locator(".field-error").count(), 1);
    await inspector.fill("#f-key_days", "30");
    await inspector.click('form[action="/fieldwork/collect"] button');
    assert.match(await inspector.innerText("#once"), /^cc_/);
    const box = await inspector.locator("[role=img] svg").boundingBox();
    assert.ok(box.width > 200 && box.x + box.width <= SMALL_PHONE.width, `the code is ${box.width} px wide at ${box.x}`);
    const wide = await tooWide(inspector);
    assert.ok(wide <= 0, `${wide} px too wide`);
    assert.deepEqual(faults(inspector), []);
  });

  test("the office returns it with a reason, and it is handed in again", async () => {
    await office.goto(record);
    await office.fill("#f-field_reason", "公益广告请再数一遍");
    await office.click('form[action$="/return"] button');
    await office.waitForLoadState();
    assert.match(await text(office), /已退回/);
    await inspector.goto("/fieldwork");
    assert.match(await text(inspector), /公益广告请再数一遍/);
    await inspector.goto(record);
    await inspector.click('.page-actions a[href^="/fieldwork/visits/"]');
    await inspector.fill("#f-notices", "2");
    await inspector.click('button[value="hand-in"]');
    await inspector.waitForURL(/\/fieldwork\/records\/FR-/);
    await office.goto(record);
    assert.match(await text(office), /历次提交/);
    await office.click('form[action$="/acceptance"] button');
    await office.waitForLoadState();
    assert.match(await text(office), /已通过/);
  });

  test("what was not met becomes a case, which says where it came from", async () => {
    await office.click('form[action$="/cases"] button');
    await office.waitForLoadState();
    await office.locator(".fieldfindings a").first().click();
    await office.waitForURL(/\/cases\/CASE-/);
    assert.match(await text(office), new RegExp(record.split("/").pop()));
    assert.deepEqual(faults(office), []);
  });

  test("a checklist goes out as a workbook and comes in as another version", async () => {
    const out = await office.request.get("/fieldwork/checklists/market/2026-1/workbook.xlsx");
    assert.equal(out.status(), 200);
    const form = await office.request.get("/fieldwork/checklists/market/2026-1/form.xml");
    assert.match(await form.text(), /<h:html/);
    await office.goto("/fieldwork/checklists/import");
    await office.setInputFiles("#f-import_file", { name: "market.xlsx", mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer: await out.body() });
    await office.click('form[action="/fieldwork/checklists/import"] .btn-primary');
    await office.waitForLoadState();
    assert.match(await text(office), /2026-1/);
    // the version is in use: it is not replaced
    const taken = office.waitForResponse((answer) => answer.request().method() === "POST");
    await office.locator('form[action="/fieldwork/checklists/import"] .btn-primary').first().click();
    assert.equal((await taken).status(), 409);
  });

  test("two visits are compared, on a phone without sideways scrolling", async () => {
    const phone = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
    await phone.goto("/fieldwork/records");
    const ended = await phone.locator("tr", { hasText: "复查" }).locator("td.mono").first().innerText();
    await phone.goto(`/fieldwork/inspections/${ended.match(/IN-\d{4}-\d{4}/)[0]}/agreement`);
    assert.match(await text(phone), /κ/);
    for (const path of [new URL(phone.url()).pathname, "/fieldwork/records", "/fieldwork/observations", "/fieldwork/checklists/market/2026-1"]) {
      await phone.goto(path);
      const wide = await tooWide(phone);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    }
    assert.deepEqual(faults(phone), []);
    await phone.context().close();
  });
});
