/** On a small phone no page has to be pushed sideways, and what is used with a thumb is large enough for one. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SMALL_PHONE, launch, settled, windows } from "./browser.mjs";
import { serve } from "./city.mjs";
import { PAGES, visit } from "./pages.mjs";
import { setScene } from "./scene.mjs";

/** Pages that are used on a phone more than anywhere else. */
const BY_THUMB = ["home", "report", "report-done", "track", "status", "status-closed", "todo", "case-unit", "case-answer", "case-new-inspector", "street-patrols", "sign-in"];
/** GB/T 37668 and WCAG 2.2 ask for less; ui.md asks for this. */
const THUMB = 44;

let city, chromium, scene, windowOf;

before(async () => {
  city = await serve();
  chromium = await launch();
  scene = await setScene(city, chromium.browser);
  windowOf = windows(chromium.browser, city, { size: SMALL_PHONE });
});
after(async () => {
  await chromium?.close();
  await city?.stop();
});

describe("every page at 360 px", { concurrency: true }, () => {
  for (const lang of ["zh-CN", "en"]) {
    describe(`in ${lang}`, { concurrency: false }, () => {
      for (const entry of PAGES) {
        test(entry.name, async () => {
          const page = await windowOf(entry.as, lang);
          await visit(page, entry, scene);
          await settled(page);
          const { wide, room, sticking } = await page.evaluate(width);
          assert.ok(wide <= room, `${wide} px wide in ${room} px: ${sticking.join(" | ")}`);
          if (BY_THUMB.includes(entry.name)) assert.deepEqual(await page.evaluate(small, THUMB), []);
        });
      }
    });
  }
});

/** In the page: how wide it is, and what sticks out. */
function width() {
  const { scrollWidth: wide, clientWidth: room } = document.documentElement;
  const clipped = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const named = (e) => `${e.localName}${e.id ? `#${e.id}` : ""}${[...e.classList].map((c) => `.${c}`).join("")} to ${Math.round(e.getBoundingClientRect().right)}`;
  const sticking = wide <= room ? [] : [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > room + 0.5 && e.getBoundingClientRect().width > 0 && !clipped(e));
  return { wide, room, sticking: sticking.slice(0, 5).map(named) };
}

/** In the page: buttons, choices and links of navigation that are lower than a thumb. */
function small(least) {
  const asked = 'button, .btn, summary, nav a, [role="button"], label.choice, .form-check, input:not([type="hidden"]):not([type="radio"]):not([type="checkbox"]):not([type="file"]), select, .todo-item:has(a)';
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 1 && !e.closest(".visually-hidden, .skip, [aria-hidden=true], dialog:not([open]), details:not([open]) > :not(summary)");
  const low = [...document.querySelectorAll(asked)].filter(shown).filter((e) => e.getBoundingClientRect().height < least - 0.5);
  return [...new Set(low.map((e) => `${e.localName}${[...e.classList].map((c) => `.${c}`).join("")} "${(e.innerText || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 20)}" ${Math.round(e.getBoundingClientRect().height)} px`))];
}
