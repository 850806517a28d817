// Damages one chunk per codec 2000 times, seeded, each codec in a process of its own, and holds it to: equal, corrupt or refused
// (full length in any case), no crash, no decode that takes over a second (the least of three), memory grown by at most twice the chunk beyond a warm baseline.
//
//   npm run fuzz:codecs [-- part of a name] [-- count]

import { fork } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = `${root}.cache/codec-fuzz/`;
const [part = "", countText = "2000"] = process.argv.slice(2);
const seed = 20261126;
const silenceMs = 20_000;

await build({
  root,
  configFile: false,
  logLevel: "error",
  cacheDir: tmpdir(),
  build: {
    ssr: true,
    outDir,
    rollupOptions: {
      input: { "fuzz-child": `${root}e2e/fuzz/fuzz-child.ts` },
      output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
    },
  },
});

// The built child looks for its chunks beside itself.
const data = "data/codec-matrix/";
cpSync(`${root}e2e/fixtures/${data}`, `${outDir}${data}`, { recursive: true });
const index = `${root}e2e/fixtures/data/codec-matrix/fuzz.json.gz`;
const names = JSON.parse(gunzipSync(readFileSync(index)).toString()).map(({ name }) => name);
let failed = 0;
console.log("codec                        equal corrupt refused differ  slowest   growth/chunk");
for (const name of names.filter((each) => each.includes(part))) {
  const { report, death } = await run(name);
  const faults = death ? [death] : faultsOf(report);
  if (report) console.log(row(name, report));
  for (const fault of faults) console.error(`  ${name}: ${fault}`);
  failed += faults.length > 0 ? 1 : 0;
}
console.log(failed === 0 ? "All codecs held." : `${failed} codecs did not hold.`);
process.exit(failed === 0 ? 0 : 1);

function run(name) {
  return new Promise((resolve) => {
    const child = fork(`${outDir}fuzz-child.mjs`, [name, countText, String(seed)], {
      execArgv: ["--expose-gc"],
    });
    let report;
    let silent;
    const hear = () => {
      clearTimeout(silent);
      silent = setTimeout(() => child.kill("SIGKILL"), silenceMs);
    };
    hear();
    child.on("message", (message) => {
      hear();
      report = message.report ?? report;
    });
    child.on("exit", (code, signal) => {
      clearTimeout(silent);
      const died = code !== 0 || report === undefined;
      resolve({ report, death: died ? `ended by ${signal ?? `code ${code}`}` : undefined });
    });
  });
}

function faultsOf({ wrongLength, other, slowestMs, slowestAt, growthBytes, chunkBytes }) {
  return [
    ...wrongLength.map((each) => `another length: ${each}`),
    ...other.slice(0, 3).map((each) => `neither corrupt nor refused: ${each}`),
    ...(slowestMs > 1000 ? [`#${slowestAt} took ${Math.round(slowestMs)} ms`] : []),
    ...(growthBytes > 2 * chunkBytes ? [`grew by ${growthBytes} bytes, chunk ${chunkBytes}`] : []),
  ];
}

function row(name, { equal, corrupt, refused, different, slowestMs, growthBytes, chunkBytes }) {
  const counts = [equal, corrupt, refused, different].map((count) => String(count).padStart(7));
  const growth = (growthBytes / chunkBytes).toFixed(2).padStart(10);
  return `${name.padEnd(26)}${counts.join("")}${slowestMs.toFixed(0).padStart(7)} ms${growth}`;
}
