/**
 * Being told by push, as far as a browser without a screen goes: it cannot reach a real push service, so what the browser
 * would be given there is put in its place; what a service would deliver is delivered by the browser's own tools.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { OFFICE } from "./people.mjs";
import { report } from "./scene.mjs";
import { until } from "./until.mjs";

let city, chromium;

before(async () => {
  city = await serve();
  chromium = await launch();
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const close = (page) => page.context().close();
const ready = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

/** A browser whose push service is there: it hands out one subscription, as the standard says what it holds. */
async function withService(page) {
  await page.context().grantPermissions(["notifications"], { origin: city.address });
  await page.addInitScript(() => {
    // the generator of P-256 is a public key as good as any
    const key = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";
    let held = null;
    PushManager.prototype.getSubscription = async () => held;
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
      if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("not as browsers want it");
      held = {
        options: { applicationServerKey: applicationServerKey.buffer },
        toJSON: () => ({ endpoint: "https://push.example.net/one", keys: { p256dh: key, auth: "AAECAwQFBgcICQoLDA0ODw" } }),
        unsubscribe: async () => true,
      };
      return held;
    };
    Object.defineProperty(Notification, "permission", { get: () => "granted" });
    Notification.requestPermission = async () => "granted";
  });
}

describe("a browser is told", () => {
  test("at one's own page: turned on, shown, turned off", async () => {
    const page = await open(chromium.browser, city, { as: OFFICE, size: PHONE, worker: true });
    await withService(page);
    await page.goto("/me");
    await page.locator('a[href="/me/push"]').click();
    await ready(page);
    await page.locator("form[data-push] button").click();
    await page.locator('form[action$="/removal"] button').waitFor();
    assert.match(await page.locator(".callout-ok").innerText(), /已打开/);
    assert.match(await page.locator("main").innerText(), /Chrome/);
    await page.locator('form[action$="/removal"] button').click();
    await until("it is gone", async () => (await page.locator('form[action$="/removal"]').count()) === 0);
    await close(page);
  });

  test("by whoever reported, without an account", async () => {
    const reported = await report(city, { description: "门前有垃圾", address: "新华北路12号" });
    const page = await open(chromium.browser, city, { size: PHONE, worker: true });
    await withService(page);
    await page.goto(`/r/${reported.token}`);
    await ready(page);
    await page.locator("#push [name=push_at_night]").check();
    await page.locator("form[data-push] button").click();
    await page.locator('#push form[action$="/removal"] button').waitFor();
    assert.match(await page.locator("#push").innerText(), /夜里也提醒/);
    await close(page);
  });

  test("or says that it may not, or cannot", async () => {
    const page = await open(chromium.browser, city, { as: OFFICE, worker: true });
    await page.goto("/me/push");
    await ready(page);
    // nobody has granted anything here
    await page.locator("form[data-push] button").click();
    await page.locator("#toasts .toast-line").waitFor();
    assert.match(await page.locator("#toasts").innerText(), /不允许|没有响应/);
    await close(page);
    const without = await open(chromium.browser, city, { as: OFFICE, script: false });
    await without.goto("/me/push");
    assert.ok(await without.locator("[data-push-unable]").isVisible());
    assert.ok(!(await without.locator("form[data-push] button").isVisible()));
    await close(without);
  });
});

test("a message is shown as it came, and leads to its page only", async () => {
  const page = await open(chromium.browser, city, { worker: true });
  await page.context().grantPermissions(["notifications"], { origin: city.address });
  await page.goto("/");
  await ready(page);
  const tools = await page.context().newCDPSession(page);
  const found = new Promise((done) => tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    const own = registrations.find((r) => r.scopeURL.startsWith(city.address) && !r.isDeleted);
    if (own) done(own.registrationId);
  }));
  await tools.send("ServiceWorker.enable");
  const registrationId = await found;
  const data = JSON.stringify({ title: "创城 · 嘉峪关", body: "有 3 条新提醒", href: "/inbox", tag: "person" });
  await tools.send("ServiceWorker.deliverPushMessage", { origin: city.address, registrationId, data });
  const shown = await until("it is shown", () =>
    page.evaluate(async () => {
      const [one] = await (await navigator.serviceWorker.ready).getNotifications();
      return one && { title: one.title, body: one.body, href: one.data, tag: one.tag };
    }));
  assert.deepEqual(shown, { title: "创城 · 嘉峪关", body: "有 3 条新提醒", href: "/inbox", tag: "person" });
  await close(page);
});
