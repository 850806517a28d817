import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ChunkSpec, CorruptChunkError, UnsupportedCodecError } from "./codec.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk, maxEncodedBytes } from "./pipeline.ts";

const spec: ChunkSpec = { shape: [64, 64], dataType: "uint8", fillValue: 0 };

const decode = (codec: string, bytes: Uint8Array<ArrayBuffer>) =>
  decodeChunk(parseCodecChain(["bytes", codec], "codecs"), bytes, spec);

/** A Blosc header: version, versionlz, flags, type size, decoded, block and encoded length. */
function blosc(
  flags: number,
  [decoded, block, encoded]: readonly [number, number, number],
  body: number[] = [],
  { version = 2, typeBytes = 1 } = {},
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16 + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([version, 1, flags, typeBytes]);
  view.setUint32(4, decoded, true);
  view.setUint32(8, block, true);
  view.setUint32(12, encoded, true);
  bytes.set(body, 16);
  return bytes;
}

describe("headers that claim something else are refused before anything is allocated (C07, C08)", () => {
  const zeros = (count: number) => new Array<number>(count).fill(0);
  test.each([
    ["1.5 GB", blosc(0x20, [1.5e9, 1.5e9, 36], zeros(20))],
    ["more than is expected", blosc(0x20, [4097, 4097, 36], zeros(20))],
    ["less than is expected", blosc(0x20, [4095, 4095, 36], zeros(20))],
    ["another encoded length", blosc(0x20, [4096, 4096, 99], zeros(20))],
    ["no block length", blosc(0x20, [4096, 0, 36], zeros(20))],
    ["blocks longer than the data", blosc(0x20, [4096, 2 ** 31, 36], zeros(20))],
    ["a table of blocks longer than the chunk", blosc(0x20, [4096, 1, 36], zeros(20))],
    ["a block before the table", blosc(0x20, [4096, 4096, 36], zeros(20))],
    ["a block behind the chunk", blosc(0x20, [4096, 4096, 36], [200, ...zeros(19)])],
    [
      "a stream longer than the chunk",
      blosc(0x20, [4096, 4096, 36], [20, 0, 0, 0, 99, ...zeros(15)]),
    ],
    [
      "a stream of negative length",
      blosc(0x20, [4096, 4096, 36], [20, 0, 0, 0, 0, 0, 0, 128, ...zeros(12)]),
    ],
    ["a plain copy without its bytes", blosc(0x02, [4096, 4096, 16])],
    ["a type of 0 bytes", blosc(0x21, [4096, 4096, 36], zeros(20), { typeBytes: 0 })],
    ["Blosc 2", blosc(0x20, [4096, 4096, 36], zeros(20), { version: 5 })],
    ["an unknown compressor", blosc(0xe0, [4096, 4096, 36], zeros(20))],
    ["a reserved flag", blosc(0x28, [4096, 4096, 36], zeros(20))],
  ])("blosc: %s", async (_, bytes) => {
    await expect(decode("blosc", bytes)).rejects.toThrow(CorruptChunkError);
  });

  test("lz4: a length other than the expected one", async () => {
    const bytes = new Uint8Array(64);
    new DataView(bytes.buffer).setUint32(0, 1.5e9, true);
    await expect(decode("numcodecs.lz4", bytes)).rejects.toThrow(/1500000000 bytes where 4096/);
  });

  test("zstd: a content size other than the expected one", async () => {
    // Single segment, 8 bytes of content size: 1.5 GB.
    const bytes = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xe0, ...zeros(8), 1, 0, 0]);
    new DataView(bytes.buffer).setBigUint64(5, 1_500_000_000n, true);
    await expect(decode("zstd", bytes)).rejects.toThrow(CorruptChunkError);
  });

  test("random bytes are corrupt for every compressor (C08)", async () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 2654435761) >>> 24);
    for (const codec of ["blosc", "zstd", "gzip", "numcodecs.zlib", "numcodecs.lz4", "crc32c"]) {
      await expect(decode(codec, noise), codec).rejects.toThrow(CorruptChunkError);
    }
  });

  test("an empty object is corrupt, not fill (C04)", async () => {
    for (const codec of ["blosc", "zstd", "gzip", "numcodecs.zlib", "numcodecs.lz4", "crc32c"]) {
      await expect(decode(codec, new Uint8Array(0)), codec).rejects.toThrow(CorruptChunkError);
    }
    const raw = parseCodecChain(["bytes"], "codecs");
    await expect(decodeChunk(raw, new Uint8Array(0), spec)).rejects.toThrow(CorruptChunkError);
  });
});

