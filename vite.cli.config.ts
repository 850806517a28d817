import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));

const program = "zarrscope.mjs";

/** npx runs the checkout's own program as it lies there. */
const executable: Plugin = {
  name: "zarrscope-executable",
  writeBundle({ dir = "" }) {
    chmodSync(join(dir, program), 0o755);
  },
};

/** The command line as a program for Node, with all that it needs: dist-cli/zarrscope.mjs. It is no part of the hosted page. */
export default defineConfig({
  define: { __ZARRSCOPE_VERSION__: JSON.stringify(version) },
  plugins: [executable],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: "app/cli/main.ts",
    outDir: "dist-cli",
    target: "node20",
    rolldownOptions: {
      output: { entryFileNames: program, chunkFileNames: "chunks/[name]-[hash].mjs" },
    },
  },
});
