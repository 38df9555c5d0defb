/** Evidence: asked for once, handed in with a picture and its caption, reviewed by two people with the keyboard, filed, in the ledger. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, LEADER, OFFICE, UNIT_NAME } from "./people.mjs";
import { photo } from "./picture.mjs";
import { day } from "./scene.mjs";
import { until } from "./until.mjs";

describe("evidence", () => {
  let city, chromium, office, clerk, leader, item, standard;
  before(async () => {
    [city, chromium] = await Promise.all([serve(), launch()]);
    const as = (login, more = {}) => open(chromium.browser, city, { as: login, ...more });
    office = await as(OFFICE);
    clerk = await as(CLERK, { size: PHONE });
    leader = await as(LEADER);
  });
  after(async () => {
    await chromium?.close();
    await city?.stop();
  });

  /** Fills the form in; which standard is the last of the list that this unit was not asked for. */
  const ask = async (code) => {
    await office.goto("/evidence/requests/new");
    await office.selectOption("#f-evidence_kind", "picture");
    await office.fill("#f-what", "门前秩序实景图片");
    await office.fill("#f-due_on", day(9));
    await office.check(`#f-codes input[value="${code}"]`);
    await office.locator("#f-units label", { hasText: UNIT_NAME }).first().click();
    await office.click('form[action="/evidence/requests"] .btn-primary');
    await office.waitForURL(/\/evidence\/requests\/ER-/);
    return office.locator("main").innerText();
  };

  /** The desk goes on to whatever waits next. */
  const onwards = (page) => page.waitForURL((url) => url.pathname === "/evidence/desk");

  test("the office asks once; the second time it is told where the first is", async () => {
    standard = "Ⅲ-13";
    assert.match(await ask(standard), /待交/);
    const number = office.url().split("/").pop();
    const again = await ask(standard);
    assert.match(again, /未发出/);
    assert.match(again, new RegExp(number));
    assert.deepEqual(faults(office), []);
  });

  test("the unit answers on a telephone, with a picture and its caption", async () => {
    await clerk.goto("/evidence/requests?state=open");
    await clerk.click('main a:has-text("门前秩序实景图片")');
    await clerk.click('a[href^="/evidence/items/new?request="]');
    await clerk.fill("#f-title", "门前秩序");
    await clerk.fill("#f-dated", day(0));
    await clerk.click('form[action="/evidence/items"] .btn-primary');
    await clerk.waitForURL(/\/evidence\/items\/EV-/);
    item = clerk.url().split("/").pop();
    const picture = await photo(chromium.browser, "门前");
    await clerk.setInputFiles("#f-files", picture);
    await clerk.click('form[action$="/files"] .btn');
    await until("the picture is measured", async () => {
      await clerk.goto(`/evidence/items/${item}`);
      return (await clerk.locator("main").innerText()).includes("图片说明缺 6 项");
    });
    for (const [name, text] of [["time", "上午"], ["place", "新华路"], ["people", "商户"], ["subject", "门前三包"], ["background", "整治"], ["cause", "规范经营"]]) {
      await clerk.fill(`input[name=${name}]`, text);
    }
    await clerk.click('form[action$="/caption"] .btn');
    await clerk.waitForLoadState();
    const wide = await tooWide(clerk);
    assert.ok(wide <= 0, `the page is ${wide} px too wide`);
    await clerk.click('form[action$="/submission"] .btn');
    await clerk.waitForLoadState();
    assert.match(await clerk.locator("main").innerText(), /初审/);
    assert.deepEqual(faults(clerk), []);
  });

  test("two people review it, the first with the keyboard alone", async () => {
    await office.goto(`/evidence/desk/${item}`);
    assert.equal(await office.locator("img.form-scan").count(), 1);
    await office.locator('form[action$="/pass"] .btn').focus();
    await office.keyboard.press("Enter");
    await onwards(office);
    await leader.goto(`/evidence/desk/${item}`);
    await leader.fill("input[name=grade]", "92.5");
    await leader.click('form[action$="/grade"] .btn');
    await leader.waitForURL(/\/evidence\/items\//);
    assert.match(await leader.locator("main").innerText(), /92.5/);
    await leader.goto(`/evidence/desk/${item}`);
    await leader.click('form[action$="/pass"] .btn');
    await onwards(leader);
    await leader.goto(`/evidence/desk/${item}`);
    await leader.click('form[action$="/filing"] .btn');
    await onwards(leader);
    await leader.goto(`/evidence/items/${item}`);
    assert.match(await leader.locator("main").innerText(), /入册/);
  });

  test("the period shows it as filed, and its volume can be fetched", async () => {
    await office.goto("/evidence/periods/EP-0001?level=filed");
    assert.match(await office.locator("main").innerText(), new RegExp(item));
    const [download] = await Promise.all([office.waitForEvent("download"), office.click('form[action$="/bundle"] button')]);
    assert.equal(download.suggestedFilename(), "EP-0001.zip");
  });

  test("the ledger tells the unit what it was asked for", async () => {
    await clerk.goto("/evidence/ledger");
    const text = await clerk.locator("main").innerText();
    assert.match(text, new RegExp(UNIT_NAME));
    assert.deepEqual(faults(clerk), []);
  });
});
