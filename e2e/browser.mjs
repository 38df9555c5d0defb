/** Debian's Chromium, driven by playwright-core. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PASSWORD } from "./city.mjs";

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "chuangcheng-chromium-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A fresh window. `as`: somebody's login; without it nobody has signed in. */
export async function open(browser, city, { as, size = DESK, lang = "zh-CN", script = true } = {}) {
  const context = await browser.newContext({
    baseURL: city.address,
    viewport: size,
    isMobile: size.width < 500,
    hasTouch: size.width < 500,
    locale: lang,
    javaScriptEnabled: script,
    extraHTTPHeaders: { "Accept-Language": lang },
  });
  const page = await context.newPage();
  if (as) await signIn(page, as);
  return page;
}

export async function signIn(page, login) {
  await page.goto("/sign-in");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.press("[name=password]", "Enter")]);
}
