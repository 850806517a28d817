import { describe, expect, test } from "vitest";
import { readCodecCases } from "../../../e2e/fixtures/read-codec-cases.ts";
import { innermostChain, readChunkShape, shardLayout } from "../array/read-grid.ts";
import type { JsonObject } from "../json.ts";
import { MetadataError } from "../problem.ts";
import { CorruptChunkError } from "./codec.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk } from "./pipeline.ts";
import {
  checkEntry,
  decodeShardIndex,
  maxInnerBytes,
  type ShardLayout,
  shardIndexBytes,
} from "./sharding.ts";

const shards = readCodecCases().filter(({ name }) => name.startsWith("shard"));

const metadataOf = ({ codecs, spec }: (typeof shards)[number]) => ({
  shape: spec.shape,
  chunkGrid: { kind: "regular" as const, chunkShape: spec.shape },
  codecs: parseCodecChain(codecs, "codecs"),
  dataType: spec.dataType,
});

const shard = (name: string) => shards.find((each) => each.name === `shard: ${name}`)!;

const indexOf = (layout: ShardLayout, bytes: Uint8Array<ArrayBuffer>) => {
  const start = layout.indexLocation === "start" ? 0 : bytes.length - shardIndexBytes(layout);
  return bytes.slice(start, start + shardIndexBytes(layout));
};

/** Value at `coords` by way of the index, level by level, as the chunk reader does it. */
async function valueAt(
  layout: ShardLayout,
  bytes: Uint8Array<ArrayBuffer>,
  coords: readonly number[],
  { spec }: (typeof shards)[number],
): Promise<number | bigint | undefined> {
  const index = await decodeShardIndex(layout, indexOf(layout, bytes));
  const { innerShape, innerChain, inner } = layout;
  const entry = index.entry(coords.map((coord, axis) => Math.floor(coord / innerShape[axis]!)));
  if (!entry) return spec.fillValue;
  checkEntry(entry, bytes.length, maxInnerBytes(layout, spec.dataType));
  const part = bytes.slice(entry.offset, entry.offset + entry.length);
  const within = coords.map((coord, axis) => coord % innerShape[axis]!);
  if (inner) return valueAt(inner, part, within, { ...shards[0]!, spec });
  const chunk = await decodeChunk(innerChain, part, { ...spec, shape: innerShape });
  return chunk.elements[within.reduce((at, coord, axis) => at * innerShape[axis]! + coord, 0)];
}

describe("shards by other implementations, read in parts (Z3-34, Z3-35)", () => {
  const parts = shards.filter((each) => shardLayout(metadataOf(each)) !== undefined);

  test.each(parts.map((each) => [each.name, each] as const))("%s", async (_, each) => {
    const layout = shardLayout(metadataOf(each))!;
    const whole = await decodeChunk(metadataOf(each).codecs, each.encoded, each.spec);
    const { shape } = each.spec;
    for (let at = 0; at < whole.elements.length; at += 37) {
      let rest = at;
      const coords = new Array<number>(shape.length);
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        coords[axis] = rest % shape[axis]!;
        rest = Math.floor(rest / shape[axis]!);
      }
      expect(await valueAt(layout, each.encoded, coords, each)).toBe(whole.elements[at]);
    }
  });

  test("with codecs before or behind, a shard is read whole", () => {
    for (const name of ["transposed before sharding", "compressed after sharding"]) {
      const metadata = metadataOf(shard(name));
      expect(shardLayout(metadata)).toBeUndefined();
      expect(readChunkShape(metadata)).toEqual([24, 36]);
      expect(innermostChain(metadata)).toBe(metadata.codecs);
    }
  });

  test("R11 nested shards: the innermost chunk is what is read", () => {
    const metadata = metadataOf(shard("nested"));
    const layout = shardLayout(metadata)!;
    expect(layout).toMatchObject({ innerShape: [8, 12], chunksPerShard: [3, 3] });
    expect(layout.inner).toMatchObject({ shardShape: [8, 12], innerShape: [4, 6] });
    expect(readChunkShape(metadata)).toEqual([4, 6]);
    expect(innermostChain(metadata).bytesToBytes.map(({ name }) => name)).toEqual(["gzip"]);
  });

  test("the index has 16 bytes for each inner chunk and its checksum", () => {
    const bytes = (name: string) => shardIndexBytes(shardLayout(metadataOf(shard(name)))!);
    expect(bytes("index at the end")).toBe(9 * 16 + 4);
    expect(bytes("index without checksum")).toBe(9 * 16);
  });

  test("an array without shards", () => {
    const metadata = {
      shape: [8, 8],
      chunkGrid: { kind: "regular" as const, chunkShape: [4, 4] },
      codecs: parseCodecChain(["bytes"], "codecs"),
      dataType: "uint8" as const,
    };
    expect(shardLayout(metadata)).toBeUndefined();
    expect(readChunkShape(metadata)).toEqual([4, 4]);
  });
});

