// Records what zarrita reads from every multiscale image of other people's software, as the expectation of our own reader:
//
//   node scripts/record-expected.mjs [data folder, default $ZARRSCOPE_DATA or ../shared/data]
//
// Writes e2e/fixtures/expected.json: per group its version, axes and levels, and per level some elements at seeded positions.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";

const samplesPerLevel = 8;
const data = resolve(process.argv[2] ?? process.env.ZARRSCOPE_DATA ?? "../shared/data");
const images = join(data, "images");
const output = fileURLToPath(new URL("../e2e/fixtures/expected.json", import.meta.url));

async function* folders(folder) {
  yield folder;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* folders(join(folder, entry.name));
  }
}

async function readJson(path) {
  return existsSync(path) ? JSON.parse(await readFile(path, "utf8")) : undefined;
}

/** The block that holds `multiscales`, if the folder is such a group. */
async function omeOf(folder) {
  const v3 = await readJson(join(folder, "zarr.json"));
  const attributes = v3?.attributes ?? (await readJson(join(folder, ".zattrs")));
  const ome = attributes?.ome ?? attributes;
  return Array.isArray(ome?.multiscales) ? ome : undefined;
}

/** Uniform numbers in [0, 1) from a text: the positions of a level never change. */
function seeded(text) {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** First and last element, and seeded ones between. */
function positions(shape, seed) {
  const random = seeded(seed);
  const between = Array.from({ length: samplesPerLevel - 2 }, () =>
    shape.map((size) => Math.floor(random() * size)),
  );
  return [shape.map(() => 0), ...between, shape.map((size) => size - 1)];
}

async function elementAt(array, index) {
  const coords = index.map((i, d) => Math.floor(i / array.chunks[d]));
  const chunk = await array.getChunk(coords);
  const offset = index.reduce((sum, i, d) => sum + (i % array.chunks[d]) * chunk.stride[d], 0);
  const value = chunk.data[offset];
  return typeof value === "bigint" ? String(value) : value;
}

async function recordLevel(group, path, seed) {
  const array = await zarr.open(group.resolve(path), { kind: "array" });
  const samples = [];
  for (const index of positions(array.shape, seed)) {
    samples.push({ index, value: await elementAt(array, index) });
  }
  return { path, shape: array.shape, dataType: array.dtype, samples };
}

const groups = [];
for await (const folder of folders(images)) {
  const ome = await omeOf(folder);
  if (ome === undefined) continue;
  const path = relative(images, folder);
  const [multiscale] = ome.multiscales;
  const version = String(ome.version ?? multiscale.version);
  const group = await zarr.open(new FileSystemStore(folder), { kind: "group" });
  const levels = [];
  for (const dataset of multiscale.datasets) {
    const level = String(dataset.path);
    levels.push(await recordLevel(group, level, `${path}/${level}`));
  }
  // Names since 0.4 are in objects, in 0.3 they stand alone; before it they are implied.
  const axes = (multiscale.axes ?? ["t", "c", "z", "y", "x"]).map((axis) => axis.name ?? axis);
  groups.push({ path, version, axes, levels });
}

const lines = [
  "{",
  '"recordedBy": "scripts/record-expected.mjs with zarrita",',
  '"groups": [',
  groups
    .map(({ levels, ...group }) => {
      const open = JSON.stringify({ ...group, levels: [] }).slice(0, -2);
      return `${open}\n ${levels.map((level) => JSON.stringify(level)).join(",\n ")}\n]}`;
    })
    .join(",\n"),
  "]",
  "}",
];
await writeFile(output, `${lines.join("\n")}\n`);
const count = groups.flatMap((group) => group.levels).length;
console.log(`${groups.length} groups, ${count} levels → ${output}`);
