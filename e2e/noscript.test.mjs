/** Without script: every page opens and shows what it is for, and the work of a city is done by plain forms. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { rowsOf, unzip } from "./archive.mjs";
import { PHONE, launch, open, signIn, windows } from "./browser.mjs";
import { serve } from "./city.mjs";
import { PAGES, visit } from "./pages.mjs";
import { CLERK, DISPATCHER, INSPECTOR, OFFICE, UNIT_NAME } from "./people.mjs";
import { photo } from "./picture.mjs";
import { report, setScene } from "./scene.mjs";

let city, chromium, scene, windowOf, picture;

before(async () => {
  city = await serve();
  chromium = await launch();
  [scene, picture] = await Promise.all([setScene(city, chromium.browser), photo(chromium.browser, "现场")]);
  windowOf = windows(chromium.browser, city, { script: false });
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const window = (more) => open(chromium.browser, city, { script: false, ...more });
const close = (page) => page.context().close();

describe("every page opens without script", () => {
  for (const entry of PAGES) {
    test(entry.name, async () => {
      const page = await windowOf(entry.as, "zh-CN");
      const answer = await visit(page, entry, scene);
      assert.equal(answer.status(), entry.status ?? 200);
      assert.equal(await page.locator("h1:visible").count(), 1, "headings of the first order");
      assert.ok((await page.locator("h1").first().innerText()).trim().length > 0, "the heading is empty");
      assert.ok((await page.locator("main").innerText()).trim().length > 10, "the page is empty");
      if (!entry.script) assert.ok(await page.locator(entry.does).locator("visible=true").count(), `nothing is seen of ${entry.does}`);
    });
  }
});

test("a problem is reported with a photo and an address, and found again by its number", async () => {
  const page = await window({ size: PHONE });
  await page.goto("/");
  await page.locator('main a[href="/report"]').first().click();
  await page.setInputFiles("[name=photos]", picture);
  await page.locator("label.choice", { hasText: "路灯不亮" }).locator("input").check();
  await page.fill("[name=address]", "新华中路与胜利路路口东南角");
  await page.fill("[name=description]", "整条路的灯都不亮，晚上看不清路。");
  await page.locator("summary", { hasText: "联系方式" }).click();
  await page.fill("[name=phone]", "13912345678");
  await page.locator('form[action="/report"] .btn-accent').click();
  await page.waitForURL(/\/report\/done/);
  const number = (await page.locator("#receipt").innerText()).trim();
  assert.match(number, /^CASE-\d{4}-\d{6}$/);

  await page.goto("/track");
  await page.fill("[name=receipt]", number);
  await page.fill("[name=phone]", "13912345678");
  await page.locator('form[action="/track"] .btn-primary').click();
  await page.waitForURL(/\/r\//);
  assert.equal((await page.locator("#number").innerText()).trim(), number);
  assert.match(await page.locator("main").innerText(), /路灯/);

  // somebody else's telephone number does not open it
  await page.goto("/track");
  await page.fill("[name=receipt]", number);
  await page.fill("[name=phone]", "13900000000");
  await page.locator('form[action="/track"] .btn-primary').click();
  assert.match(page.url(), /\/track$/);
  assert.equal(await page.inputValue("[name=receipt]"), number);
  assert.match(await page.locator(".field:has([name=receipt]) .field-error").innerText(), /对不上/);
  await close(page);
});

test("somebody signs in and out", async () => {
  const page = await window();
  await page.goto("/today");
  assert.match(page.url(), /\/sign-in\?back=%2Ftoday|\/sign-in\?back=\/today/);
  await page.fill("[name=login]", OFFICE);
  await page.fill("[name=password]", "not-the-password");
  await page.press("[name=password]", "Enter");
  await page.locator(".problems").waitFor();
  assert.equal(await page.inputValue("[name=login]"), OFFICE);
  assert.equal(await page.inputValue("[name=password]"), "");
  await signIn(page, OFFICE);
  await page.goto("/today");
  assert.equal(new URL(page.url()).pathname, "/today");
  await page.locator("summary.who").click();
  await page.locator('form[action="/sign-out"] button').click();
  await page.waitForURL(/\/sign-in/);
  await page.goto("/today");
  assert.match(page.url(), /\/sign-in/, "still signed in");
  await close(page);
});

test("the list of cases is narrowed and paged", async () => {
  const page = await window({ as: OFFICE });
  await page.goto("/cases");
  await page.selectOption("[name=state]", "closed");
  await page.locator("form.filters .no-js").first().click();
  await page.waitForURL(/state=closed/);
  const numbers = () => page.locator("tbody .cell-sub .mono").allInnerTexts();
  const seen = new Set();
  let pages = 0;
  for (;;) {
    pages += 1;
    for (const state of await page.locator("tbody .state").allInnerTexts()) assert.equal(state.trim(), "已结案");
    for (const number of await numbers()) {
      assert.ok(!seen.has(number), `${number} is shown twice`);
      seen.add(number);
    }
    const next = page.locator("a[rel=next]");
    if ((await next.count()) === 0) break;
    await next.click();
  }
  assert.ok(pages > 1, "all fit on one page, so nothing was paged");
  // the count is right
  await page.goto("/cases?state=closed");
  await page.locator(".list-count a").click();
  assert.equal(Number((await page.locator("h1").innerText()).replace(/\D/g, "")), seen.size);
  await close(page);
});

test("a case is dispatched, answered with a photo, verified and closed", async () => {
  const { number } = await report(city, { description: "广场东侧垃圾桶满溢。", kind: scene.reported.kind, address: "雄关广场东侧" });
  const office = await window({ as: DISPATCHER });
  await office.goto(`/cases/${number}`);
  // a dispatcher may not confirm: that is the supervision's
  assert.equal(await office.locator(".moves a", { hasText: "立案并派遣" }).count(), 0);
  const inspector = await window({ as: INSPECTOR });
  await inspector.goto(`/cases/${number}`);
  await inspector.locator(".moves button", { hasText: "核实属实" }).click();
  await inspector.locator(".callout-ok").waitFor();
  await office.reload();
  await office.locator(".moves a", { hasText: "立案并派遣" }).click();
  await office.selectOption("[name=lead]", { label: await label(office, "lead", UNIT_NAME) });
  await office.fill("[name=note]", "请今天处理。");
  await office.locator("main form .btn-primary").click();
  await office.waitForURL(new RegExp(`/cases/${number}$`));
  assert.match(await office.locator(".page-head .state").innerText(), /待处置/);

  const clerk = await window({ as: CLERK, size: PHONE });
  await clerk.goto("/todo");
  await clerk.locator(".todo-item", { hasText: number }).locator(".todo-act").click();
  await clerk.setInputFiles('[name="after-photos"]', picture);
  await clerk.fill("[name=text]", "已清运，并增加一次夜间收集。");
  await clerk.locator("main form .btn-primary").click();
  await clerk.waitForURL(new RegExp(`/cases/${number}$`));

  await inspector.goto(`/cases/${number}`);
  await inspector.locator(".moves a", { hasText: "核查通过" }).click();
  await inspector.locator("main form .btn-primary").click();
  await inspector.waitForURL(new RegExp(`/cases/${number}$`));
  await inspector.locator(".moves a", { hasText: "结案" }).click();
  await inspector.locator("main form .btn-primary").click();
  await inspector.waitForURL(new RegExp(`/cases/${number}$`));
  assert.match(await inspector.locator(".page-head .state").innerText(), /已结案/);
  for (const page of [office, inspector, clerk]) await close(page);
});

/** The text of the option that holds these words. */
async function label(page, select, words) {
  const texts = await page.locator(`[name=${select}] option`).allTextContents();
  return texts.find((text) => text.trim().endsWith(words)) ?? assert.fail(`${select} offers no ${words}`);
}

