import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));

/** Writes the built-in samples into public/ before anything looks there; nothing is done if they are up to date. */
const builtInSamples: Plugin = {
  name: "zarrscope-samples",
  async config() {
    await import("./scripts/samples/make.mjs");
  },
};

// `base: "./"` keeps every asset URL relative, so that dist/ works from any sub-path of a static host.
export default defineConfig({
  base: "./",
  define: { __ZARRSCOPE_VERSION__: JSON.stringify(version) },
  plugins: [builtInSamples, react()],
  worker: { format: "es" },
  // deck.gl alone is above the default warning; what the parts weigh is kept in docs/performance.md.
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
});