describe("a stream that yields more than is expected is stopped (C06)", () => {
  const zeros = Buffer.alloc(64 << 20);
  const bomb = gzipSync(zeros);

  test("gzip that tells its length", async () => {
    const before = process.memoryUsage().arrayBuffers;
    await expect(decode("gzip", new Uint8Array(bomb))).rejects.toThrow(CorruptChunkError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 << 20);
  });

  test("gzip that lies about its length", async () => {
    const liar = new Uint8Array(bomb);
    new DataView(liar.buffer).setUint32(liar.length - 4, 4096, true);
    await expect(decode("gzip", liar)).rejects.toThrow(CorruptChunkError);
  });

  test("zlib", async () => {
    await expect(decode("numcodecs.zlib", new Uint8Array(deflateSync(zeros)))).rejects.toThrow(
      CorruptChunkError,
    );
  });

  test("a compressor inside another one is bounded, though its length is not known", async () => {
    const chain = parseCodecChain(["bytes", "numcodecs.zlib", "gzip"], "codecs");
    await expect(decodeChunk(chain, new Uint8Array(bomb), spec)).rejects.toThrow(CorruptChunkError);
  });
});

describe("lengths known from metadata", () => {
  test("codecs of a fixed size give an exact bound, others a near one", () => {
    const bound = (...codecs: string[]) =>
      maxEncodedBytes(parseCodecChain(["bytes", ...codecs], "codecs"), spec);
    expect(bound()).toBe(4096);
    expect(bound("crc32c")).toBe(4100);
    expect(bound("zstd")).toBeGreaterThan(4096);
    expect(bound("zstd", "crc32c")).toBe(bound("zstd") + 4);
  });

  test("two bytes for uint16 against one for uint8: a wrong data type is corrupt (C11)", async () => {
    const raw = parseCodecChain(["bytes"], "codecs");
    const wide: ChunkSpec = { ...spec, dataType: "uint16" };
    await expect(decodeChunk(raw, new Uint8Array(4096), wide)).rejects.toThrow(CorruptChunkError);
    await expect(decodeChunk(raw, new Uint8Array(8191), wide)).rejects.toThrow(CorruptChunkError);
  });

  test("a clipped chunk is accepted at its exact length only (Z2-07)", async () => {
    const raw = parseCodecChain(["bytes"], "codecs");
    const edge: ChunkSpec = { ...spec, clippedShape: [10, 64] };
    await expect(decodeChunk(raw, new Uint8Array(639), edge)).rejects.toThrow(CorruptChunkError);
    await expect(decodeChunk(raw, new Uint8Array(641), edge)).rejects.toThrow(CorruptChunkError);
    await expect(decodeChunk(raw, new Uint8Array(640), spec)).rejects.toThrow(CorruptChunkError);
    const { elements } = await decodeChunk(raw, new Uint8Array(640).fill(1), {
      ...edge,
      fillValue: 5,
    });
    expect([elements[639], elements[640], elements.length]).toEqual([1, 5, 4096]);
  });

  test("a chunk of more than 2 GiB is refused by size (ZA-08)", async () => {
    const raw = parseCodecChain(["bytes"], "codecs");
    const huge: ChunkSpec = { shape: [65536, 65536], dataType: "uint16", fillValue: 0 };
    await expect(decodeChunk(raw, new Uint8Array(1), huge)).rejects.toThrow(UnsupportedCodecError);
  });
});
