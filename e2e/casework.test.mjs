/** What the office takes out of a photo and of words is gone for everybody else; a unit divides its work. On a phone and at a desk. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, SMALL_PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, HEAD, OFFICE, UNIT_NAME } from "./people.mjs";
import { asFile, photo } from "./picture.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, office, clerk, unit, like, shot;

before(async () => {
  city = await serve();
  chromium = await launch();
  [office, clerk] = await Promise.all([OFFICE, CLERK].map((login) => Visitor.signedIn(city, login)));
  for (let next = ""; !unit; ) {
    const page = await office.json(`/api/v1/units${next ? `?after=${next}` : ""}`);
    unit = page.items.find((one) => one.name === UNIT_NAME)?.code;
    next = page.next;
    assert.ok(unit || next, "the city has the unit");
  }
  const { items } = await office.json("/api/v1/cases");
  like = items.find((one) => one.kind && one.lng && one.address);
  shot = await photo(chromium.browser, "门口");
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

/** A case that the unit has been told of, and its photo. */
async function dispatched(words) {
  const { text, path } = await new Visitor(city).send(
    "/report",
    { description: words, kind: "", other_kind: like.kind, lng: like.lng, lat: like.lat, address: like.address },
    [asFile(shot, "photos")],
  );
  const number = text.match(/CASE-\d{4}-\d{6}/)[0];
  await office.send(`/cases/${number}/acceptance`, { item: like.kind, lead: unit });
  const picture = await until("the photo is shown", async () => (await office.json(`/api/v1/cases/${number}`)).photos[0]);
  return { number, token: path.split("t=")[1], picture, id: picture.split("/")[2] };
}


/** Red, green and blue at a place of a picture, in shares of its sides, as a browser shows it. */
const colour = (page, path, x, y) =>
  page.evaluate(
    async ({ path, x, y }) => {
      const answer = await fetch(path);
      if (!answer.ok) return answer.status;
      const picture = await createImageBitmap(await answer.blob());
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
      const pen = canvas.getContext("2d");
      pen.drawImage(picture, 0, 0);
      return [...pen.getImageData(picture.width * x, picture.height * y, 1, 1).data].slice(0, 3);
    },
    { path, x, y },
  );
const dark = (rgb) => Array.isArray(rgb) && rgb.every((byte) => byte < 20);

test("a box drawn with the mouse and one placed with the keys are gone from the public photo", async () => {
  const { number, picture, id } = await dispatched("有人在门口乱堆杂物。");
  const stranger = await open(chromium.browser, city);
  await stranger.goto(`/public/cases/${number}`);
  assert.ok(!dark(await colour(stranger, picture, 0.15, 0.15)));

  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto(`/cases/${number}`);
  await page.getByRole("link", { name: "对外显示" }).click();
  await page.locator(`a[href$="/photos/${id}/cover"]`).first().click();
  const stage = await page.locator(".cover-stage").boundingBox();
  const at = (x, y) => [stage.x + stage.width * x, stage.y + stage.height * y];
  await page.mouse.move(...at(0.05, 0.05));
  await page.mouse.down();
  await page.mouse.move(...at(0.2, 0.2), { steps: 4 });
  await page.mouse.move(...at(0.3, 0.3));
  await page.mouse.up();
  assert.equal(await page.locator(".cover-box:visible").count(), 1);
  // the second one without a mouse
  await page.getByRole("button", { name: "加一个框" }).focus();
  await page.keyboard.press("Enter");
  const box = page.locator(".cover-box:visible").nth(1);
  await box.waitFor();
  assert.ok(await box.evaluate((one) => one === document.activeElement), "the new box has the focus");
  for (let n = 0; n < 30; n += 1) await page.keyboard.press("ArrowRight");
  for (let n = 0; n < 5; n += 1) await page.keyboard.press("Shift+ArrowDown");
  assert.equal(await page.inputValue("[name=x_2]"), "70.00");
  assert.equal(await page.inputValue("[name=h_2]"), "25.00");
  await page.selectOption("[name=shows]", "face");
  await page.getByRole("button", { name: "保存遮挡" }).click();
  await page.locator(".flash, [role=status]", { hasText: "已保存" }).first().waitFor();
  await until("the new photo is made", async () => dark(await colour(stranger, picture, 0.15, 0.15)));
  assert.ok(dark(await colour(stranger, picture, 0.8, 0.5)), "the second box is gone as well");
  assert.ok(!dark(await colour(stranger, picture, 0.5, 0.15)), "the rest is still there");
  assert.ok(!dark(await colour(page, picture, 0.15, 0.15)), "the office sees the photo as it came");
  assert.ok(dark(await colour(page, `${picture}?covered=1`, 0.15, 0.15)), "and what the public sees");
  // while it was made nobody outside got any
  const other = [...faults(page), ...faults(stranger)].filter((fault) => !/\/photos\/\d+\/full answers 404$/.test(fault));
  assert.deepEqual(other, []);
  await Promise.all([page.context().close(), stranger.context().close()]);
});

