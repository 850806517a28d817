// Decoded megabytes per second in a worker of Chromium, by our decoders, numcodecs and zarrita, on one seeded 512² picture. The lanes
// take turns; each figure is the median of nine rounds. src/zarr/codecs/decoder-choice.ts is chosen by them.
//
//   node scripts/with-chromium.mjs node bench/codecs.bench.mjs
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build, preview } from "vite";
import { benchArgs } from "../scripts/chromium-args.mjs";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const options = {
  root: path("pages/decode"),
  configFile: false,
  base: "./",
  logLevel: "error",
  worker: { format: "es" },
  build: { target: "es2022", outDir: path("../dist-bench-decode"), emptyOutDir: true },
};
await build(options);
const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
const browser = await chromium.launch({
  args: benchArgs(),
  ...(process.env.ZARRSCOPE_CHROMIUM ? { executablePath: process.env.ZARRSCOPE_CHROMIUM } : {}),
});
try {
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls.local[0]);
  const results = await page.evaluate(() => globalThis.benchDecode);
  console.log("MB/s decoded, in a worker         ours  numcodecs    zarrita   ours / best");
  for (const { name, ours, numcodecs, zarrita } of results) {
    const figures = [ours, numcodecs, zarrita].map((speed) => speed.toFixed(0).padStart(10));
    const ratio = (ours / Math.max(numcodecs, zarrita)).toFixed(2).padStart(13);
    console.log(`${name.padEnd(27)}${figures.join(" ")}${ratio}`);
  }
} finally {
  await browser.close();
  await server.close();
}
