/** axe on every page in both languages: nothing serious, nothing critical. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { PAGES, visit } from "./pages.mjs";
import { unitLogin } from "./people.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let city, chromium, unit;
const windows = new Map();

before(async () => {
  city = await serve();
  chromium = await launch();
  unit = await unitLogin();
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

async function windowOf(as, lang) {
  const key = `${as} ${lang}`;
  if (!windows.has(key)) windows.set(key, await open(chromium.browser, city, { as, lang }));
  return windows.get(key);
}

for (const lang of ["zh-CN", "en"]) {
  for (const entry of PAGES) {
    test(`${entry.name} in ${lang}`, async () => {
      const page = await windowOf(entry.as === "unit" ? unit : entry.as, lang);
      const answer = await visit(page, entry);
      assert.equal(answer.status(), entry.status ?? 200);
      const text = await page.locator("body").innerText();
      assert.ok(!text.includes("⟦"), `a text is missing: ${text.match(/⟦[^⟧]*⟧/)?.[0]}`);
      assert.equal(await page.locator("html").getAttribute("lang"), lang);
      // the policy forbids inline script, so axe is given to the page's own world by the driver
      const result = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
      const serious = result.violations.filter((v) => ["serious", "critical"].includes(v.impact));
      assert.deepEqual(
        serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`),
        [],
      );
    });
  }
}
