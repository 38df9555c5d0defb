/** 附加问题: a kind asks beside the usual, with and without script, on a small phone; the office changes what is asked. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, SMALL_PHONE, faults, launch, open, settled, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { OFFICE } from "./people.mjs";
import { photo } from "./picture.mjs";
import { until } from "./until.mjs";

let city, chromium, picture;

before(async () => {
  city = await serve();
  chromium = await launch();
  picture = await photo(chromium.browser, "井盖");
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

/** A kind that asks: the first question must be answered, two more wait for its answer. */
const COVER = "event-01003";
const close = (page) => page.context().close();
const asked = (page) => page.locator("#extras legend, #extras label.field-label").allInnerTexts();
const choice = (page, text) => page.locator("#extras label.choice", { hasText: text }).locator("input");
/** The list of kinds, which is folded away. */
async function choose(page, kind) {
  await page.locator("summary", { hasText: /全部类别|All kinds/ }).click();
  await page.selectOption("#other-kind", kind);
}

test("questions appear when a kind is chosen and when an answer asks more, without the page being loaded again", async () => {
  const page = await open(chromium.browser, city, { size: SMALL_PHONE });
  await page.goto("/report");
  await page.evaluate(() => (window.stays = true));
  assert.equal((await page.locator("#extras").innerText()).trim(), "", "no kind, no questions");
  await page.setInputFiles("#f-photos", picture);
  await page.fill("#f-address", "新华北路12号");
  await page.fill("#f-description", "雨水井盖有问题");
  await choose(page, COVER);
  await page.locator("#extras fieldset").first().waitFor();
  assert.match((await asked(page)).join(), /井盖现在怎样/);
  assert.doesNotMatch((await asked(page)).join(), /直径/);
  await choice(page, "不见了").check();
  await page.locator("#f-q_wide").waitFor();
  await page.fill("#f-q_wide", "70");
  // what was typed stays where another answer changes what is asked, and the choice keeps its focus
  await choice(page, "是").check();
  assert.equal(await page.inputValue("#f-q_wide"), "70");
  assert.equal(await tooWide(page), 0, "scrolls sideways");
  // another kind asks other things
  await page.locator("#f-kind label.choice", { hasText: "路灯不亮" }).locator("input").check();
  await page.locator("#f-q_pole").waitFor();
  assert.equal(await page.locator("#f-q_wide").count(), 0);
  await page.locator("#f-kind label.choice", { hasText: "其他" }).locator("input").check();
  await choice(page, "不见了").waitFor();
  await choice(page, "不见了").check();
  await page.locator("#f-q_wide").waitFor();
  await page.fill("#f-q_wide", "65,5");
  assert.equal(await page.evaluate(() => window.stays), true, "the page was loaded again");
  assert.deepEqual(faults(page), []);
  await page.locator("main form .form-actions button").click();
  await page.waitForURL(/\/report\/done/);
  await page.locator('main a[href^="/r/"]').first().click();
  await page.waitForURL(/\/r\//);
  const told = await page.locator("main").innerText();
  assert.match(told, /井盖现在怎样\s*不见了/);
  assert.match(told, /65\.5 厘米/);
  await close(page);
});

test("without script the server asks again, and neither words nor photos are lost", async () => {
  const page = await open(chromium.browser, city, { script: false, size: SMALL_PHONE });
  await page.goto("/report");
  await page.setInputFiles("#f-photos", picture);
  await choose(page, COVER);
  await page.fill("#f-address", "新华北路12号");
  await page.fill("#f-description", "井盖不见了，很危险");
  await page.locator('form[action="/report"] .btn-accent').click();
  assert.match(page.url(), /\/report$/);
  assert.match(await page.locator(".problems").innerText(), /井盖现在怎样/);
  assert.equal(await page.inputValue("#f-description"), "井盖不见了，很危险");
  assert.equal(await page.locator("[name=kept_photo]:checked").count(), 1);
  await choice(page, "不见了").check();
  // what else that asks is seen by the button for those without script
  await page.locator("button[name=ask]").click();
  await page.fill("#f-q_wide", "70");
  assert.equal(await page.locator("[name=kept_photo]:checked").count(), 1);
  assert.equal(await tooWide(page), 0, "scrolls sideways");
  await page.locator('form[action="/report"] .btn-accent').click();
  await page.waitForURL(/\/report\/done/);
  await page.locator('main a[href^="/r/"]').first().click();
  await until("the photo is shown", async () => {
    await page.reload();
    return (await page.locator('main img[src^="/photos/"]').count()) > 0;
  });
  assert.match(await page.locator("main").innerText(), /70 厘米/);
  await close(page);
});

test("a draft holds the answers too", async () => {
  const page = await open(chromium.browser, city);
  await page.goto("/report");
  await choose(page, COVER);
  await choice(page, "不见了").check();
  await page.fill("#f-q_wide", "70");
  await page.fill("#f-description", "稍后再发");
  await page.waitForFunction(() => (localStorage.getItem("cc-draft:report:guest") ?? "").includes("稍后再发"));
  await page.goto("/report");
  await page.locator("#f-q_wide").waitFor();
  await page.waitForFunction(() => document.querySelector("#f-q_wide")?.value === "70");
  assert.ok(await choice(page, "不见了").isChecked());
  await close(page);
});

test("a report that waited for a signal is taken without the answers", async () => {
  const page = await open(chromium.browser, city, { size: SMALL_PHONE, worker: true });
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.match("/report")) !== undefined);
  await page.context().setOffline(true);
  await page.goto("/report");
  await page.fill("#f-address", "新华北路12号");
  await page.fill("#f-description", "没有信号时报的井盖");
  await choose(page, COVER);
  await page.locator("main form .form-actions button").click();
  await page.waitForURL(/\/outbox/);
  await page.context().setOffline(false);
  await until("it is received", async () => /已收到，编号 CASE-\d{4}-\d{6}/.test(await page.locator("main").innerText()));
  await close(page);
});

