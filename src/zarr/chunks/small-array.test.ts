import { afterEach, describe, expect, test } from "vitest";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { rootPath } from "../store/node-path.ts";
import { ChunkScheduler } from "./chunk-scheduler.ts";
import { createInlineWorker } from "./inline-worker.ts";
import { readSmallArray } from "./small-array.ts";
import { WorkerPool } from "./worker-pool.ts";

let scheduler: ChunkScheduler | undefined;
afterEach(() => scheduler?.destroy());

/** Reads an array of float64 in chunks of 2 × 2; the element of index i is i + 0.25, chunks left out are the fill value −1. */
async function read(shape: readonly number[], leftOut: readonly string[] = []) {
  const chunkShape = shape.map(() => 2);
  const document = {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: "float64",
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunkShape } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: -1,
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  };
  const entries = new Map([["zarr.json", new TextEncoder().encode(JSON.stringify(document))]]);
  const [height = 1, width = 1] = shape;
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const at = (r: number, c: number) => (row + r) * width + column + c + 0.25;
      const chunk = new Float64Array([at(0, 0), at(0, 1), at(1, 0), at(1, 1)]);
      const key = `c/${row / 2}/${column / 2}`;
      if (!leftOut.includes(key)) entries.set(key, new Uint8Array(chunk.buffer));
    }
  }
  const store = new MemoryStore("numbers", entries);
  const node = await openHierarchy(store).node(rootPath);
  if (node?.kind !== "array") throw new Error("no array");
  const pool = new WorkerPool({
    createWorker: () => createInlineWorker(() => store),
    size: 1,
    decodedBudgetBytes: 2 ** 20,
  });
  scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: 2 ** 20,
    diagnose: async () => "network",
    askForAbsent: async () => "missing",
    askForKnown: async () => "readable",
  });
  return readSmallArray(scheduler, store, node.metadata, 1);
}

describe("N6-10: numbers that metadata keep in an array", () => {
  test("come in C order, whatever the chunks", async () => {
    const { shape, values } = await read([2, 3]);
    expect(shape).toEqual([2, 3]);
    expect(values).toEqual([0.25, 1.25, 2.25, 3.25, 4.25, 5.25]);
  });

  test("are the fill value where nothing was written", async () => {
    expect((await read([2, 3], ["c/0/1"])).values).toEqual([0.25, 1.25, -1, 3.25, 4.25, -1]);
  });

  test("are refused where they are no matrix, or too many", async () => {
    await expect(read([4])).rejects.toThrow("1 dimensions instead of 2");
    await expect(read([100, 100])).rejects.toThrow("10000 elements");
  });
});