test("a filter is saved, used and taken off again", async () => {
  const page = await window({ as: OFFICE });
  await page.goto("/cases?state=answered");
  await page.locator(".views summary").click();
  await page.fill("#saved-name", "等着核查的");
  await page.locator(".views form button").click();
  const saved = page.locator(".views a", { hasText: "等着核查的" });
  assert.equal(await saved.getAttribute("aria-current"), "page");
  await page.goto("/cases");
  await saved.click();
  assert.match(page.url(), /state=answered/);
  await page.locator(".views button", { hasText: "去掉" }).click();
  await page.locator(".callout-ok").waitFor();
  assert.equal(await saved.count(), 0);
  await close(page);
});

test("language, large type and colours are chosen and kept", async () => {
  const page = await window();
  const html = page.locator("html");
  await page.goto("/track");
  await page.locator(".lang a").click();
  assert.equal(await html.getAttribute("lang"), "en");
  assert.equal(new URL(page.url()).pathname, "/track", "one is led away from the page");
  await page.locator('form[action="/prefs/elder"] button').click();
  assert.notEqual(await html.getAttribute("data-elder"), null);
  await page.goto("/report");
  assert.equal(await html.getAttribute("lang"), "en");
  assert.notEqual(await html.getAttribute("data-elder"), null);
  await page.locator('form[action="/prefs/elder"] button').click();
  assert.equal(await html.getAttribute("data-elder"), null);
  await close(page);

  const staff = await window({ as: OFFICE });
  const root = staff.locator("html");
  await staff.goto("/cases?state=open");
  for (const [theme, shown] of [["dark", "dark"], ["light", "light"], ["auto", null]]) {
    await staff.locator("summary.who").click();
    await staff.locator(`button[data-set-theme=${theme}]`).click();
    assert.equal(await root.getAttribute("data-bs-theme"), shown);
    assert.match(staff.url(), /state=open/, "one is led away from the page");
  }
  await close(staff);
});