test("without script the boxes are numbers", async () => {
  const { number, picture, id } = await dispatched("车牌被拍到了。");
  await office.send(`/cases/${number}/photos/${id}/cover`, { x_1: "0", y_1: "0", w_1: "50", h_1: "50", look_1: "black", shows: "plate" });
  const stranger = await open(chromium.browser, city, { size: PHONE });
  await stranger.goto("/");
  await until("the new photo is made", async () => dark(await colour(stranger, picture, 0.2, 0.2)));
  await stranger.context().close();
});

test("struck words are gone for the public, on a phone too", async () => {
  const { number, token } = await dispatched("王女士说3单元门口有垃圾，电话13812341234。");
  const page = await open(chromium.browser, city, { as: OFFICE, size: SMALL_PHONE });
  await page.goto(`/cases/${number}/public-view`);
  assert.ok(await page.locator("mark", { hasText: "王女士" }).count(), "a name is proposed");
  assert.ok((await tooWide(page)) <= 0);
  await page.fill("[name=words]", "门口");
  await page.getByRole("button", { name: "保存" }).click();
  await page.locator("del.struck", { hasText: "王女士" }).first().waitFor();
  const { text } = await new Visitor(city).get(`/public/cases/${number}`);
  assert.ok(!text.includes("王女士") && !text.includes("3单元") && !text.includes("13812341234"));
  const own = await new Visitor(city).get(`/r/${token}`);
  assert.ok(own.text.includes("公众看到的是"), "the reporter reads what the public reads");
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("the unit's head gives a case to a clerk, who sees it first and hands it back", async () => {
  const { number } = await dispatched("路口有垃圾。");
  const head = await open(chromium.browser, city, { as: HEAD, size: PHONE });
  await head.goto(`/cases/${number}/assignment`);
  assert.ok((await tooWide(head)) <= 0);
  const options = await head.locator("[name=handler] option").allInnerTexts();
  assert.ok(options.length > 1, "the unit has people");
  const me = (await clerk.get("/me")).text;
  const name = options.map((text) => text.trim()).find((text) => text && me.includes(text));
  assert.ok(name, `the clerk is among ${options}`);
  await head.selectOption("[name=handler]", { label: name });
  await head.locator("main form button.btn-primary").click();
  await head.waitForURL(`**/cases/${number}`);
  const todo = await clerk.get("/todo");
  const first = todo.text.slice(todo.text.indexOf('id="own-title"'));
  assert.ok(todo.text.includes("指派给我的") && first.includes(number));
  const list = await clerk.get("/cases?handler=me&columns=unit,handler");
  assert.ok(list.text.includes(number) && list.text.includes(name));
  await clerk.send(`/cases/${number}/hand-back`, { reason: "明天培训。" });
  assert.ok(!(await clerk.get("/cases?handler=me")).text.includes(number));
  assert.deepEqual(faults(head), []);
  await head.context().close();
});

test("somebody outside answers by a link, on a phone, without script and in English", async () => {
  const { number } = await dispatched("配电箱门开着，电话13812341234。");
  const by = new Date(Date.now() + 8 * 3600e3 + 3 * 86400e3).toISOString().slice(0, 10);
  await clerk.send(`/cases/${number}/forward`, { party: "市供电公司", phone: "0937-6226666", ask: "请修好箱门。", answer_by: `${by}T18:00` });
  const link = (await clerk.get(`/cases/${number}`)).text.match(/\/f\/[0-9a-f]{32}/)[0];
  const page = await open(chromium.browser, city, { size: SMALL_PHONE, script: false, lang: "en" });
  await page.goto(link);
  assert.ok((await page.locator("main").innerText()).includes("请修好箱门。"));
  assert.ok(!(await page.content()).includes("13812341234"));
  assert.equal(await page.locator("meta[name=robots][content=noindex]").count(), 1);
  const picture = await page.locator("main .shots img").first().getAttribute("src");
  assert.equal((await fetch(city.address + picture)).status, 200, "the photo of the problem is behind the link");
  await page.fill("[name=party_reply]", "The door is repaired.");
  await page.setInputFiles("[name=photos]", shot);
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".callout-ok").first().waitFor();
  await page.context().close();

  const unitPage = await open(chromium.browser, city, { as: CLERK, size: PHONE });
  await unitPage.goto(`/cases/${number}/answer`);
  assert.equal(await unitPage.inputValue("[name=text]"), "The door is repaired.");
  assert.ok(await unitPage.isChecked("[name=take_forward]"));
  assert.ok((await tooWide(unitPage)) <= 0);
  await unitPage.context().close();
  await clerk.send(`/cases/${number}/answer`, { text: "供电公司已修复。", take_forward: "1" });
  assert.equal((await office.json(`/api/v1/cases/${number}`)).state, "answered");
  assert.equal((await new Visitor(city).get(link)).status, 410, "the link is over");
});
