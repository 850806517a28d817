import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));

// `base: "./"` keeps every asset URL relative, so that dist/ works from any sub-path of a static host.
export default defineConfig({
  base: "./",
  define: { __ZARRSCOPE_VERSION__: JSON.stringify(version) },
  plugins: [react()],
  worker: { format: "es" },
  build: { target: "es2022", assetsInlineLimit: 0 },
});
