/**
 * A telephone: a browser with a folder of its own, which can be killed as an empty battery does it, and started again with what it
 * had kept.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PHONE } from "./browser.mjs";
import { until } from "./until.mjs";

const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "about:blank"];

export class Telephone {
  #folder = mkdtempSync(join(tmpdir(), "chuangcheng-telephone-"));
  #child;
  #browser;

  constructor({ size = PHONE, lang = "zh-CN" } = {}) {
    Object.assign(this, { size, lang });
    // whatever becomes of the test, no program is left behind
    process.once("exit", () => this.#end());
  }

  /** A page, with everything that was kept when it was killed. */
  async on() {
    const port = join(this.#folder, "DevToolsActivePort");
    rmSync(port, { force: true });
    this.#child = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", [`--user-data-dir=${this.#folder}`, `--lang=${this.lang}`, `--accept-lang=${this.lang}`, ...ARGS], {
      detached: true,
      stdio: "ignore",
      env: { ...process.env, TZ: "Asia/Shanghai" },
    });
    const address = await until("the browser tells its port", () => {
      try {
        const [number, path] = readFileSync(port, "utf8").split("\n");
        return path && `ws://127.0.0.1:${number}${path}`;
      } catch {
        return undefined;
      }
    });
    this.#browser = await chromium.connectOverCDP(address);
    this.context = this.#browser.contexts()[0];
    this.context.setDefaultTimeout(15_000);
    await this.context.setExtraHTTPHeaders({ "Accept-Language": this.lang });
    const page = await this.context.newPage();
    await page.setViewportSize(this.size);
    return page;
  }

  #end() {
    try {
      if (this.#child) process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      /* it has ended */
    }
  }

  /** At once, without a word to any page. */
  async kill() {
    const child = this.#child;
    const ended = child && new Promise((done) => (child.exitCode === null && child.signalCode === null ? child.once("exit", done) : done()));
    this.#end();
    await ended;
    await this.#browser?.close().catch(() => undefined);
    this.#child = undefined;
  }

  async away() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
