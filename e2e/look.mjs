/** Screenshots of every page in both sizes and languages, into e2e/out, for somebody to look at: npm run look [name…]. */
import { mkdirSync } from "node:fs";
import { DESK, PHONE, launch, open } from "./browser.mjs";
import { serve } from "./city.mjs";
import { PAGES, visit } from "./pages.mjs";
import { unitLogin } from "./people.mjs";

const wanted = process.argv.slice(2);
mkdirSync("out", { recursive: true });
const city = await serve();
const { browser, close } = await launch();
const unit = await unitLogin();
for (const lang of ["zh-CN", "en"]) {
  for (const [label, size] of [["desk", DESK], ["phone", PHONE]]) {
    const windows = new Map();
    for (const entry of PAGES.filter((p) => wanted.length === 0 || wanted.includes(p.name))) {
      const as = entry.as === "unit" ? unit : entry.as;
      if (!windows.has(as)) windows.set(as, await open(browser, city, { as, size, lang }));
      const page = windows.get(as);
      try {
        await visit(page, entry);
        await page.waitForLoadState("networkidle", { timeout: 8000 }).catch(() => {});
        await page.screenshot({ path: `out/${entry.name}-${label}-${lang}.png`, fullPage: true });
      } catch (error) {
        console.log(`${entry.name} ${label} ${lang}: ${error.message.split("\n")[0]}`);
      }
    }
    for (const page of windows.values()) await page.context().close();
  }
}
await close();
await city.stop();
