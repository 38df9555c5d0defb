/** A small demonstration city, served for the length of a test file by the program itself. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
export const PASSWORD = "yanshi-2026-Jiayuguan";

/** The program: what `make` built last, or what CHUANGCHENG_BIN names. */
function program() {
  const named = process.env.CHUANGCHENG_BIN;
  const found = [named, "target/release/chuangcheng", "target/debug/chuangcheng"].filter(Boolean).map((p) => (p.startsWith("/") ? p : join(root, p)));
  const binary = found.find(existsSync);
  if (!binary) throw new Error("build the program first: make build");
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

/** Makes the city once (CHUANGCHENG_E2E_DATA may name one that is there already) and serves it. */
export async function serve() {
  const given = process.env.CHUANGCHENG_E2E_DATA;
  const data = given ?? mkdtempSync(join(tmpdir(), "chuangcheng-e2e-"));
  if (!given) {
    const made = spawnSync(program(), ["demo", "--data", data, "--cases", "160"], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`demo failed: ${made.stderr}`);
  }
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = spawn(program(), ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--rate", "0", "--base-url", address], {
    stdio: ["ignore", "ignore", process.env.E2E_LOG ? "inherit" : "ignore"],
  });
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(`${address}/healthz`).then((r) => r.ok, () => false);
    if (up) break;
    if (tries > 300) throw new Error("the program does not come up");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    address,
    data,
    program: program(),
    stop() {
      child.kill("SIGTERM");
      return new Promise((resolve) => {
        child.once("exit", () => {
          if (!given) rmSync(data, { recursive: true, force: true });
          resolve();
        });
      });
    },
  };
}
