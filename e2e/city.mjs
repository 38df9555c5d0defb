/** A small demonstration city, served for the length of a test file by the program itself. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = new URL("..", import.meta.url).pathname;
export const PASSWORD = "yanshi-2026-Jiayuguan";

/** The program: what `make` built last, or what CHUANGCHENG_BIN names. */
export function program() {
  const named = process.env.CHUANGCHENG_BIN;
  // what was named and is not there must not be replaced by something older
  const candidates = named ? [resolve(named)] : ["release", "debug"].map((kind) => join(root, "target", kind, "chuangcheng"));
  const binary = candidates.find((path) => existsSync(path));
  if (!binary) throw new Error(named ? `CHUANGCHENG_BIN: there is no ${resolve(named)}` : "build the program first: make build");
  return binary;
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Makes the city in a folder of its own. */
export function found(data) {
  const made = spawnSync(program(), ["demo", "--data", data, "--cases", "160"], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`demo failed: ${made.stderr}`);
}

/**
 * Serves a city of one's own: a copy of the one that CHUANGCHENG_E2E_CITY names (run.mjs makes one for all files), or a new
 * one. CHUANGCHENG_E2E_DATA may name one to be served as it is. `host`: what people call this machine.
 */
export async function serve({ host = "127.0.0.1" } = {}) {
  const given = process.env.CHUANGCHENG_E2E_DATA;
  const data = given ?? mkdtempSync(join(tmpdir(), "chuangcheng-e2e-"));
  const forget = () => given || rmSync(data, { recursive: true, force: true });
  try {
    if (!given && process.env.CHUANGCHENG_E2E_CITY) cpSync(process.env.CHUANGCHENG_E2E_CITY, data, { recursive: true });
    else if (!given) found(data);
    return await start(data, forget, host);
  } catch (error) {
    forget();
    throw error;
  }
}

async function start(data, forget, host, at) {
  const port = at ?? (await freePort());
  const address = `http://${host}:${port}`;
  const child = spawn(program(), ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--rate", "0", "--base-url", address, "--sms-folder", join(data, "sms"), "--backup-folder", join(data, "backups")], {
    stdio: ["ignore", "ignore", process.env.E2E_LOG ? "inherit" : "ignore"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  // whatever becomes of the test, no program is left behind
  process.once("exit", () => child.kill("SIGKILL"));
  /** Ends the program, and leaves the city where it is. */
  const halt = () => {
    child.kill("SIGTERM");
    return ended;
  };
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(`${address}/healthz`).then((r) => r.ok, () => false);
    if (up) break;
    if (tries > 300 || child.exitCode !== null) {
      await halt();
      throw new Error("the program does not come up");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    address,
    data,
    program: program(),
    halt,
    /** Serves it again under the same address, after `halt`. */
    again: () => start(data, forget, host, port),
    async stop() {
      await halt();
      forget();
    },
  };
}

/** Runs a command of the program: `{ status, stdout, stderr }`. */
export const command = (...args) => spawnSync(program(), args, { encoding: "utf8" });