describe("damaged shards", () => {
  const each = shard("index at the end");
  const layout = shardLayout(metadataOf(each))!;

  test("a wrong checksum of the index is corrupt (R07)", async () => {
    const index = indexOf(layout, each.encoded);
    index[3]! ^= 1;
    await expect(decodeShardIndex(layout, index)).rejects.toThrow(CorruptChunkError);
  });

  test("an index of another length is corrupt", async () => {
    const index = indexOf(layout, each.encoded);
    await expect(decodeShardIndex(layout, index.slice(1))).rejects.toThrow(CorruptChunkError);
    await expect(decodeShardIndex(layout, new Uint8Array(0))).rejects.toThrow(CorruptChunkError);
  });

  const plain = shardLayout(metadataOf(shard("index without checksum")))!;
  const indexWith = async (offset: bigint, length: bigint) => {
    const bytes = new Uint8Array(9 * 16);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(16, offset, true);
    view.setBigUint64(24, length, true);
    return decodeShardIndex(plain, bytes);
  };

  test("2^64 − 1 twice is a missing chunk, once is corrupt (R10)", async () => {
    const none = 2n ** 64n - 1n;
    expect((await indexWith(none, none)).entry([0, 1])).toBeUndefined();
    const half = await indexWith(none, 5n);
    expect(() => half.entry([0, 1])).toThrow(CorruptChunkError);
    expect(half.entry([0, 0]), "the others stay readable").toEqual({ offset: 0, length: 0 });
  });

  test("offsets beyond 2^53 are corrupt, beyond 4 GiB are not (R08)", async () => {
    const far = await indexWith(2n ** 53n, 1n);
    expect(() => far.entry([0, 1])).toThrow(CorruptChunkError);
    const large = await indexWith(2n ** 33n, 7n);
    expect(large.entry([0, 1])).toEqual({ offset: 2 ** 33, length: 7 });
  });

  test("coordinates outside the shard are the caller's mistake", async () => {
    const index = await indexWith(0n, 1n);
    expect(() => index.entry([3, 0])).toThrow(RangeError);
    expect(() => index.entry([0])).toThrow(RangeError);
    expect(() => index.entry([-1, 0])).toThrow(RangeError);
  });

  test("entries are held against the shard and the largest encoding (R08, R09)", () => {
    const check = (offset: number, length: number, total?: number) => () =>
      checkEntry({ offset, length }, total, 1000);
    expect(check(0, 1000)).not.toThrow();
    expect(check(100, 900, 1000)).not.toThrow();
    expect(check(101, 900, 1000)).toThrow(CorruptChunkError);
    expect(check(0, 1001)).toThrow(CorruptChunkError);
    expect(check(5, 0)).toThrow(CorruptChunkError);
  });

  test("a shard cut anywhere is corrupt when read whole (Z3-36)", async () => {
    const { codecs } = metadataOf(each);
    for (const length of [0, 100, 147, 148, each.encoded.length - 1]) {
      const cut = each.encoded.slice(0, length);
      await expect(decodeChunk(codecs, cut, each.spec)).rejects.toThrow(CorruptChunkError);
    }
  });
});

describe("sharding configurations that do not fit the array", () => {
  const layoutWith = (configuration: JsonObject, chunkShape = [4, 4]) =>
    shardLayout({
      shape: chunkShape,
      chunkGrid: { kind: "regular", chunkShape },
      codecs: parseCodecChain(
        [
          {
            name: "sharding_indexed",
            configuration: {
              chunk_shape: [2, 2],
              codecs: ["bytes"],
              index_codecs: ["bytes"],
              ...configuration,
            },
          },
        ],
        "codecs",
      ),
      dataType: "uint8",
    });

  test("inner chunks must divide the shard and have its rank", () => {
    expect(layoutWith({})).toMatchObject({ chunksPerShard: [2, 2], indexLocation: "end" });
    expect(() => layoutWith({ chunk_shape: [3, 2] })).toThrow(MetadataError);
    expect(() => layoutWith({ chunk_shape: [8, 4] })).toThrow(MetadataError);
    expect(() => layoutWith({ chunk_shape: [2] })).toThrow(MetadataError);
  });

  test("the index must have a fixed size", () => {
    expect(() => layoutWith({ index_codecs: ["bytes", "zstd"] })).toThrow(MetadataError);
  });
});
