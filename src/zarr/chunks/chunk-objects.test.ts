import { describe, expect, test } from "vitest";
import type { ArrayMetadata, ChunkKeyEncoding } from "../array/array-metadata.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { nodePath } from "../store/node-path.ts";
import type { Store } from "../store/store.ts";
import { StoreError } from "../store/store-error.ts";
import { ChunkObjects } from "./chunk-objects.ts";
import { chaosArray } from "./testing/chaos-array.ts";

const assumed: ChunkKeyEncoding = { name: "v2", separator: ".", isAssumed: true };
const { metadata: model } = chaosArray(1, {
  shape: [2, 2, 2],
  shapes: [[1, 1, 1]],
  indexAt: "end",
});

function objectsOf(keys: string[], chunkKeyEncoding: ChunkKeyEncoding, denied: string[] = []) {
  const metadata: ArrayMetadata = { ...model, path: nodePath("a"), chunkKeyEncoding };
  const entries = keys.map((key) => [key, Uint8Array.of(1)] as const);
  const memory = new MemoryStore("m", new Map(entries));
  const requests: string[] = [];
  const store: Store = {
    origin: "m",
    spec: memory.spec,
    size: (path) => memory.size(path),
    get: (path, options) => {
      requests.push(path);
      if (denied.includes(path)) {
        return Promise.reject(new StoreError("denied", "No.", { url: path, status: 403 }));
      }
      return memory.get(path, options);
    },
  };
  return { objects: new ChunkObjects(store, metadata), requests };
}

describe("N1-06: keys whose separator the metadata leave open", () => {
  test("nested keys are found, and from then on are the only ones asked for", async () => {
    const { objects, requests } = objectsOf(["a/0/0/1"], assumed);
    expect(await objects.get([0, 0, 0], {})).toBeUndefined();
    expect(await objects.get([0, 0, 1], {})).toBeDefined();
    expect(await objects.get([1, 1, 1], {})).toBeUndefined();
    expect(requests).toEqual(["a/0.0.0", "a/0/0/0", "a/0.0.1", "a/0/0/1", "a/1/1/1"]);
  });

  test("flat keys settle it as well", async () => {
    const { objects, requests } = objectsOf(["a/0.0.0"], assumed);
    await objects.get([0, 0, 0], {});
    await objects.get([0, 0, 1], {});
    expect(requests).toEqual(["a/0.0.0", "a/0.0.1"]);
  });

  test("a stated separator is not doubted", async () => {
    const { objects, requests } = objectsOf(["a/0/0/0"], { name: "v2", separator: "." });
    expect(await objects.get([0, 0, 0], {})).toBeUndefined();
    expect(requests).toEqual(["a/0.0.0"]);
  });

  test("ZH-01: a denial under the one key is no answer while the other may be there", async () => {
    const { objects } = objectsOf(["a/0/0/0"], assumed, ["a/0.0.0", "a/0.0.1"]);
    await expect(objects.get([0, 0, 1], {})).rejects.toMatchObject({ kind: "denied" });
    expect(await objects.get([0, 0, 0], {})).toBeDefined();
  });
});
