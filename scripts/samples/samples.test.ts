import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarr from "zarrita";
import { makeCellsSample } from "./cells.mjs";
import { makeDamagedSample } from "./damaged.mjs";
import { makeLifetimeSample } from "./lifetime.mjs";
import { makePlateSample } from "./plate.mjs";
import { thumbnail } from "./thumbnail.mjs";
import { makeTissueSample } from "./tissue.mjs";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zarrscope-samples-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const makers = {
  cells: (root: string, seed?: number) =>
    makeCellsSample(root, { size: { t: 1, z: 3, y: 48, x: 64 }, ...(seed ? { seed } : {}) }),
  tissue: (root: string) => makeTissueSample(root, { side: 1024 }),
  lifetime: (root: string) => makeLifetimeSample(root, { size: { y: 324, x: 365 }, chunk: 81 }),
  plate: (root: string) => makePlateSample(root, { rows: 2, columns: 3, side: 32 }),
  damaged: (root: string) => makeDamagedSample(root, { side: 512 }),
};

async function digest(root: string): Promise<string> {
  const hash = createHash("sha256");
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const path of paths) hash.update(path.slice(root.length)).update(await readFile(path));
  return hash.digest("hex");
}

/** A level as zarrita reads it, whole. */
async function readLevel(root: string, level: number) {
  const get = async (key: string) => {
    const bytes = await readFile(join(root, key)).catch(() => undefined);
    return bytes === undefined ? undefined : new Uint8Array(bytes);
  };
  const store = {
    get,
    getRange: async (key: string, range: zarr.RangeQuery) => {
      const bytes = await get(key);
      return "suffixLength" in range
        ? bytes?.slice(-range.suffixLength)
        : bytes?.slice(range.offset, range.offset + range.length);
    },
  };
  const array = await zarr.open.v3(zarr.root(store).resolve(`${level}`), { kind: "array" });
  const { data, shape } = await zarr.get(array);
  return { shape, values: Array.from(data as ArrayLike<number>) };
}

describe.each(Object.entries(makers))("the sample %s", (name, make) => {
  it("is the same in every byte when it is made again, and its picture is a small PNG", async () => {
    const [first, second] = [join(folder, `${name}-1.zarr`), join(folder, `${name}-2.zarr`)];
    const [view, again] = [await make(first), await make(second)];
    expect(await digest(second)).toBe(await digest(first));
    const png = thumbnail(view);
    expect(thumbnail(again).equals(png)).toBe(true);
    expect(png.length).toBeLessThanOrEqual(40_000);
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    // One byte per pixel and a filter byte per row, as its header says.
    const data = png.indexOf("IDAT");
    const pixels = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
    expect(pixels.length).toBe(220 * (352 + 1));
  });
});

it("another seed makes other cells", async () => {
  const [a, b] = [join(folder, "seed-1.zarr"), join(folder, "seed-2.zarr")];
  await makers.cells(a, 1);
  await makers.cells(b, 2);
  expect(await digest(a)).not.toBe(await digest(b));
});

it("zarrita reads the shards: the coarse level is the mean of the fine one", async () => {
  const root = join(folder, "cells-1.zarr");
  const [fine, coarse] = [await readLevel(root, 0), await readLevel(root, 1)];
  expect(fine.shape).toEqual([1, 3, 3, 48, 64]);
  expect(coarse.shape).toEqual([1, 3, 3, 24, 32]);
  expect(Math.max(...fine.values)).toBeGreaterThan(200);
  const at = (y: number, x: number) =>
    fine.values[(2 * 3 + 1) * 48 * 64 + y * 64 + x] ?? Number.NaN;
  const mean = (at(10, 20) + at(10, 21) + at(11, 20) + at(11, 21) + 2) / 4;
  expect(coarse.values[(2 * 3 + 1) * 24 * 32 + 5 * 32 + 10]).toBe(Math.floor(mean));
});

it("zarrita reads the nuclei: one number each, every second pixel at the coarse level", async () => {
  const root = join(folder, "cells-1.zarr", "labels", "nuclei");
  const [fine, coarse] = [await readLevel(root, 0), await readLevel(root, 1)];
  expect(fine.shape).toEqual([1, 3, 48, 64]);
  expect(coarse.shape).toEqual([1, 3, 24, 32]);
  expect(coarse.values[1 * 24 * 32 + 5 * 32 + 10]).toBe(fine.values[1 * 48 * 64 + 10 * 64 + 20]);
  const { attributes } = JSON.parse(await readFile(join(root, "zarr.json"), "utf8"));
  const described = attributes.ome["image-label"].properties.map(
    (item: { "label-value": number }) => item["label-value"],
  );
  const drawn = [...new Set(fine.values)].filter((id) => id !== 0).sort((a, b) => a - b);
  expect(drawn.length).toBeGreaterThan(0);
  expect(described).toEqual(drawn);
});

it("zarrita reads the lifetimes: thirds, NaN outside the field, some beyond the last full chunk", async () => {
  const root = join(folder, "lifetime-1.zarr");
  const [fine, coarse] = [await readLevel(root, 0), await readLevel(root, 1)];
  expect(fine.shape).toEqual([324, 365]);
  expect(coarse.shape).toEqual([108, 121]);
  expect(fine.values[0]).toBeNaN();
  const centre = fine.values[162 * 365 + 182] ?? Number.NaN;
  expect(centre).toBeGreaterThan(0.5);
  expect(centre).toBeLessThan(5);
});

it("zarrita reads a field of the plate; the reporter lights up with the dose", async () => {
  const root = join(folder, "plate-1.zarr");
  const light = async (well: string) => {
    const { shape, values } = await readLevel(join(root, well, "0"), 1);
    expect(shape).toEqual([3, 2, 16, 16]);
    const last = values.slice((2 * 2 + 1) * 16 * 16);
    return last.reduce((sum, value) => sum + value, 0) / last.length;
  };
  expect(await light("A/3")).toBeGreaterThan((await light("A/1")) + 5);
});

it("zarrita reads the mosaic", async () => {
  const root = join(folder, "tissue-1.zarr");
  const [fine, coarse] = [await readLevel(root, 0), await readLevel(root, 1)];
  expect(fine.shape).toEqual([2, 1024, 1024]);
  expect(coarse.shape).toEqual([2, 512, 512]);
  expect(fine.values[0]).toBe(0);
  expect(fine.values.some((value) => value > 30)).toBe(true);
});
