/**
 * An inspector's day without a network: points and checklists on the telephone, five filled in with photos, the browser killed on
 * the way, everything received once; somebody was first; answers are refused; signing out clears.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { PASSWORD } from "./city.mjs";
import { PHONE, SMALL_PHONE, faults, launch, open, signIn, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { rowsOf } from "./database.mjs";
import { INSPECTOR, OFFICE } from "./people.mjs";
import { photo } from "./picture.mjs";
import { between } from "./proxy.mjs";
import { inspection } from "./points.mjs";
import { day } from "./scene.mjs";
import { Telephone } from "./telephone.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const APP = "/fieldwork/app";
let city, chromium, pictures, points;
const telephones = [];
const places = [];

before(async () => {
  [city, chromium] = await Promise.all([serve(), launch()]);
  pictures = await Promise.all(["积水", "垃圾", "占道", "堵塞", "破损"].map((words) => photo(chromium.browser, words)));
  await inspection(city, chromium.browser);
  points = (await today()).visits.filter((visit) => visit.state === "open" && visit.checklist);
  assert.ok(points.length >= 9, `${points.length} points of the inspector's day have a checklist`);
});
after(async () => {
  await Promise.all(telephones.map((telephone) => telephone.away()));
  await Promise.all(places.map((place) => place.close()));
  await chromium?.close();
  await city?.stop();
});

const inspector = () => Visitor.signedIn(city, INSPECTOR);
const today = async () => (await inspector()).json(`/api/v1/fieldwork/day?date=${day(0)}`);
/** For somebody to look at, where E2E_SHOTS names a folder. */
const shot = (page, name) => process.env.E2E_SHOTS && page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}.png`, fullPage: true });
const row = (page, point) => page.locator(`[data-visit="${point.id}"]`);
const state = (page, point) => row(page, point).getAttribute("data-state");

async function becomes(page, point, wanted, seconds) {
  let seen;
  await until(() => `${point.name} is ${wanted}, not ${seen}`, async () => (seen = await state(page, point)) === wanted, { seconds });
}

/** A new telephone with the day on it, or one that was there. */
async function telephone(address = city.address, more) {
  const one = new Telephone(more);
  telephones.push(one);
  const page = await one.on();
  await page.goto(`${address}/sign-in`);
  await page.fill("[name=login]", INSPECTOR);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.press("[name=password]", "Enter")]);
  await page.goto(address + APP);
  await row(page, points[0]).waitFor();
  await page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.match("/fieldwork/app", { cacheName: "cc-field" })) !== undefined);
  return [one, page];
}

const question = (page, path) => page.locator(`[id="q-${path}-field"]`);
const choose = (page, path, value) => question(page, path).locator(`input[value="${value}"]`).check();
const next = (page) => page.locator(".field-steps .btn-primary").click();
const step = (page) => page.locator("#field-step").innerText();

/** The market's checklist, screen by screen. `stop`: leaves it when the photo is taken. */
async function fillIn(page, point, picture, { stop = false, begun = false } = {}) {
  if (!begun) {
    await row(page, point).locator(".todo-title").click();
    await page.fill('[id="q-visited_on"]', day(0));
    await next(page);
    await choose(page, "floor", "unmet");
    await choose(page, "stalls", "met");
    await choose(page, "fire_lane", "met");
    await page.setInputFiles('[id="q-order_photo-more"]', [picture]);
    await question(page, "order_photo").locator("img").waitFor();
    await until("the photo is kept", async () => (await kept(page, "files")).length > 0);
  }
  if (stop) return;
  await next(page);
  // public notices: none here
  await next(page);
  for (let n = 1; n <= 5; n += 1) await choose(page, `asked[${n}]/knows`, n < 5 ? "met" : "unmet");
  await next(page);
  await choose(page, "toilet", "B");
  await page.fill('[id="q-scales"]', "2");
  await next(page);
  await page.fill('[id="q-remarks"]', `${point.number} 没有信号时写的`);
  await next(page);
  await page.locator(".callout-ok").waitFor();
}

async function handIn(page, point, picture, more) {
  await fillIn(page, point, picture, more);
  await next(page);
  await row(page, point).waitFor();
}

/** What the telephone's database has in a store. */
const kept = (page, store, name = "cc-field") =>
  page.evaluate(([name, store]) => new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const { result } = opening;
      if (!result.objectStoreNames.contains(store)) return done([]);
      result.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => {
        result.close();
        done(target.result.map((one) => ({ ...one, bytes: undefined, files: one.files?.map((file) => ({ ...file, bytes: undefined })) })));
      };
    };
  }), [name, store]);

const records = (point) => rowsOf(city, `select r.id, r.number, r.state, (select count(*) from field_file f where f.record_id = r.id) as files from field_record r where r.visit_id = ${point.id}`);

/** What was answered, as the program tells it: its database holds that sealed. */
const answersOf = async (record) => (await (await inspector()).json(`/api/v1/fieldwork/records/${record.number}`)).answers.given;

describe("a day without a network", () => {
  let one, page;

  test("the day is on the telephone: in the order of the way, with what leads there", async () => {
    [one, page] = await telephone();
    const places = await page.locator(".field-visit .todo-title").allInnerTexts();
    const numbers = places.map((text) => Number(text.split(".")[0]));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
    assert.match(await row(page, points[0]).locator('a[href^="geo:"]').getAttribute("href"), /^geo:\d+\.\d+,\d+\.\d+$/);
    await one.context.grantPermissions(["geolocation"], { origin: city.address });
    await one.context.setGeolocation({ latitude: points[0].lat, longitude: points[0].lng + 0.01, accuracy: 5 });
    await page.getByRole("button", { name: "显示离我多远" }).click();
    // a hundredth of a degree at this latitude
    await until("the distance is shown", async () => /直线 8[5-7]0 米/.test(await row(page, points[0]).innerText()));
    await shot(page, "field-list");
  });

  test("the browser is killed in the middle of a form, and nothing is lost", async () => {
    await one.context.setOffline(true);
    await city.halt();
    await fillIn(page, points[0], pictures[0], { stop: true });
    await shot(page, "field-form");
    await one.kill();
    page = await one.on();
    // the program is stopped: what is opened now comes from the telephone alone
    await page.goto(city.address + APP);
    await becomes(page, points[0], "begun");
    assert.match(await page.locator(".offline-bar").first().innerText(), /没有信号/);
    await shot(page, "field-list-offline");
    await row(page, points[0]).locator(".todo-title").click();
    await question(page, "order_photo").locator("img").waitFor();
    assert.ok(await question(page, "floor").locator("input[value=unmet]").isChecked());
    assert.match(await step(page), /第 2 页/);
  });

  test("five points are handed in without a network, and wait over another kill", async () => {
    await handIn(page, points[0], pictures[0], { begun: true });
    assert.equal(await state(page, points[0]), "waiting");
    for (const n of [1, 2, 3, 4]) await handIn(page, points[n], pictures[n]);
    await shot(page, "field-list-waiting");
    await one.kill();
    page = await one.on();
    await page.goto(city.address + APP);
    for (const n of [0, 1, 2, 3, 4]) await becomes(page, points[n], "waiting");
    const outbox = await kept(page, "outbox", "cc");
    assert.deepEqual(outbox.map((item) => item.files.length), [1, 1, 1, 1, 1]);
  });

  test("when the network is back all five are received, once each, with their photos", async () => {
    city = await city.again();
    await page.goto(city.address + APP);
    // a session that did not outlive the browser is asked for, and keeps all
    if (page.url().includes("/sign-in")) {
      await page.fill("[name=login]", INSPECTOR);
      await page.fill("[name=password]", PASSWORD);
      await Promise.all([page.waitForURL(/fieldwork\/app/), page.press("[name=password]", "Enter")]);
    }
    for (const n of [0, 1, 2, 3, 4]) await becomes(page, points[n], "sent", 90);
    const now = await today();
    for (const n of [0, 1, 2, 3, 4]) {
      const [record, ...others] = await records(points[n]);
      assert.equal(others.length, 0, points[n].name);
      assert.equal(record.files, 1);
      const given = await answersOf(record);
      assert.equal(given.remarks, `${points[n].number} 没有信号时写的`);
      assert.equal(given.order_photo.length, 1);
      assert.equal(now.visits.find(({ id }) => id === points[n].id).state, "handed_in");
    }
    // what it said is the server's now
    assert.deepEqual(await kept(page, "drafts"), []);
    assert.deepEqual(await kept(page, "files"), []);
    await shot(page, "field-list-sent");
    await one.away();
  });
});

describe("sending", () => {
  test("an answer that was lost with the browser makes no second record", async () => {
    let losing = true;
    let lost = 0;
    const place = await between(city, { lose: (asked) => asked.method === "POST" && asked.url === "/api/v1/fieldwork/records" && losing && (lost += 1) > 0 });
    places.push(place);
    const [one, before] = await telephone(place.address);
    await handIn(before, points[5], pictures[0]);
    await until("the record was saved and its answer lost", async () => lost > 0 && (await records(points[5])).length === 1);
    await one.kill();
    losing = false;
    const page = await one.on();
    await page.goto(place.address + APP);
    if (page.url().includes("/sign-in")) {
      await page.fill("[name=login]", INSPECTOR);
      await page.fill("[name=password]", PASSWORD);
      await Promise.all([page.waitForURL(/fieldwork\/app/), page.press("[name=password]", "Enter")]);
    }
    await becomes(page, points[5], "sent");
    assert.equal((await records(points[5])).length, 1);
    await one.away();
  });

  test("somebody was first: it is kept beside theirs, and said so", async () => {
    const [one, page] = await telephone();
    await one.context.setOffline(true);
    await handIn(page, points[6], pictures[1]);
    const other = await inspector();
    const { id, model } = (await today()).checklists.find((list) => list.id === points[6].checklist);
    assert.ok(model.items.some((item) => item.relevant?.op), "expressions come as trees");
    const given = { visited_on: day(0), light: "day", floor: "met", stalls: "met", fire_lane: "met", toilet: "A", scales: 1 };
    const rows = { asked: Array.from({ length: 5 }, () => ({ given: { knows: "met" } })) };
    const record = { visit: points[6].id, checklist: id, instance: crypto.randomUUID(), started_at: new Date().toISOString(), ended_at: new Date().toISOString(), at: null, answers: { given, rows } };
    const made = await other.api("/api/v1/fieldwork/records", { record: JSON.stringify(record) });
    assert.equal(made.status, 201, made.text);
    await one.context.setOffline(false);
    await becomes(page, points[6], "beside");
    assert.match(await row(page, points[6]).innerText(), /已有人提交[\s\S]*创城办/);
    await shot(page, "field-list-beside");
    assert.equal((await records(points[6])).length, 2);
    await one.away();
  });

  test("answers that are refused open at their question, with everything that was written", async () => {
    const [one, page] = await telephone();
    await one.context.setOffline(true);
    await handIn(page, points[7], pictures[2]);
    // as if the telephone had an older reader than the server
    await page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open("cc");
      opening.onsuccess = () => {
        const store = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
        store.getAll().onsuccess = ({ target }) => {
          for (const item of target.result) {
            item.fields = item.fields.map(([name, text]) => [name, text.replace('"scales":2', '"scales":-99999999999')]);
            store.put(item);
          }
          store.transaction.oncomplete = done;
        };
      };
    }));
    await one.context.setOffline(false);
    await becomes(page, points[7], "wrong");
    await row(page, points[7]).locator(".todo-title").click();
    await page.locator(".field-lines .field-error").waitFor();
    await shot(page, "field-check-refused");
    await page.locator(".field-lines .field-error button").click();
    assert.equal(await page.inputValue('[id="q-scales"]'), "2");
    await page.fill('[id="q-scales"]', "3");
    await next(page);
    await next(page);
    await page.locator(".callout-ok").waitFor();
    await next(page);
    await becomes(page, points[7], "sent");
    const [record, ...others] = await records(points[7]);
    assert.equal(others.length, 0);
    assert.equal(record.files, 1, "its photo was kept");
    assert.equal((await answersOf(record)).scales, 3);
    await one.away();
  });

  test("signing out asks, and clears points, answers and photos; nobody else sees them", async () => {
    const page = await open(chromium.browser, city, { as: INSPECTOR, size: PHONE, worker: true });
    await page.goto(APP);
    await row(page, points[8]).waitFor();
    await page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.match("/fieldwork/app", { cacheName: "cc-field" })) !== undefined);
    await fillIn(page, points[8], pictures[3], { stop: true });
    // somebody else, where nobody signed out
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await signIn(page, OFFICE);
    await page.goto("/outbox");
    assert.deepEqual(await kept(page, "days"), []);
    await page.context().setOffline(true);
    await page.goto(APP);
    assert.ok(!(await page.locator("body").innerText()).includes(points[8].name));
    await page.context().setOffline(false);
    // and back: what was written has waited for its person
    await page.context().clearCookies();
    await page.context().addCookies(cookies);
    await page.goto(APP);
    await becomes(page, points[8], "begun");
    const asked = [];
    page.once("dialog", (dialog) => {
      asked.push(dialog.message());
      return dialog.accept();
    });
    await page.locator("details.menu summary").click();
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(/\/sign-out|\/sign-in|\/$/);
    assert.match(asked.join(), /没发送/);
    for (const store of ["days", "drafts", "files"]) assert.deepEqual(await kept(page, store), [], store);
    await page.context().setOffline(true);
    await page.goto(APP);
    assert.match(await page.locator("h1").innerText(), /没有信号/);
    await page.context().close();
  });
});

describe("its screens", { concurrency: false }, () => {
  test("it can be put on a home screen", async () => {
    const visitor = await inspector();
    const link = (await visitor.get(APP)).text.match(/<link rel="manifest" href="([^"]+)"/)[1];
    const answer = await visitor.get(link);
    assert.match(answer.headers.get("content-type"), /^application\/manifest\+json/);
    const { start_url: start, icons, shortcuts, name } = JSON.parse(answer.text);
    assert.equal(start, APP);
    assert.match(name, /创城考察/);
    assert.ok(shortcuts.some(({ url }) => url === APP));
    assert.equal((await visitor.get(icons[0].src)).status, 200);
  });

  for (const lang of ["zh-CN", "en"]) {
    for (const size of [PHONE, SMALL_PHONE]) {
      test(`fit ${size.width} px in ${lang}, and axe finds nothing`, async () => {
        const page = await open(chromium.browser, city, { as: INSPECTOR, size, lang });
        await page.goto(APP);
        await row(page, points[8]).waitFor();
        await right(page, `field-list-${size.width}-${lang}`);
        await row(page, points[8]).locator(".todo-title").click();
        await page.locator("#field-step").waitFor();
        await right(page, `field-first-${size.width}-${lang}`);
        await page.fill('[id="q-visited_on"]', day(0));
        await next(page);
        // what is missing is said once, beside its question
        await next(page);
        await question(page, "floor").locator(".field-error").waitFor();
        await choose(page, "floor", "unmet");
        await page.setInputFiles('[id="q-order_photo-more"]', [pictures[4]]);
        await question(page, "order_photo").locator("img").waitFor();
        await right(page, `field-order-${size.width}-${lang}`);
        await next(page);
        await page.locator(".field-rows button").click();
        await page.locator(".field-row").waitFor();
        await right(page, `field-rows-${size.width}-${lang}`);
        await page.goto(`${city.address}${APP}#v/${points[8].id}/check`);
        await page.locator(".field-lines").first().waitFor();
        await right(page, `field-check-${size.width}-${lang}`);
        await page.context().close();
      });
    }
  }

  test("conditions and constraints are judged as they are typed", async () => {
    const page = await open(chromium.browser, city, { as: INSPECTOR, size: PHONE });
    await page.goto(APP);
    await row(page, points[8]).locator(".todo-title").click();
    await page.fill('[id="q-visited_on"]', day(0));
    assert.match(await step(page), /共 6 页/);
    await choose(page, "light", "night");
    await next(page);
    assert.match(await step(page), /共 7 页/, "the lamps are asked for after dark");
    for (const path of ["floor", "stalls", "fire_lane"]) await choose(page, path, "met");
    assert.ok(await question(page, "order_photo").isHidden());
    await choose(page, "fire_lane", "unmet");
    assert.ok(await question(page, "order_photo").isVisible());
    await choose(page, "fire_lane", "met");
    await next(page);
    await page.fill('[id="q-lamps_all"]', "20");
    await page.fill('[id="q-lamps_lit"]', "21");
    assert.match(await question(page, "lamps_lit").innerText(), /亮灯数不能多于总数/);
    await page.fill('[id="q-lamps_lit"]', "19");
    assert.ok(await question(page, "lamps_lit").locator(".field-error").isHidden());
    await page.context().close();
  });
});

/** No sideways scrolling, nothing missing, nothing that axe calls serious. */
async function right(page, name) {
  await shot(page, name);
  assert.ok((await tooWide(page)) <= 0, `${name} is too wide`);
  const text = await page.locator("main").innerText();
  assert.ok(!text.includes("⟦") && !/\{\w+\}/.test(text), `a text is missing: ${name}: ${text.match(/⟦[^⟧]*⟧|\{\w+\}/)?.[0]}`);
  const violations = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`);
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${name}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`), []);
  assert.deepEqual(faults(page), []);
}
