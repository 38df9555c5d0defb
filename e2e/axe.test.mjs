/**
 * Every page in both languages: axe finds nothing serious or critical, no text is missing, and nothing goes wrong beside the
 * page: no console error, no violation of the content security policy, no part that does not load.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { faults, launch, settled, windows } from "./browser.mjs";
import { serve } from "./city.mjs";
import { PAGES, visit } from "./pages.mjs";
import { setScene } from "./scene.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Rows after these are made by the same lines of a template; the colours of all states stand on /styleguide. */
const MORE_ROWS = ["tbody tr:nth-child(n+16)", "ol > li:nth-child(n+16)"];
let city, chromium, scene, windowOf;

before(async () => {
  city = await serve();
  chromium = await launch();
  scene = await setScene(city, chromium.browser);
  windowOf = windows(chromium.browser, city);
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

// the two languages are read at the same time: one's waiting is the other's time
describe("every page", { concurrency: true }, () => {
  for (const lang of ["zh-CN", "en"]) {
    describe(`in ${lang}`, { concurrency: false }, () => {
      for (const entry of PAGES) test(entry.name, () => look(entry, lang));
    });
  }
});

async function look(entry, lang) {
  const page = await windowOf(entry.as, lang);
  faults(page);
  const answer = await visit(page, entry, scene);
  assert.equal(answer.status(), entry.status ?? 200);
  await settled(page);
  const text = await page.locator("body").innerText();
  assert.ok(!text.includes("⟦"), `a text is missing: ${text.match(/⟦[^⟧]*⟧/)?.[0]}`);
  assert.equal(await page.locator("html").getAttribute("lang"), lang);
  assert.deepEqual(faults(page), []);
  // the policy forbids inline script, so axe is given to the page's own world by the driver
  const violations = await page.evaluate(`${axe}; axe.run({ exclude: ${JSON.stringify(MORE_ROWS)} }, { resultTypes: ["violations"] }).then((r) => r.violations)`);
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(
    serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`),
    [],
  );
}
