/** `npm test`: makes the demonstration city once, gives every test file a copy of it, and leaves nothing behind. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { found } from "./city.mjs";

const here = new URL(".", import.meta.url).pathname;
const wanted = process.argv.slice(2);
const files = wanted.length > 0 ? wanted : readdirSync(here).filter((file) => file.endsWith(".test.mjs"));
const city = mkdtempSync(join(tmpdir(), "chuangcheng-e2e-city-"));
try {
  found(city);
  const args = ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files];
  const { status } = spawnSync(process.execPath, args, { cwd: here, stdio: "inherit", env: { ...process.env, CHUANGCHENG_E2E_CITY: city } });
  process.exitCode = status ?? 1;
} finally {
  rmSync(city, { recursive: true, force: true });
}
