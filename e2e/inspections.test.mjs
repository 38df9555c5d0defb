/** An inspection from the plan to the page that everybody may read: bound, drawn, a point replaced, ended, and checked. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, INSPECTOR, OFFICE } from "./people.mjs";
import { day } from "./scene.mjs";

describe("inspections", () => {
  let city, chromium, page, at, commitment, draw;
  before(async () => {
    [city, chromium] = await Promise.all([serve(), launch()]);
    page = await open(chromium.browser, city, { as: OFFICE });
  });
  after(async () => {
    await chromium?.close();
    await city?.stop();
  });

  const press = async (action) => {
    await page.click(`form[action$="${action}"] button`);
    await page.waitForLoadState();
  };
  const text = () => page.locator("main").innerText();

  test("a plan says what it comes to before anything binds it", async () => {
    await page.goto("/inspections/new");
    await page.fill("#f-inspection_name", "集贸市场和学校");
    await page.fill("#f-inspection_from", day(0));
    await page.fill("#f-inspection_until", day(3));
    await page.fill("#f-inspection_public", "抽样当日福彩 3D 开奖号码");
    for (const [type, amount] of [["market", "4"], ["school", "5"]]) {
      await page.check(`input[name=inspection_types][value=${type}]`);
      await page.fill(`input[name=amount_${type}]`, amount);
    }
    await page.click('form[action="/inspections"] .btn-primary');
    await page.waitForURL(/\/inspections\/IN-\d{4}-\d{4}/);
    at = new URL(page.url()).pathname;
    assert.match(await text(), /里抽取 9 个/);
  });

  test("it is bound, and everybody sees the fingerprint and nothing else", async () => {
    await press("/commitment");
    [commitment] = (await text()).match(/[0-9a-f]{64}/);
    const stranger = await open(chromium.browser, city, { size: PHONE });
    await stranger.goto(`/public/draws/${at.split("/").pop()}`);
    const shown = await stranger.locator("main").innerText();
    assert.ok(shown.includes(commitment) && !shown.includes("集贸市场"), shown);
    const wide = await tooWide(stranger);
    assert.ok(wide <= 0, `${wide} px too wide`);
    assert.deepEqual(faults(stranger), []);
    await stranger.context().close();
  });

  test("it is drawn before a witness, and a closed point is replaced by the next", async () => {
    await page.fill("#f-inspection_value", "2026180期 5 0 7");
    await page.fill("#f-inspection_witness", "市纪委监委 王明");
    await press("/draw");
    assert.match(await text(), /考察 9 个点位/);
    await page.goto(`${at}/points`);
    const first = await page.locator("main tbody .mono").first().innerText();
    await page.selectOption("#f-inspection_point", first);
    await page.fill("#f-inspection_reason", "闭店装修");
    await press("/replacements");
    const shown = await text();
    assert.ok(shown.includes("替换记录") && shown.includes(`替换 ${first}`), shown);
  });

  test("inspectors are sent, and each sees their own day on a telephone", async () => {
    await page.goto(`${at}/inspectors`);
    await press("/inspectors");
    await page.waitForURL(/\/routes/);
    const ways = await page.locator("main section.panel table").count();
    assert.ok(ways > 0 && (await text()).includes("直线"), `${ways} ways`);
    const inspector = await open(chromium.browser, city, { as: INSPECTOR, size: PHONE });
    await inspector.goto("/inspections/mine");
    const link = await inspector.locator('main a[href^="geo:"]').first().getAttribute("href");
    assert.match(link, /^geo:\d+\.\d+,\d+\.\d+$/);
    const wide = await tooWide(inspector);
    assert.ok(wide <= 0, `${wide} px too wide`);
    assert.deepEqual(faults(inspector), []);
    await inspector.context().close();
  });

  test("the certificate comes as a page, on paper and as a file that checks", async () => {
    await page.goto(`${at}/certificate`);
    assert.ok((await text()).includes(commitment));
    const fetched = async (end) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(`main a[href$="${end}"]`)]);
      return readFileSync(await download.path());
    };
    assert.equal((await fetched("/certificate.pdf")).subarray(0, 5).toString(), "%PDF-");
    draw = await fetched("/draw.json");
    const clerk = await open(chromium.browser, city, { as: CLERK });
    const check = async (buffer) => {
      await clerk.goto("/inspections/check");
      await clerk.setInputFiles("#f-draw_file", { name: "draw.json", mimeType: "application/json", buffer });
      await clerk.click('form[action="/inspections/check"] .btn-primary');
      return clerk.locator("main").innerText();
    };
    assert.match(await check(draw), /完全一致/);
    const forged = JSON.parse(draw);
    forged.public_value = "2026180期 5 0 8";
    assert.match(await check(Buffer.from(JSON.stringify(forged))), /有不符之处/);
    assert.deepEqual(faults(clerk), []);
    await clerk.context().close();
  });

  test("when it has ended everybody sees all of it", async () => {
    await page.goto(at);
    await press("/start");
    await press("/end");
    const stranger = await open(chromium.browser, city, { size: PHONE });
    await stranger.goto(`/public/draws/${at.split("/").pop()}`);
    const shown = await stranger.locator("main").innerText();
    assert.ok(shown.includes("集贸市场和学校") && shown.includes("闭店装修"), shown);
    const wide = await tooWide(stranger);
    assert.ok(wide <= 0, `${wide} px too wide`);
    const [download] = await Promise.all([stranger.waitForEvent("download"), stranger.click('main a[href$="/draw.json"]')]);
    assert.deepEqual(JSON.parse(readFileSync(await download.path())), JSON.parse(draw));
    await stranger.context().close();
    assert.deepEqual(faults(page), []);
  });
});
