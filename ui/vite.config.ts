import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { sprite } from "./scripts/sprite.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts the icon sprite and the tab's icon into the build, under the manifest keys `icons.svg` and `favicon.svg`. */
function icons(): Plugin {
  return {
    name: "icons",
    generateBundle() {
      this.emitFile({
        type: "asset",
        name: "favicon.svg",
        originalFileName: "favicon.svg",
        source: readFileSync(here("src/favicon.svg"), "utf8"),
      });
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: sprite(readFileSync(here("icons.txt"), "utf8")),
      });
    },
  };
}

export default defineConfig({
  // Relative addresses: the same files work under any path a city chooses.
  base: "./",
  publicDir: false,
  plugins: [icons()],
  css: { preprocessorOptions: { scss: { loadPaths: [here("node_modules")], quietDeps: true } } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    // An asset turned into a data: address would need a wider CSP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // WeChat's Android web view and iPhones of 2021 still have to work.
    target: ["chrome100", "edge100", "firefox100", "safari15"],
    cssMinify: "lightningcss",
    chunkSizeWarningLimit: 1400,
    reportCompressedSize: true,
    rolldownOptions: {
      input: [
        "src/app.ts",
        "src/map.ts",
        "src/charts.ts",
        "src/camera.ts",
        "src/cover.ts",
        "src/field.ts",
        "src/survey.ts",
        "src/authenticator.ts",
        "src/outbox.ts",
        "src/recorder.ts",
        "src/push.ts",
        "src/styles/app.scss",
      ].map(here),
      output: {
        entryFileNames: "assets/[name].[hash].js",
        chunkFileNames: "assets/[name].[hash].js",
        // MapLibre's worker is a .mjs; .js has the right MIME type everywhere.
        assetFileNames: ({ names }) =>
          names[0]?.endsWith(".mjs") ? "assets/[name].[hash].js" : "assets/[name].[hash][extname]",
      },
    },
  },
});
