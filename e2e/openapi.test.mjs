/** The OpenAPI document, read by a checker that nobody here wrote. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { program } from "./city.mjs";

const redocly = new URL("node_modules/.bin/redocly", import.meta.url).pathname;
const quiet = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

test("redocly finds nothing wrong with the OpenAPI document", () => {
  const folder = mkdtempSync(join(tmpdir(), "chuangcheng-openapi-"));
  try {
    const made = spawnSync(program(), ["openapi"], { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(made.status, 0, made.stderr);
    const lint = (document) => {
      writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
      return spawnSync(redocly, ["lint", "openapi.json", "--format=json"], { cwd: folder, encoding: "utf8", env: quiet, maxBuffer: 1 << 28 });
    };
    const document = JSON.parse(made.stdout);
    const clean = lint(document);
    const found = JSON.parse(clean.stdout);
    assert.equal(clean.status, 0, clean.stdout);
    assert.deepEqual([found.totals.errors, found.totals.warnings], [0, 0], clean.stdout);
    // and it would find something
    delete document.info.title;
    assert.notEqual(lint(document).status, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
