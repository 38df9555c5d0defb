import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The service worker: one file without imports, as `dist/sw.js`, put beside what `vite.config.ts` made. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    modulePreload: false,
    target: ["chrome100", "edge100", "firefox100", "safari15"],
    rolldownOptions: {
      input: here("src/sw/sw.ts"),
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
});
