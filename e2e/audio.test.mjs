/**
 * 录音: a citizen says what is wrong, with the browser's own recorder, without a signal, and without script; the office hears it
 * in parts and types it; whoever handles it reads that and hears nobody.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { DESK, SMALL_PHONE, faults, launch, open, settled, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, OFFICE, UNIT_NAME } from "./people.mjs";
import { unitCode } from "./scene.mjs";
import { asInput, asRecording, wav } from "./sound.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let city, chromium, office;

before(async () => {
  city = await serve();
  // a microphone that beeps, and nobody who is asked whether it may be used
  const microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"];
  chromium = await launch(microphone);
  office = await Visitor.signedIn(city, OFFICE);
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const close = (page) => page.context().close();
const shot = (page, name) => process.env.E2E_SHOTS && page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}.png`, fullPage: true });
const phone = (more) => open(chromium.browser, city, { size: SMALL_PHONE, with: { permissions: ["microphone"] }, ...more });

async function accessible(page) {
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`);
  const serious = found.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(" | ")}`), []);
}

/** Says something for as long as the clock takes to show this, and stops. */
async function say(page, shown = "0:02") {
  await page.locator("[data-record]").click();
  await page.locator("[data-record][aria-pressed=true]").waitFor();
  await page.locator("[data-record-time]", { hasText: shown }).waitFor();
  await page.locator("[data-record]").click();
  await page.locator("[data-record-sound]").waitFor();
}

const send = (page) => page.locator("main form .form-actions button").click();

async function received(page) {
  await page.waitForURL(/\/report\/done/);
  const number = (await page.locator("#receipt").innerText()).trim();
  assert.match(number, /^CASE-\d{4}-\d{6}$/);
  return number;
}

const recordings = async (number) => (await office.json(`/api/v1/cases/${number}`)).recordings;

/** The recording of a case, once it was examined. */
async function examined(number) {
  const [{ path }] = await recordings(number);
  await until(`the recording of ${number} is examined`, async () => (await office.get(path)).status === 200);
  return path;
}

async function dispatch(number) {
  await office.send(`/cases/${number}/confirmation`);
  await office.send(`/cases/${number}/registration`, { item: "event-01003" });
  await office.send(`/cases/${number}/dispatch`, { lead: await unitCode(office, UNIT_NAME) });
}

