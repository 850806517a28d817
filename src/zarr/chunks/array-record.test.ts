import { expect, test } from "vitest";
import type { ArrayMetadata } from "../array/array-metadata.ts";
import { nodePath } from "../store/node-path.ts";
import { arrayRecord } from "./array-record.ts";

/** How an uncompressed array of uint16 is read. */
function accessOf(
  shape: readonly number[],
  shard: readonly number[],
  inner: readonly number[],
): { readonly access: string; readonly objectBytes: number } {
  const metadata: ArrayMetadata = {
    zarrFormat: 3,
    path: nodePath("a"),
    shape,
    dataType: "uint16",
    chunkGrid: { kind: "regular", chunkShape: shard },
    chunkKeyEncoding: { name: "default", separator: "/" },
    fillValue: 0,
    codecs: {
      arrayToArray: [],
      arrayToBytes: {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: [...inner],
          codecs: [{ name: "bytes", configuration: { endian: "little" } }],
          index_codecs: [{ name: "bytes", configuration: { endian: "little" } }],
        },
      },
      bytesToBytes: [],
    },
    dimensionNames: undefined,
    attributes: {},
  };
  const store = { kind: "memory", name: "m", entries: new Map() } as const;
  const { access, objectBytes } = arrayRecord(
    { id: 1, store, metadata, readChunkShape: inner },
    "o",
  );
  return { access, objectBytes };
}

const mebibyte = 2 ** 20;

test("a small shard is read whole, a large one by its index", () => {
  expect(accessOf([4096, 4096], [512, 512], [128, 128]).access).toBe("whole-shard");
  expect(accessOf([4096, 4096], [1024, 1024], [128, 128]).access).toBe("shard");
});

test("a shard that is larger than its array counts as what it can hold: whole inner chunks", () => {
  expect(accessOf([600, 600], [4096, 4096], [512, 512])).toEqual({
    access: "whole-shard",
    objectBytes: 2 * mebibyte,
  });
  expect(accessOf([1100, 600], [4096, 4096], [512, 512]).access).toBe("shard");
});

test("where a plane has one shard alone it may be larger; where a view would read many, it may not", () => {
  // A coarse level: one shard for each channel.
  expect(accessOf([3, 1024, 1024], [1, 4096, 4096], [1, 512, 512]).access).toBe("whole-shard");
  // A small volume in one shard.
  expect(accessOf([64, 128, 128], [64, 128, 128], [16, 64, 64]).access).toBe("whole-shard");
  // A large one: a plane of it touches 64 shards, of each a quarter.
  expect(accessOf([256, 1024, 1024], [64, 128, 128], [16, 64, 64]).access).toBe("shard");
});
