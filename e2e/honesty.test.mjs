/** A unit proves a repair with a photo that has proved another: the verifier sees both at the form, and says what it is. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, INSPECTOR, OFFICE, UNIT_NAME } from "./people.mjs";
import { asFile, photo } from "./picture.mjs";
import { until } from "./until.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium, office, clerk, unit, proof;

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
  proof = await photo(chromium.browser, "核实一");
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

/** A case that the unit has been told of, with a photo of before. */
async function dispatched(words) {
  const { items } = await office.json("/api/v1/cases");
  const like = items.find((one) => one.kind && one.lng && one.address);
  const before = await photo(chromium.browser, `前${words}`);
  const { text } = await new Visitor(city).send(
    "/report",
    { description: `${words}，请处理。`, kind: "", other_kind: like.kind, lng: like.lng, lat: like.lat, address: like.address },
    [asFile(before, "photos")],
  );
  const number = text.match(/CASE-\d{4}-\d{6}/)[0];
  await office.send(`/cases/${number}/acceptance`, { item: like.kind, lead: unit });
  return number;
}

async function answered(words) {
  const number = await dispatched(words);
  await clerk.send(`/cases/${number}/answer`, { text: "已清理完毕。" }, [asFile(proof, "after-photos")]);
  return number;
}

test("the verifier sees both photos at the form and calls it a false alarm, on a phone", async () => {
  const first = await answered("花坛边有垃圾");
  const second = await answered("路口有垃圾");
  const about = async () => (await office.json(`/api/v1/photo-checks?q=${second}`)).items[0];
  const warning = await until("the photo is noticed", about, { seconds: 90 });
  assert.equal(warning.kind, "same-bytes");

  const page = await open(chromium.browser, city, { as: INSPECTOR, size: PHONE });
  await page.goto(`/cases/${second}/verification`);
  const aside = page.locator("section", { hasText: "文件相同" });
  assert.equal(await aside.locator("img").count(), 2, "both photos stand side by side");
  assert.ok((await aside.innerText()).includes(first), "the earlier case is named");
  const wide = await tooWide(page);
  assert.ok(wide <= 0, `the page is ${wide} px too wide`);
  await aside.getByRole("link", { name: "查看并核实" }).click();
  await page.getByText("误报", { exact: true }).click();
  await page.fill("[name=reason]", "同一次清理解决了两处。");
  await page.getByRole("button", { name: "提交" }).click();
  await page.locator(".state", { hasText: "误报" }).waitFor();
  assert.equal((await about()).state, "false-alarm");
  await page.goto(`/cases/${second}/verification`);
  assert.equal(await page.locator("section", { hasText: "文件相同" }).count(), 0, "what was cleared is not shown again");
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("the list finds it by result, and counts nobody for it", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE });
  await page.goto("/photo-checks?state=false-alarm");
  await page.locator("main tbody tr", { hasText: "文件相同" }).first().waitFor();
  await page.goto("/photo-checks/units");
  assert.equal(await page.locator("main tbody tr", { hasText: UNIT_NAME }).count(), 0);
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("the before-photo lies beside the field, also without script", async () => {
  const number = await dispatched("站牌下有垃圾");
  await until("the photo is shown", async () => (await office.json(`/api/v1/cases/${number}`)).photos.length === 1);
  for (const script of [true, false]) {
    const page = await open(chromium.browser, city, { script: true, as: CLERK, size: PHONE });
    const context = script ? page.context() : await chromium.browser.newContext({ baseURL: city.address, javaScriptEnabled: false, storageState: await page.context().storageState() });
    const seen = script ? page : await context.newPage();
    await seen.goto(`/cases/${number}/answer`);
    await seen.locator(".ghost-still img").waitFor();
    assert.ok(await seen.locator("input[name=after-photos]").count());
    await context.close();
    if (!script) await page.context().close();
  }
});
