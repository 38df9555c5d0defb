/** Screenshots of every page in both sizes and languages, into e2e/out, for somebody to look at: npm run look [name…]. */
import { mkdirSync } from "node:fs";
import { DESK, PHONE, faults, launch, settled, windows } from "./browser.mjs";
import { serve } from "./city.mjs";
import { PAGES, visit } from "./pages.mjs";
import { setScene } from "./scene.mjs";

const wanted = process.argv.slice(2);
const pages = PAGES.filter((entry) => wanted.length === 0 || wanted.includes(entry.name));
mkdirSync("out", { recursive: true });
const [city, { browser, close }] = await Promise.all([serve(), launch()]);
try {
  const scene = await setScene(city, browser);
  for (const lang of ["zh-CN", "en"]) {
    for (const [label, size] of [["desk", DESK], ["phone", PHONE]]) {
      const windowOf = windows(browser, city, { size });
      for (const entry of pages) {
        const page = await windowOf(entry.as, lang);
        try {
          await visit(page, entry, scene);
          await settled(page, { drawn: true });
          await page.screenshot({ path: `out/${entry.name}-${label}-${lang}.png`, fullPage: true });
        } catch (error) {
          console.log(`${entry.name} ${label} ${lang}: ${error.message.split("\n")[0]}`);
        }
        for (const fault of faults(page)) console.log(`${entry.name} ${label} ${lang}: ${fault}`);
      }
      await Promise.all(browser.contexts().map((context) => context.close()));
    }
  }
} finally {
  await close();
  await city.stop();
}
