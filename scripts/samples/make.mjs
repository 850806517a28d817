import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCellsSample } from "./cells.mjs";

/**
 * Writes the built-in samples into public/samples, unless they are there and made by this very code. They are not kept in
 * the repository; Vite copies them into dist/.
 */
const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../../public/samples", import.meta.url));
const stamp = join(target, ".made-by");

const code = createHash("sha256");
for (const name of (await readdir(here)).sort()) code.update(await readFile(join(here, name)));
const digest = code.digest("hex");

if ((await readFile(stamp, "utf8").catch(() => "")) !== digest) {
  const started = performance.now();
  await rm(target, { recursive: true, force: true });
  await makeCellsSample(join(target, "cells.zarr"));
  await writeFile(stamp, digest);
  console.log(`Samples written in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
