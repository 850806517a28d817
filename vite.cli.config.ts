import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));

/** The command line as a program for Node, with all that it needs: dist-cli/zarrscope.mjs. It is no part of the hosted page. */
export default defineConfig({
  define: { __ZARRSCOPE_VERSION__: JSON.stringify(version) },
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: "app/cli/main.ts",
    outDir: "dist-cli",
    target: "node20",
    rolldownOptions: {
      output: { entryFileNames: "zarrscope.mjs", chunkFileNames: "chunks/[name]-[hash].mjs" },
    },
  },
});
