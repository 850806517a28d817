// npm run bench [-- --runs 5 --latency 30,100 --screenshots <folder> --only plate|decode --http2 --no-build]: our viewer beside plain Viv and the floor, then decoders; see bench/README.md.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, runnerImport } from "vite";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    latency: { type: "string", default: "30,100" },
    screenshots: { type: "string" },
    only: { type: "string", default: "" },
    http2: { type: "boolean", default: false },
    "no-build": { type: "boolean", default: false },
  },
});

if (values.only !== "decode" && !values["no-build"]) {
  await build({ root: path(".."), logLevel: "warn" });
  await build({
    root: path("pages"),
    configFile: false,
    base: "./",
    logLevel: "error",
    build: {
      target: "es2022",
      outDir: path("../dist-bench"),
      emptyOutDir: true,
      rollupOptions: {
        input: ["viv", "floor", "empty"].map((page) => path(`pages/${page}/index.html`)),
      },
    },
  });
}
if (values.only !== "decode") {
  const { module } = await runnerImport(path("bench.ts"), {
    root: path(".."),
    configFile: false,
    logLevel: "error",
  });
  await module.runBench({
    runs: Number(values.runs),
    latenciesMs: values.latency.split(",").map(Number),
    screenshots: values.screenshots,
    only: values.only,
    http2: values.http2,
  });
}
if (values.only === "" || values.only === "decode") {
  const { status } = spawnSync(process.execPath, [path("codecs.bench.mjs")], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