test("a telephone report is entered", async () => {
  const page = await window({ as: DISPATCHER });
  await page.goto("/cases");
  await page.locator('main a[href="/cases/new"]').click();
  await page.locator("[name=source][value=phone]").check();
  await page.locator("label.choice", { hasText: "道路破损" }).locator("input").check();
  await page.fill("[name=address]", "五一中路 12 号门前");
  await page.fill("[name=description]", "路面有坑，电动车差点摔倒。");
  await page.fill("[name=reporter]", "李大妈");
  await page.fill("[name=phone]", "13700137000");
  await page.locator('form[action="/cases"] .btn-primary').click();
  await page.waitForURL(/\/cases\/CASE-/);
  const text = await page.locator("main").innerText();
  for (const words of ["电话上报", "五一中路 12 号门前", "李大妈", "13700137000", "路面有坑"]) assert.ok(text.includes(words), `the case does not say ${words}`);
  await close(page);
});

test("a list is exported, exactly as it is shown", async () => {
  const page = await window({ as: OFFICE });
  const shown = [];
  await page.goto("/cases?state=closed,answered&columns=unit,source");
  const heads = (await page.locator("thead th").allInnerTexts()).map((text) => text.trim()).filter(Boolean);
  for (;;) {
    shown.push(...(await page.locator("tbody .cell-sub .mono").allInnerTexts()));
    const next = page.locator("a[rel=next]");
    if ((await next.count()) === 0) break;
    await next.click();
  }
  assert.ok(shown.length > 50);
  const file = async (kind) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`a[download][href*="format=${kind}"]`).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`案卷.*\\.${kind}$`));
    return readFileSync(await download.path());
  };

  const csv = await file("csv");
  assert.deepEqual([...csv.subarray(0, 3)], [0xef, 0xbb, 0xbf], "Excel takes a CSV without the mark for GBK");
  const [head, ...rows] = rowsOf(csv.toString("utf8"));
  assert.deepEqual(rows.map((row) => row[0]), shown);
  for (const column of ["责任单位", "来源"].filter((c) => heads.includes(c))) assert.ok(head.includes(column), `no column ${column} in ${head}`);
  // what the reader has taken off the page is not in the file (what the statistics are made of comes after, in any case)
  for (const column of ["类别", "上报时间"]) assert.ok(!head.includes(column), `a column that was taken off: ${head}`);

  const book = unzip(await file("xlsx"));
  assert.ok(book.has("[Content_Types].xml") && book.has("xl/workbook.xml"));
  const sheet = book.get("xl/worksheets/sheet1.xml");
  assert.equal([...sheet.matchAll(/<row /g)].length, shown.length + 1);
  const words = sheet + (book.get("xl/sharedStrings.xml") ?? "");
  for (const number of shown) assert.ok(words.includes(number), `${number} is not in the XLSX`);
  await close(page);
});

test("a wrong form keeps what was typed, and says beside the field what is wrong", async () => {
  const page = await window({ size: PHONE });
  await page.goto("/report");
  await page.locator("label.choice", { hasText: "乱停车" }).locator("input").check();
  await page.fill("[name=description]", "车停在盲道上。");
  await page.locator("summary", { hasText: "联系方式" }).click();
  await page.fill("[name=phone]", "12345");
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator('form[action="/report"] .btn-accent').click()]);
  assert.equal(answer.status(), 422);
  assert.equal(await page.inputValue("[name=description]"), "车停在盲道上。");
  assert.ok(await page.locator("label.choice", { hasText: "乱停车" }).locator("input").isChecked());
  assert.ok(await page.locator("[name=phone]").isVisible(), "the field that is wrong is folded away");
  assert.equal(await page.inputValue("[name=phone]"), "12345");
  assert.equal(await page.getAttribute("[name=phone]", "aria-invalid"), "true");
  assert.match(await page.locator(".field:has(> [name=phone]) .field-error").innerText(), /手机|电话/);
  assert.match(await page.locator("#f-place .field-error").innerText(), /地址/);
  const summary = page.locator(".problems a");
  assert.equal(await summary.count(), 2);
  for (const href of await summary.evaluateAll((links) => links.map((a) => a.getAttribute("href")))) assert.equal(await page.locator(href).count(), 1, `${href} leads nowhere`);
  await close(page);

  const clerk = await window({ as: CLERK });
  await clerk.goto(`/cases/${scene.dispatched.number}/answer`);
  await clerk.fill("[name=text]", "已经处理。");
  const [refused] = await Promise.all([clerk.waitForNavigation(), clerk.locator("main form .btn-primary").click()]);
  assert.equal(refused.status(), 422);
  assert.equal(await clerk.inputValue("[name=text]"), "已经处理。");
  assert.match(await clerk.locator(".field:has(#f-photos) .field-error").innerText(), /照片/);
  await close(clerk);
});