describe("a citizen", () => {
  test("records, listens, throws it away, says it again and sends it without a word", async () => {
    const page = await phone();
    await page.goto("/report");
    await page.locator("[data-record]").waitFor();
    assert.equal(await page.locator("#f-recording").isVisible(), false, "a file is for browsers that cannot record");
    await say(page);
    assert.match(await page.locator("[data-record-say]").innerText(), /录好了/);
    // it can be heard before it is sent
    const heard = await page.locator("[data-record-sound]").evaluate(async (sound) => {
      sound.muted = true;
      await sound.play();
      return new Promise((done) => (sound.ontimeupdate = () => sound.currentTime > 0.2 && done(sound.currentTime)));
    });
    assert.ok(heard > 0.2);
    assert.equal(await tooWide(page), 0, "scrolls sideways");
    await accessible(page);
    await shot(page, "audio-report-phone");
    await page.locator("[data-record-drop]").click();
    assert.equal(await page.locator("#f-recording").evaluate((input) => input.files.length), 0);
    assert.equal(await page.locator("[data-record-sound]").isVisible(), false);
    // by keyboard: throwing away leads back to the button
    assert.equal(await page.evaluate(() => document.activeElement.matches("[data-record]")), true);
    await page.keyboard.press("Enter");
    await page.locator("[data-record-time]", { hasText: "0:01" }).waitFor();
    await page.keyboard.press("Space");
    await page.locator("[data-record-sound]").waitFor();
    await page.fill("#f-address", "新华北路12号");
    await settled(page);
    assert.deepEqual(faults(page), []);
    await send(page);
    const number = await received(page);
    const [{ seconds, media_type }] = await recordings(number);
    assert.equal(media_type, "audio/webm");
    assert.ok(seconds >= 1 && seconds < 10, `${seconds} seconds`);
    await page.locator('main a[href^="/r/"]').first().click();
    await page.waitForURL(/\/r\//);
    assert.match(await page.locator("main").innerText(), /您的录音/);
    assert.equal(await page.locator("audio").count(), 0);
    await close(page);
  });

  test("who sends while speaking sends what was said", async () => {
    const page = await phone({ lang: "en" });
    await page.goto("/report");
    await page.fill("#f-address", "新华北路14号");
    await page.locator("[data-record]").click();
    await page.locator("[data-record-time]", { hasText: "0:01" }).waitFor();
    assert.match(await page.locator("[data-record]").innerText(), /Stop/);
    await send(page);
    assert.equal((await recordings(await received(page))).length, 1);
    await close(page);
  });

  test("who does not let the page use the microphone can choose a file", async () => {
    const page = await open(chromium.browser, city, { size: SMALL_PHONE });
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.goto("/report");
    await page.locator("[data-record]").click();
    await page.locator("#f-recording").waitFor();
    assert.match(await page.locator("[data-record-say]").innerText(), /无法使用麦克风/);
    await page.setInputFiles("#f-recording", asInput(wav(2)));
    await page.locator("[data-record-sound]").waitFor();
    await close(page);
  });

  test("without script chooses a file, and chooses it once", async () => {
    const page = await open(chromium.browser, city, { size: SMALL_PHONE, script: false });
    await page.goto("/report");
    assert.equal(await page.locator("[data-record]").isVisible(), false);
    await page.setInputFiles("#f-recording", asInput(wav(3), "门口.wav"));
    await send(page);
    // the place is missing: what was chosen waits
    await page.locator("[name=kept_recording]").waitFor();
    assert.match(await page.locator("main").innerText(), /之前的录音：门口\.wav/);
    assert.equal(await tooWide(page), 0);
    await page.fill("[name=address]", "胜利路1号");
    await send(page);
    const number = await received(page);
    assert.deepEqual((await recordings(number)).map((r) => [r.seconds, r.media_type]), [[3, "audio/wav"]]);
    // another file is told at once
    await page.goto("/report");
    await page.fill("[name=address]", "胜利路1号");
    await page.setInputFiles("#f-recording", { name: "a.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("no sound") });
    await send(page);
    assert.match(await page.locator("#f-recording-error").innerText(), /这不是录音文件/);
    await close(page);
  });

  test("without a signal it waits with the report and is received once", async () => {
    const page = await phone({ worker: true });
    await page.goto("/");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.match("/report")) !== undefined);
    await page.context().setOffline(true);
    await page.goto("/report");
    await page.locator("[data-record]").waitFor();
    await say(page, "0:01");
    await page.fill("#f-address", "信号盲区3号");
    await send(page);
    await page.waitForURL(/\/outbox/);
    await page.locator(".outbox-item").waitFor();
    assert.match(await page.locator(".outbox-item").innerText(), /有录音/);
    await page.context().setOffline(false);
    const state = () => page.locator(".outbox-item [data-part=state]").innerText();
    await until("it is received", async () => /已收到，编号 CASE-/.test(await state()));
    const number = (await state()).match(/CASE-\d{4}-\d{6}/)[0];
    assert.equal((await recordings(number)).length, 1);
    await close(page);
  });
});

describe("the office", () => {
  let number;
  before(async () => {
    const citizen = new Visitor(city);
    const { text } = await citizen.send("/report", { address: "迎宾路8号" }, [asRecording(wav(20))]);
    number = text.match(/CASE-\d{4}-\d{6}/)[0];
    await examined(number);
  });

  test("hears it from any place on, and types what is said", async () => {
    const page = await open(chromium.browser, city, { as: OFFICE, size: SMALL_PHONE });
    const parts = [];
    page.on("response", (answer) => /\/recordings\//.test(answer.url()) && parts.push(answer.status()));
    await page.goto(`/cases/${number}`);
    assert.deepEqual(parts, [], "nothing is fetched before somebody listens");
    const sound = page.locator("audio.recording-player");
    assert.equal(await sound.getAttribute("preload"), "none");
    const at = await sound.evaluate(async (audio) => {
      audio.muted = true;
      await audio.play();
      audio.currentTime = 15;
      await new Promise((done) => (audio.onseeked = done));
      await new Promise((done) => (audio.ontimeupdate = () => audio.currentTime > 15.1 && done()));
      const seen = [audio.duration, audio.currentTime];
      audio.pause();
      return seen;
    });
    assert.ok(Math.abs(at[0] - 20) < 0.1 && at[1] > 15 && at[1] < 20, `${at}`);
    assert.ok(parts.length > 0 && parts.every((status) => status === 206), `${parts}`);
    assert.equal(await tooWide(page), 0, "scrolls sideways");
    await accessible(page);
    await shot(page, "audio-case-phone");
    await page.fill("#f-words", "路口井盖没了，行人要绕着走。");
    await page.locator('form[action$="/transcript"] button').click();
    await page.locator("text=已保存，处置单位可以看到").first().waitFor();
    assert.match(await page.locator("main").innerText(), /问题描述\s+路口井盖没了/);
    assert.match(await page.locator("main .history, main ol.history").first().innerText(), /听了录音/);
    await settled(page);
    faults(page);
    await close(page);
    const wide = await open(chromium.browser, city, { as: OFFICE, size: DESK, lang: "en" });
    await wide.goto(`/cases/${number}`);
    assert.match(await wide.locator("main").innerText(), /Who listens is written into the history/);
    await accessible(wide);
    await shot(wide, "audio-case-desk");
    await close(wide);
  });

  test("keeps it from strangers, other units and whoever handles it", async () => {
    await dispatch(number);
    const path = await examined(number);
    const page = `/cases/${number}/recordings/${path.split("/").pop()}`;
    const ways = [path, page, `${page}?save=1`];
    for (const way of ways) {
      const answer = await fetch(city.address + way, { redirect: "manual" });
      assert.ok(answer.status === 401 || (answer.status === 303 && answer.headers.get("location").startsWith("/sign-in")), `${way}: ${answer.status}`);
    }
    const clerk = await Visitor.signedIn(city, CLERK);
    const other = await Visitor.signedIn(city, "unit-shuiwu");
    for (const way of ways) {
      assert.equal((await clerk.get(way)).status, 403, way);
      assert.equal((await other.get(way)).status, 404, way);
    }
    const { text } = await clerk.get(`/cases/${number}`);
    assert.match(text, /路口井盖没了/);
    assert.doesNotMatch(text, /<audio/);
    const shown = await fetch(`${city.address}/public/cases/${number}`);
    assert.equal(shown.status, 200);
    assert.doesNotMatch(await shown.text(), /recordings|<audio/);
  });
});
