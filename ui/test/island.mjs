/** A module of `src/lib` for Node, put together by the same program that builds the pages'. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

export async function island(name) {
  const folder = mkdtempSync(join(tmpdir(), "chuangcheng-ui-"));
  try {
    await build({
      configFile: false,
      logLevel: "error",
      publicDir: false,
      build: {
        outDir: folder,
        minify: false,
        target: "node20",
        lib: { entry: fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), formats: ["es"], fileName: () => "built.mjs" },
      },
    });
    return await import(pathToFileURL(join(folder, "built.mjs")).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
