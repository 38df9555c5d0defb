/**
 * The wall of a command room: it fits without scrolling, renews itself, says when its figures stand still, works without script, and
 * a display shows it with nobody signed in. The brief is one sheet of paper.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, faults, launch, open, settled, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { OFFICE, SYSTEM_ADMIN } from "./people.mjs";
import { day, report } from "./scene.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, office;
before(async () => {
  city = await serve();
  chromium = await launch();
  office = await Visitor.signedIn(city, OFFICE);
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const close = (page) => page.context().close();
const WALL = { width: 1920, height: 1080 };
const number = async (page, label) => Number((await page.locator(".wall-tile", { hasText: label }).locator(".wall-tile-value").innerText()).replaceAll(",", ""));

/** Registers a display; its path. */
async function registered(fields = {}) {
  const admin = await Visitor.signedIn(city, SYSTEM_ADMIN);
  const form = { display_name: "大厅屏", display_place: "指挥大厅", display_until: day(30), ...fields };
  const { text } = await admin.send("/admin/screens", form);
  return { admin, path: text.match(/\/screen\/d\/[a-z0-9]{26}/)[0] };
}

/** In the page: how much of it lies out of sight, and what is cut off inside of it. */
function hidden() {
  const root = document.documentElement;
  const over = [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight, document.body.scrollHeight - document.body.clientHeight];
  const cut = [...document.querySelectorAll(".wall-body, .wall-panel, .wall-tile")].filter((e) => e.scrollHeight > e.clientHeight + 1);
  const last = document.querySelector(".wall-made").getBoundingClientRect().bottom;
  return { over, cut: cut.map((e) => `${e.className} ${e.textContent.trim().slice(0, 30)} ${e.scrollHeight} in ${e.clientHeight}`), below: last > innerHeight };
}

for (const [width, height] of [[1920, 1080], [3840, 2160], [1366, 768], [1440, 900]]) {
  for (const lang of ["zh-CN", "en"]) {
    test(`the wall fits ${width}×${height} in ${lang}`, async () => {
      const page = await open(chromium.browser, city, { as: OFFICE, size: { width, height }, lang });
      await page.goto("/screen");
      await settled(page, { drawn: width < 3000 });
      const found = await page.evaluate(hidden);
      assert.ok(found.over.every((n) => n <= 0), `${found.over}`);
      assert.deepEqual(found.cut, []);
      assert.equal(found.below, false, "the last line lies below the edge");
      const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".wall-bar-name")).fontSize));
      assert.ok(size >= 12, `letters of ${size} px`);
      assert.deepEqual(faults(page), []);
      await close(page);
    });
  }
}

test("a telephone shows it below each other", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  await page.goto("/screen");
  await settled(page);
  const wide = await tooWide(page);
  assert.ok(wide <= 0, `${wide} px too wide`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight));
  await close(page);
});

test("a wall renews itself when a case is reported, and leaves alone what did not change", async () => {
  const { path } = await registered();
  const page = await open(chromium.browser, city, { size: WALL });
  await page.clock.install();
  await page.goto(path);
  await settled(page, { drawn: true });
  const had = await number(page, "今日上报");
  await page.evaluate(() => {
    document.querySelector("canvas.maplibregl-canvas").dataset["kept"] = "yes";
    document.querySelector("[data-part=letters]").dataset["kept"] = "yes";
  });
  await report(city, { description: "人行道上堆着纸箱", lng: 98.28, lat: 39.78 });
  await until("the wall shows it", async () => {
    await page.clock.runFor(31_000);
    return (await number(page, "今日上报")) === had + 1;
  });
  assert.equal(await page.locator("canvas.maplibregl-canvas[data-kept]").count(), 1, "the map was made anew");
  assert.equal(await page.locator("[data-part=letters][data-kept]").count(), 1, "a panel that did not change was made anew");
  assert.match(await page.locator("[data-clock]").innerText(), /^\d\d:\d\d$/);
  assert.deepEqual(faults(page), []);
  await close(page);
});

