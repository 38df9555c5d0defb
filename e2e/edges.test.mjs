/**
 * The sharp edges of the main loop, in a browser: the reporter is asked and answers, somebody who stands there says whether it is
 * fixed, the dispatcher merges what was reported many times, what comes back is linked, a verifier looks again.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, SMALL_PHONE, faults, launch, open, settled, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, DISPATCHER, INSPECTOR, OFFICE } from "./people.mjs";
import { photo } from "./picture.mjs";
import { setScene } from "./scene.mjs";

let city, chromium, scene, picture;

before(async () => {
  city = await serve();
  chromium = await launch();
  scene = await setScene(city, chromium.browser);
  picture = await photo(chromium.browser, "补充");
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const phone = (more) => open(chromium.browser, city, { size: PHONE, ...more });
const desk = (as, more) => open(chromium.browser, city, { as, ...more });
const close = (page) => page.context().close();
const state = async (page) => (await page.locator(".page-head .state").first().innerText()).trim();
const fits = async (page) => assert.ok((await tooWide(page)) <= 0, `${page.url()} is wider than the screen`);

test("a unit asks through the office; the reporter answers without script, with a photo", async () => {
  const office = await desk(OFFICE);
  await office.goto(`/cases/${scene.wished.number}/question`);
  assert.match(await office.locator("[name=question]").inputValue(), /哪一侧/);
  await office.fill("[name=question]", "您好，请问坏的是路东还是路西的？");
  await office.locator("main .btn-primary").click();
  await office.waitForURL(/\/cases\/CASE-[\d-]+$/);
  assert.equal(await state(office), "待市民答复");
  await settled(office);
  assert.deepEqual(faults(office), []);

  const reporter = await phone({ script: false, size: SMALL_PHONE });
  await reporter.goto(`/r/${scene.wished.token}`);
  assert.ok(await reporter.getByText("请问坏的是路东还是路西的？").first().isVisible());
  await fits(reporter);
  await reporter.fill("[name=reply]", "路西，超市门口，电话 13612348765");
  await reporter.setInputFiles("[name=photos]", picture);
  await reporter.locator('form[action$="/reply"] button').last().click();
  await reporter.waitForURL(/\/r\//);
  assert.equal(await state(reporter), "处置中");
  await close(reporter);

  const clerk = await desk(CLERK);
  await clerk.goto(`/cases/${scene.wished.number}`);
  const read = await clerk.locator("main").innerText();
  assert.ok(read.includes("超市门口") && !read.includes("13612348765"), "the unit reads the answer, and not who gave it");
  assert.ok(!read.includes("王小明"));
  await Promise.all([close(clerk), close(office)]);
});

test("somebody who stands there says that it is not fixed; who verifies reads it, and nothing else happens", async () => {
  const office = await desk(OFFICE);
  await office.goto(`/cases/${scene.answered.number}`);
  const center = await office.locator("[data-center]").first().getAttribute("data-center");
  const [longitude, latitude] = center.split(",").map(Number);
  const geolocation = { longitude, latitude, accuracy: 8 };
  const passer = await phone({ with: { geolocation, permissions: ["geolocation"] } });
  await passer.goto(`/public/cases/${scene.answered.number}#voice`);
  await passer.locator("html.js").waitFor({ state: "attached" });
  await fits(passer);
  await passer.locator("label.choice", { hasText: "没好" }).tap();
  await passer.fill("#f-words", "还有一半没清");
  await passer.locator('form[action$="/voices"] .btn-primary').tap();
  await passer.locator("#f-place-error").waitFor();
  assert.equal(await passer.inputValue("#f-words"), "还有一半没清", "nothing typed is lost");
  await passer.locator("#voice .maplibregl-canvas").waitFor();
  await passer.locator("#voice [data-map-act=locate]").tap();
  await passer.waitForFunction(() => document.querySelector("#voice-lng").value !== "");
  await passer.locator('form[action$="/voices"] .btn-primary').tap();
  await passer.getByText("核查人员会看到").waitFor();
  await settled(passer);
  assert.deepEqual(faults(passer).filter((f) => !f.includes("422")), []);
  await close(passer);

  const verifier = await desk(INSPECTOR);
  await verifier.goto(`/cases/${scene.answered.number}/verification`);
  const said = await verifier.locator("#voices-title").locator("xpath=ancestor::section").innerText();
  assert.ok(said.includes("没好 1") && said.includes("还有一半没清"), said);
  await verifier.goto(`/cases/${scene.answered.number}`);
  assert.equal(await state(verifier), "待核查");
  await Promise.all([close(verifier), close(office)]);
});

test("what was reported many times is merged after a look, and opened on a map", async () => {
  const dispatcher = await desk(DISPATCHER);
  await dispatcher.goto("/cases/clusters");
  await dispatcher.locator(".maplibregl-canvas").waitFor();
  await settled(dispatcher);
  assert.deepEqual(faults(dispatcher), []);
  const group = dispatcher.locator('form[action="/cases/bulk-previews"]').first();
  const numbers = await group.locator("[name=case]").evaluateAll((all) => all.map((one) => one.value));
  assert.ok(numbers.length >= 1);
  const into = await group.locator("[name=into]").inputValue();
  await group.locator("button").click();
  await dispatcher.waitForURL(/bulk-previews/);
  assert.equal(await dispatcher.inputValue("[name=into]"), into);
  await dispatcher.locator('form[action="/cases/bulk"] .btn-primary').click();
  await dispatcher.waitForURL(/\/cases\/bulk$/);
  await dispatcher.goto(`/cases/${numbers[0]}`);
  assert.equal(await state(dispatcher), "已并案");
  assert.ok(await dispatcher.locator(`main a[href="/cases/${into}"]`).first().isVisible());
  await close(dispatcher);
});

test("what came back stands on both pages, in the list, and in the figures that open to their cases", async () => {
  const office = await desk(OFFICE);
  await office.goto(`/cases/${scene.recurrence}`);
  await office.locator(`main a[href="/cases/${scene.closed.number}"]`).first().click();
  await office.waitForURL(new RegExp(`${scene.closed.number}$`));
  assert.ok(await office.locator(`main a[href="/cases/${scene.recurrence}"]`).first().isVisible());
  await office.goto("/recurrences");
  assert.ok(await office.locator(`main a[href="/cases/${scene.recurrence}"]`).first().isVisible());
  await office.goto("/statistics?by=unit");
  const rate = office.locator("a.tile", { hasText: "反弹率" });
  assert.match(await rate.innerText(), /\d/);
  await rate.click();
  await office.waitForURL(/recurred/);
  await settled(office);
  assert.deepEqual(faults(office), []);
  const everybody = await phone();
  await everybody.goto(`/public/cases/${scene.closed.number}`);
  assert.ok(await everybody.locator(`main a[href="/public/cases/${scene.recurrence}"]`).isVisible());
  assert.ok(await everybody.locator(`main a[href="/report?again=${scene.closed.number}"]`).isVisible());
  await fits(everybody);
  await Promise.all([close(everybody), close(office)]);
});

test("a verifier looks again, and what is not fixed goes back", async () => {
  const verifier = await desk(INSPECTOR, { size: PHONE });
  await verifier.goto("/second-looks");
  await fits(verifier);
  await verifier.goto(`/cases/${scene.look}/second-look`);
  await verifier.locator("label.choice", { hasText: "退回" }).click();
  await verifier.fill("[name=note]", "又是一堆垃圾。");
  await verifier.locator('form[action$="/second-look"] .btn-primary').click();
  await verifier.waitForURL(/\/cases\/CASE-[\d-]+$/);
  assert.equal(await state(verifier), "待处置");
  await verifier.goto("/second-looks?state=recalled");
  assert.ok(await verifier.getByText("又是一堆垃圾。").first().isVisible());
  await close(verifier);
});