test("the office drafts a question, brings it into force, and discards another", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: DESK });
  const here = "/admin/catalogue/items/event-07001/questions";
  await page.goto("/admin/catalogue/items/event-07001");
  await page.locator(`a[href="${here}"]`).click();
  const put = async (fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`#edit [name=${name}]`);
      if ((await field.evaluate((one) => one.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
    await page.locator("#edit .btn-primary").click();
    await settled(page);
  };
  await put({ wording: "贴在哪里", wording_en: "Where is it stuck", extra_code: "where", extra_kind: "one", choices: "墙上=wall\n电杆上=pole" });
  await put({ wording: "离地大约多高", wording_en: "How high up", extra_code: "high", extra_kind: "number", extra_unit: "米=m", extra_after: "where=墙上" });
  assert.match(await page.locator("#draft").innerText(), /仅当“贴在哪里”答“墙上”时问/);
  // wrong: said at the field, and what was typed is there
  await put({ wording: "再来一个", extra_code: "Über", extra_kind: "text" });
  assert.match(await page.locator(".field:has([name=extra_code]) .field-error").innerText(), /小写字母/);
  assert.equal(await page.inputValue("#edit [name=wording]"), "再来一个");
  await page.goto(here);
  await page.locator('form[action$="/publication"] button').click();
  await settled(page);
  assert.match(await page.locator("#in-force").innerText(), /离地大约多高/);
  assert.equal(await page.locator("#draft").count(), 0);
  await put({ wording: "不要的", extra_code: "unwanted", extra_kind: "text" });
  await page.locator('form[action$="/discard"] button').click();
  await settled(page);
  assert.doesNotMatch(await page.locator("main").innerText(), /不要的/);
  assert.deepEqual(faults(page), []);
  await page.setViewportSize(SMALL_PHONE);
  assert.equal(await tooWide(page), 0, "scrolls sideways");

  const english = await open(chromium.browser, city, { lang: "en" });
  await english.goto("/report?kind=event-07001");
  await english.locator("#extras label.choice", { hasText: "wall" }).locator("input").check();
  await english.locator("#f-q_high").waitFor();
  assert.match(await english.locator("#extras").innerText(), /How high up/);
  await close(english);
  await close(page);
});