test("a display has nobody on it, and ends when it is revoked", async () => {
  const { admin, path } = await registered({ display_title: "创城一张图", panel_1: "figures", panel_2: "kinds" });
  const page = await open(chromium.browser, city, { size: WALL });
  await page.clock.install();
  await page.goto(path);
  assert.equal(await page.locator("h1").innerText().then((text) => text.includes("创城一张图")), true);
  assert.equal(await page.locator("main a").count(), 0, "links on a wall");
  assert.equal(await page.locator("[data-map]").count(), 0);
  const name = await admin.link("/admin/screens", /^\/admin\/screens\/SD-/);
  const { text } = await admin.get(`${name}/revocation`);
  await admin.send(`${name}/revocation`, { version: text.match(/name="version" value="(\d+)"/)[1] });
  await until("the wall says that it was revoked", async () => {
    await page.clock.runFor(31_000);
    return (await page.locator("h1").innerText()).includes("已被撤销");
  });
  await close(page);
});

test("without script it reloads itself and says everything", async () => {
  const { path } = await registered();
  const page = await open(chromium.browser, city, { size: WALL, script: false });
  await page.goto(path);
  assert.equal(await page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count(), 1);
  for (const words of ["今日上报", "在办案卷，按类别", "最新进展"]) assert.ok((await page.locator("body").innerText()).includes(words), words);
  assert.equal(await page.locator("svg.wall-chart polyline").count() >= 1, true, "the line is drawn by the server");
  assert.equal(await page.locator(".ticker-runs").count(), 0, "nothing moves that cannot be stopped");
  await close(page);
});

test("the ticker is stopped with a button, and stands still for those who want no motion", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: WALL });
  await page.goto("/screen");
  const button = page.locator(".ticker-button");
  await button.click();
  assert.equal(await page.locator(".ticks").evaluate((e) => getComputedStyle(e).animationPlayState), "paused");
  await close(page);
  const calm = await open(chromium.browser, city, { as: OFFICE, size: WALL, with: { reducedMotion: "reduce" } });
  await calm.goto("/screen");
  await settled(calm);
  assert.equal(await calm.locator(".ticker-button").count(), 0);
  assert.equal(await calm.locator(".ticks").evaluate((e) => getComputedStyle(e).animationName), "none");
  await close(calm);
});

test("the brief is one sheet of paper, and its numbers open their lists", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/brief");
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  assert.equal([...pdf.matchAll(/\/Type\s*\/Page\b/g)].length, 1, "more than one page");
  const link = page.locator("tbody td a").first();
  const told = (await link.innerText()).trim();
  await link.click();
  await page.waitForURL(/\/cases\?/);
  await page.locator(".list-count", { hasText: told }).waitFor();
  assert.deepEqual(faults(page), []);
  await close(page);
  const file = await office.get("/brief/pdf");
  assert.equal(file.bytes.subarray(0, 4).toString(), "%PDF");
});

test("when the server stops, the wall says since when; when it is back, it goes on", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: WALL });
  await page.clock.install();
  await page.goto("/screen");
  const had = await number(page, "今日上报");
  await page.route("**/screen/panels*", (route) => route.abort("connectionrefused"));
  await until("it says that the figures stand still", async () => {
    await page.clock.runFor(31_000);
    return page.locator("[data-stale]").isVisible();
  });
  assert.match(await page.locator("[data-stale]").innerText(), /数据停在 \d\d:\d\d/);
  assert.equal(await number(page, "今日上报"), had, "what was known stays");
  await page.unroute("**/screen/panels*");
  await until("it goes on", async () => {
    await page.clock.runFor(31_000);
    return !(await page.locator("[data-stale]").isVisible());
  });
  // the program itself, at last
  await city.halt();
  await until("it says so again", async () => {
    await page.clock.runFor(31_000);
    return page.locator("[data-stale]").isVisible();
  });
  await close(page);
});
