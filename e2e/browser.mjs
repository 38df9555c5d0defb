/** Debian's Chromium, driven by playwright-core. */
import { chromium } from "playwright-core";
import { PASSWORD } from "./city.mjs";

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const SMALL_PHONE = { width: 360, height: 740 };

/** `more`: further switches. */
export async function launch(more = []) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-gpu-rasterization",
      "--disable-gpu-compositing",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
  return { browser, close: () => browser.close() };
}

/**
 * A fresh window. `as`: somebody's login; without it nobody has signed in. `worker`: with the service worker, which would
 * fetch what it keeps for every window of every test. More for Playwright's context in `with`.
 */
export async function open(browser, city, { as, size = DESK, lang = "zh-CN", script = true, worker = false, with: more = {} } = {}) {
  const context = await browser.newContext({
    baseURL: city.address,
    viewport: size,
    isMobile: size.width < 500,
    hasTouch: size.width < 500,
    locale: lang,
    javaScriptEnabled: script,
    serviceWorkers: worker ? "allow" : "block",
    extraHTTPHeaders: { "Accept-Language": lang },
    ...more,
  });
  context.setDefaultTimeout(15_000);
  // to see a style sheet that the program has not been built with yet
  const styles = process.env.CHUANGCHENG_E2E_STYLES;
  if (styles) await context.route(/\/assets\/.*app\.[^/]*\.css$/, (route) => route.fulfill({ path: styles, contentType: "text/css" }));
  const page = await context.newPage();
  watch(page);
  if (as) await signIn(page, as);
  return page;
}

export async function signIn(page, login) {
  await page.goto("/sign-in");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.press("[name=password]", "Enter")]);
}

/** Windows by who has signed in and in which language, opened when they are first asked for. */
export function windows(browser, city, options = {}) {
  const known = new Map();
  return async (as, lang) => {
    const key = `${as} ${lang}`;
    if (!known.has(key)) known.set(key, await open(browser, city, { ...options, as, lang }));
    return known.get(key);
  };
}

// ── what goes wrong beside the page itself ──

const kept = new WeakMap();

function watch(page) {
  const seen = { faults: [], open: new Set() };
  kept.set(page, seen);
  const fault = (text) => seen.faults.push(text);
  const over = (request) => seen.open.delete(request);
  page.on("pageerror", (error) => fault(`script: ${error.message}`));
  page.on("console", (message) => {
    // what did not load is told by `response` and `requestfailed`, with its address
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) fault(`console: ${message.text()}`);
  });
  page.on("request", (request) => seen.open.add(request));
  page.on("requestfinished", over);
  page.on("requestfailed", (request) => {
    over(request);
    const why = request.failure()?.errorText ?? "";
    // left behind by going to another page
    if (why !== "net::ERR_ABORTED") fault(`${request.url()} failed: ${why}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 400 && !answer.request().isNavigationRequest()) fault(`${answer.url()} answers ${answer.status()}`);
  });
}

/**
 * Pixels by which a page is wider than its window, so that it scrolls sideways. Compared with the width of the root: on a telephone
 * `innerWidth` grows with what sticks out, and would never say so.
 */
export const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Console errors, violations of the content security policy and parts that did not load, since this was asked last. */
export const faults = (page) => kept.get(page).faults.splice(0);

/** Waits until the page has everything it asks for; with `drawn` also until its maps are painted, which takes longest. */
export async function settled(page, { drawn = false, seconds = 15 } = {}) {
  const { open } = kept.get(page);
  const end = Date.now() + seconds * 1000;
  await page.waitForLoadState("load");
  for (;;) {
    // two frames: scripts that were just read have asked for what they need
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const painting = drawn && (await page.evaluate(() => document.querySelectorAll("[data-map]:has(.maplibregl-map):not([data-ready])").length));
    if (open.size === 0 && !painting) return;
    if (Date.now() > end) throw new Error(`${page.url()} does not settle: ${[...open].map((r) => r.url()).join(", ") || "a map is not drawn"}`);
  }
}
