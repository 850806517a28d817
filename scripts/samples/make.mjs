import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCellsSample } from "./cells.mjs";
import { makeDamagedSample } from "./damaged.mjs";
import { makeLifetimeSample } from "./lifetime.mjs";
import { makePlateSample } from "./plate.mjs";
import { thumbnail } from "./thumbnail.mjs";
import { makeTissueSample } from "./tissue.mjs";

/**
 * Writes the built-in samples and their pictures into public/samples, unless they are there and made by this very code. They are not
 * kept in the repository; Vite copies them into dist/.
 */
const makers = {
  cells: makeCellsSample,
  tissue: makeTissueSample,
  lifetime: makeLifetimeSample,
  plate: makePlateSample,
  damaged: makeDamagedSample,
};
const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../../public/samples", import.meta.url));
const stamp = join(target, ".made-by");
// Put in place when complete: two builds at once do not see each other's halves.
const draft = fileURLToPath(new URL(`../../.cache/samples-${process.pid}`, import.meta.url));

const code = createHash("sha256");
const sources = (await readdir(here)).filter((name) => name.endsWith(".mjs"));
for (const name of sources.sort()) code.update(await readFile(join(here, name)));
const digest = code.digest("hex");

if ((await readFile(stamp, "utf8").catch(() => "")) !== digest) {
  const started = performance.now();
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const [name, make] of Object.entries(makers)) {
    const view = await make(join(draft, `${name}.zarr`));
    await writeFile(join(draft, `${name}.png`), thumbnail(view));
  }
  await writeFile(join(draft, ".made-by"), digest);
  await rm(target, { recursive: true, force: true });
  await mkdir(fileURLToPath(new URL("../../public", import.meta.url)), { recursive: true });
  await rename(draft, target);
  console.log(`Samples written in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
