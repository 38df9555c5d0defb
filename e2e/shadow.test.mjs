/** The shadow score: sources and target are set, the score and what raises it are read, repairs are tried on a phone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, SMALL_PHONE, faults, launch, open, tooWide } from "./browser.mjs";
import { serve } from "./city.mjs";
import { CLERK, LEADER, OFFICE } from "./people.mjs";
import { Visitor } from "./visitor.mjs";

let city, chromium;
before(async () => {
  city = await serve();
  chromium = await launch();
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

const noWider = async (page) => {
  const wide = await tooWide(page);
  assert.ok(wide <= 0, `${page.url()} is ${wide} px too wide`);
};

test("the office sets a target and sources; what is wrong is told and nothing is lost", async () => {
  const page = await open(chromium.browser, city, { as: OFFICE, size: PHONE });
  await page.goto("/shadow/SC-0001/plan");
  await noWider(page);
  await page.fill("[name=target]", "很高");
  const onSite = page.getByRole("group", { name: "实地考察" });
  await onSite.locator("select").selectOption("rounds");
  await onSite.locator("input").fill("AR-000001、AR-000002");
  for (const way of await page.locator("fieldset select").all()) {
    if ((await way.inputValue()) !== "rounds") await way.selectOption("none");
  }
  await page.getByRole("button", { name: "保存" }).click();
  await page.locator(".field-error", { hasText: "0 到 100 之间的百分数" }).waitFor();
  assert.equal(await onSite.locator("input").inputValue(), "AR-000001、AR-000002");
  await page.fill("[name=target]", "99.9%");
  await page.getByRole("button", { name: "保存" }).click();
  await page.waitForURL(/\/shadow\/SC-0001(\?|$)/);
  await page.locator(".tile", { hasText: "预计得分率" }).getByText(/95% 的把握在 .*% 到 .*% 之间/).waitFor();
  await page.locator(".tile", { hasText: "目标" }).getByText(/还差/).waitFor();
  await noWider(page);
  assert.deepEqual(faults(page), []);
  await page.context().close();
});

test("repairs are tried before anybody is sent", async () => {
  const page = await open(chromium.browser, city, { as: LEADER, size: SMALL_PHONE });
  await page.goto("/shadow/SC-0001");
  await noWider(page);
  const boxes = page.locator("[name=fix]");
  assert.ok((await boxes.count()) >= 2);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "试算" }).click();
  const told = await page.getByText(/改好这 2 处，得分率从/).innerText();
  const [before, after] = told.match(/\d+\.\d+(?=%)/g).map(Number);
  assert.ok(after > before, told);
  assert.ok(await boxes.nth(0).isChecked(), "what was ticked stays ticked");
  await page.getByRole("link", { name: /^全部 \d+ 处$/ }).click();
  await page.getByText(/一起改好提高/).waitFor();
  await noWider(page);
  const unit = page.locator("#filter-unit option").nth(1);
  await page.locator("#filter-unit").selectOption(await unit.getAttribute("value"));
  await page.waitForURL(/unit=/);
  assert.deepEqual(faults(page), []);
  await page.context().close();
  const clerk = await Visitor.signedIn(city, CLERK);
  assert.equal((await clerk.get("/shadow/SC-0001")).status, 404, "no unit is judged by it");
});
