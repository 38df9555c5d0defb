/**
 * Without a signal: a report with a photo is kept on the phone and received once; a unit answers in the street; what is kept
 * for one person is shown to nobody else.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, launch, open, signIn } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, OFFICE, UNIT_NAME } from "./people.mjs";
import { photo } from "./picture.mjs";
import { between } from "./proxy.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, pictures;
const places = [];

before(async () => {
  city = await serve();
  chromium = await launch();
  pictures = await Promise.all(["路口", "修好"].map((words) => photo(chromium.browser, words)));
});
after(async () => {
  await chromium?.close();
  await Promise.all(places.map((place) => place.close()));
  await city?.stop();
});

/** The city behind a proxy that does as it is told. */
async function behind(rules) {
  const place = await between(city, rules);
  places.push(place);
  return place;
}

const phone = (place, more) => open(chromium.browser, place, { size: PHONE, worker: true, ...more });
const close = (page) => page.context().close();
/** For somebody to look at, where E2E_SHOTS names a folder. */
const shot = (page, name) => process.env.E2E_SHOTS && page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}.png`, fullPage: true });

/** The worker is there and has kept what it keeps for everybody. */
async function ready(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.match("/outbox")) !== undefined && (await caches.match("/report")) !== undefined);
}

async function fill(page, words) {
  await page.setInputFiles("#f-photos", pictures[0]);
  await page.locator("#f-photos-list img").waitFor();
  await page.fill("#f-description", words);
  await page.fill("#f-address", "新华北路12号");
}

const send = (page) => page.locator("main form .form-actions button").click();
const states = (page) => page.locator(".outbox-item [data-part=state]").allInnerTexts();

/** What waits comes to a state; says what it was instead. */
async function becomes(page, pattern) {
  let seen;
  await until(() => `the state is ${pattern}, not ${seen}`, async () => pattern.test((seen = (await states(page)).join())));
}

/** The first case on the list that waits for an answer; letters stand there too, depending on the day. */
const toAnswer = async (page) => (await page.locator(".todo-act[href^='/cases/'][href$='/answer']").first().getAttribute("href")).split("/")[2];

/** How many cases the city has with these words. */
async function cases(words) {
  const office = await Visitor.signedIn(city, OFFICE);
  const found = await office.json(`/api/v1/cases?q=${encodeURIComponent(words)}`);
  return found.items;
}

describe("a report without a signal", () => {
  test("is kept with its photo, survives a reload, and is received once", async () => {
    const page = await phone(city);
    await page.goto("/");
    await ready(page);
    await page.context().setOffline(true);
    await page.goto("/report");
    await page.locator(".offline-bar").first().waitFor();
    assert.match(await page.locator(".offline-bar").first().innerText(), /没有信号/);
    await fill(page, "信号盲区路灯不亮");
    await shot(page, "report-offline");
    await send(page);
    await page.waitForURL(/\/outbox/);
    await page.locator(".outbox-item").waitFor();
    assert.deepEqual(await states(page), ["等待发送"]);
    await shot(page, "outbox-waiting");
    assert.match(await page.locator(".outbox-item").innerText(), /信号盲区路灯不亮[\s\S]*1 张照片/);
    await page.reload();
    await page.locator(".outbox-item").waitFor();
    assert.deepEqual(await states(page), ["等待发送"]);
    assert.equal((await cases("信号盲区路灯不亮")).length, 0);

    await page.context().setOffline(false);
    await becomes(page, /已收到，编号 CASE-/);
    const [made, ...others] = await cases("信号盲区路灯不亮");
    assert.equal(others.length, 0);
    assert.ok((await states(page))[0].includes(made.number));
    // what it said about people is not on the phone any more
    const kept = await page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open("cc");
      opening.onsuccess = () => { opening.result.transaction("outbox").objectStore("outbox").getAll().onsuccess = (e) => done(JSON.stringify(e.target.result)); };
    }));
    assert.ok(!kept.includes("新华北路"));
    await page.locator(".outbox-item [data-part=open]").click();
    await page.waitForURL(/\/r\//);
    await until("its photo is shown", async () => { await page.reload(); return (await page.locator('img[src*="/photos/"]').count()) > 0; });
    await close(page);
  });

  test("whose answer was lost is sent again and still one", async () => {
    // browsers try again by themselves where a connection was used before, so the answers are lost for a while
    let lost = 0;
    let losing = true;
    const place = await behind({ lose: (asked) => asked.method === "POST" && asked.url === "/report" && losing && (lost += 1) > 0 });
    const page = await phone(place);
    await page.goto("/report");
    await ready(page);
    await fill(page, "答复丢失的井盖");
    await send(page);
    await page.waitForURL(/\/outbox/);
    assert.ok(lost > 0);
    assert.equal((await cases("答复丢失的井盖")).length, 1, "it was saved before its answer was lost");
    losing = false;
    await page.locator("[data-outbox-now]").click();
    await becomes(page, /已收到/);
    assert.equal((await cases("答复丢失的井盖")).length, 1);
    await close(page);
  });

  test("is sent as before where there is a signal, and by two taps once", async () => {
    const page = await phone(city);
    await page.goto("/report");
    await ready(page);
    await fill(page, "信号很好的垃圾");
    await send(page);
    await page.waitForURL(/\/report\/done/);
    await page.goBack();
    await close(page);
    assert.equal((await cases("信号很好的垃圾")).length, 1);
  });

  test("that has to be corrected stays, opens again filled in, and is then received", async () => {
    const page = await phone(city);
    await page.goto("/");
    await ready(page);
    await page.context().setOffline(true);
    await page.goto("/report");
    await page.fill("#f-address", "新华北路12号");
    await page.fill("#f-description", "电话写错的报告");
    await page.locator("details:has(#f-phone) summary").click();
    await page.fill("#f-phone", "12");
    await send(page);
    await page.waitForURL(/\/outbox/);
    await page.context().setOffline(false);
    await becomes(page, /需要修改/);
    await shot(page, "outbox-refused");
    await page.locator(".outbox-item [data-part=open]").click();
    await page.waitForURL(/\/report\?outbox=/);
    await until("it is filled in", async () => (await page.inputValue("#f-description")) === "电话写错的报告");
    await page.fill("#f-phone", "13612348765");
    await send(page);
    await page.waitForURL(/\/report\/done/);
    await page.goto("/outbox");
    await until("nothing waits", async () => (await page.locator(".outbox-item").count()) === 0);
    assert.equal((await cases("电话写错的报告")).length, 1);
    await close(page);
  });
});

describe("staff without a signal", () => {
  test("a unit's list, its cases and its answers work in the street; the answer is taken once", async () => {
    const page = await phone(city, { as: CLERK });
    await page.goto("/todo");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    const number = await toAnswer(page);
    await page.context().setOffline(true);
    await page.goto("/todo");
    assert.match(await page.locator(".offline-bar").first().innerText(), /没有信号/);
    assert.ok((await page.locator(".todo-item .deadline").count()) > 0);
    await shot(page, "todo-offline");
    await page.goto(`/cases/${number}`);
    assert.match(await page.locator("main").innerText(), new RegExp(number));
    await page.goto(`/cases/${number}/answer`);
    await page.setInputFiles("#f-photos", pictures[1]);
    await page.locator("#f-photos-list img").waitFor();
    await page.fill("#f-text", "没有信号时修好的");
    await shot(page, "answer-offline");
    await send(page);
    await page.waitForURL(/\/outbox/);
    await page.locator(".outbox-item").waitFor();
    assert.deepEqual(await states(page), ["等待发送"]);
    await page.context().setOffline(false);
    await becomes(page, /已收到/);
    await page.goto(`/cases/${number}`);
    assert.match(await page.locator("main").innerText(), /没有信号时修好的/);
    await close(page);
  });

  test("an answer to a case that has moved on is told, and nothing is lost", async () => {
    const page = await phone(city, { as: CLERK });
    await page.goto("/todo");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    const number = await toAnswer(page);
    await page.context().setOffline(true);
    await page.goto(`/cases/${number}/answer`);
    await page.fill("#f-text", "晚了一步的答复");
    await page.locator("details:has(#f-no_photo) summary").click();
    await page.fill("#f-no_photo", "天黑了");
    await send(page);
    await page.waitForURL(/\/outbox/);
    const colleague = await Visitor.signedIn(city, CLERK);
    await colleague.send(`/cases/${number}/answer`, { text: "同事先答了", no_photo: "不需要" });
    await page.context().setOffline(false);
    await becomes(page, /案卷已有变化|没有收下|需要修改/);
    assert.match(await page.locator(".outbox-item").innerText(), /晚了一步的答复/);
    await close(page);
  });

  test("what the telephone says is taken at the counter without a signal, for somebody else", async () => {
    const page = await phone(city, { as: OFFICE });
    await page.goto("/cases/new");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    await page.context().setOffline(true);
    await page.goto("/cases/new");
    await page.locator("input[name=source][value=phone]").check({ force: true });
    await page.fill("#f-description", "电话里说的路面积水");
    await page.fill("#f-address", "新华北路12号");
    await page.fill("#f-reporter", "欧阳晓梅");
    await page.fill("#f-phone", "13612348765");
    await send(page);
    await page.waitForURL(/\/outbox/);
    await page.context().setOffline(false);
    await becomes(page, /已收到/);
    const [made, ...others] = await cases("电话里说的路面积水");
    assert.equal(others.length, 0);
    assert.equal(made.source, "phone");
    await close(page);
  });

  test("signing out removes what was kept and what was written, after asking; nobody else ever sees it", async () => {
    const page = await phone(city, { as: CLERK });
    await page.goto("/todo");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    await page.context().setOffline(true);
    const number = await toAnswer(page);
    await page.goto(`/cases/${number}/answer`);
    await page.fill("#f-text", "还没发出去的答复");
    await page.locator("details:has(#f-no_photo) summary").click();
    await page.fill("#f-no_photo", "无");
    await send(page);
    // whoever goes on at once has not waited for the list of what waits
    await page.waitForURL(/\/outbox/, { waitUntil: "commit" });
    await page.goto("/todo");
    const asked = [];
    page.once("dialog", (dialog) => { asked.push(dialog.message()); return dialog.dismiss(); });
    const out = async () => { await page.locator("details.menu summary").click(); await page.locator('form[action="/sign-out"] button').click(); };
    await out();
    // it looks into what waits before it asks
    await until("it is asked", () => asked.length > 0);
    assert.match(asked[0], /没发送/);
    assert.match(page.url(), /\/todo$/);
    page.once("dialog", (dialog) => dialog.accept());
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(/\/sign-out|\/sign-in/);
    for (const path of ["/todo", `/cases/${number}`, `/cases/${number}/answer`]) {
      await page.goto(path);
      const text = await page.locator("body").innerText();
      assert.ok(!text.includes(number) && !text.includes(UNIT_NAME), path);
      assert.match(text, /没有信号/);
    }
    await page.goto("/outbox");
    assert.equal(await page.locator(".outbox-item").count(), 0);
    await close(page);
  });

  test("another person on the same phone gets none of it, also where nobody signed out", async () => {
    const page = await phone(city, { as: CLERK });
    await page.goto("/todo");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    // the session ends without a word
    await page.context().clearCookies();
    await signIn(page, OFFICE);
    await page.goto("/cases");
    await page.context().setOffline(true);
    await page.goto("/todo");
    const text = await page.locator("body").innerText();
    assert.ok(!text.includes(UNIT_NAME));
    assert.match(text, /没有信号/);
    assert.equal(await page.evaluate(async () => (await (await caches.open("cc-own")).keys()).length), 0);
    await close(page);
  });

  test("a session that ended meanwhile is told, and what was written waits for its person", async () => {
    const page = await phone(city, { as: OFFICE });
    await page.goto("/cases/new");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    await page.context().setOffline(true);
    await page.goto("/cases/new");
    await page.fill("#f-description", "会话过期前写的");
    await page.fill("#f-address", "新华北路12号");
    await send(page);
    await page.waitForURL(/\/outbox/);
    const cookies = (await page.context().cookies()).filter((cookie) => cookie.name !== "session");
    await page.context().clearCookies();
    await page.context().addCookies(cookies);
    await page.context().setOffline(false);
    await becomes(page, /请登录后再发送/);
    // to whoever comes next it is nobody's business
    await page.goto("/outbox");
    await until("it is hidden", async () => /本机还有 1 份是别人写的/.test(await page.locator("main").innerText()));
    assert.ok(!(await page.locator("main").innerText()).includes("会话过期前写的"));
    assert.equal((await cases("会话过期前写的")).length, 0);
    await signIn(page, OFFICE);
    await page.goto("/outbox");
    await becomes(page, /已收到/);
    assert.equal((await cases("会话过期前写的")).length, 1);
    await close(page);
  });
});

describe("the worker itself", () => {
  test("a new version takes over, and old copies go", async () => {
    let version = "";
    const place = await behind({
      change: (path, body) => (path === "/sw.js" && version ? body.toString().replace(/version: "[^"]+"/, `version: "${version}"`) : undefined),
    });
    const page = await phone(place);
    await page.goto("/");
    await ready(page);
    const names = () => page.evaluate(() => caches.keys());
    const before = await names();
    version = "another";
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await until("the new one is there", async () => (await names()).includes("cc-assets-another"));
    await until("the old is gone", async () => !(await names()).some((name) => before.includes(name) && name !== "cc-own"));
    await page.context().setOffline(true);
    await page.goto("/report");
    assert.ok(await page.locator("#f-description").isVisible());
    await close(page);
  });

  test("a page that is not kept says so and leads to those that are", async () => {
    const page = await phone(city);
    await page.goto("/");
    await ready(page);
    await page.context().setOffline(true);
    await page.goto("/public/cases");
    assert.match(await page.locator("h1").innerText(), /没有信号/);
    await page.locator('main a[href="/report"]').click();
    await page.waitForURL(/\/report$/);
    assert.ok(await page.locator("#f-description").isVisible());
    await close(page);
  });

  test("kept copies are not shown after their hours", async () => {
    const page = await phone(city, { as: CLERK });
    await page.goto("/todo");
    await ready(page);
    await page.locator("[data-keep] button").click();
    await until("it is kept", async () => /已存到本机/.test(await page.locator("[data-keep-note]").innerText()));
    await page.evaluate(async () => {
      const cache = await caches.open("cc-own");
      for (const request of await cache.keys()) {
        const answer = await cache.match(request, { ignoreVary: true });
        const headers = new Headers(answer.headers);
        headers.set("cc-kept-at", String(Date.now() - 73 * 3_600_000));
        await cache.put(request, new Response(await answer.blob(), { headers }));
      }
    });
    await page.context().setOffline(true);
    await page.goto("/todo");
    assert.match(await page.locator("h1").innerText(), /没有信号/);
    await close(page);
  });
});
