import { describe, expect, test } from "vitest";
import { readCodecCases } from "../../../e2e/fixtures/read-codec-cases.ts";
import { CorruptChunkError } from "./codec.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk } from "./pipeline.ts";

// Seeded flips, truncations and insertions. Whatever the bytes, a chunk decodes to its full length or is corrupt;
// where a checksum covers everything, it decodes to the same elements or is corrupt.
const mutationsPerCodec = 320;

const groups: readonly (readonly [label: string, names: RegExp, checksummed: boolean])[] = [
  ["blosc blosclz", /^blosc blosclz/, false],
  ["blosc lz4", /^blosc lz4 /, false],
  ["blosc lz4hc", /^blosc lz4hc/, false],
  ["blosc zlib", /^blosc zlib/, false],
  ["blosc zstd", /^blosc zstd/, false],
  ["blosc memcpyed", /^blosc memcpyed/, false],
  ["lz4", /^lz4/, false],
  ["zstd", /^zstd(?!.*True)(?! in)/, false],
  ["zstd with checksum", /^zstd 9 checksum True/, true],
  ["gzip", /^gzip (-1|0|1|9|several)/, true],
  ["gzip with a long header", /^gzip header/, true],
  ["zlib", /^zlib (-1|0|1|9|with)/, true],
  ["raw deflate", /raw deflate/, false],
  ["crc32c", /^crc32c( at the start)?$/, true],
  ["compressed, then crc32c", /^(zstd in crc32c|gzip in zstd in crc32c)$/, true],
  ["clipped", /^clipped/, false],
  ["transposed", /^transpose twice/, true],
  ["shard", /^shard/, false],
];

describe("C14 damaged chunks", () => {
  test.each(groups)("%s: equal, of full length or corrupt", async (label, names, checksummed) => {
    const random = mulberry(label.length * 7919 + 20261122);
    const cases = readCodecCases().filter(({ name }) => names.test(name));
    expect(cases.length).toBeGreaterThan(0);
    let corrupt = 0;
    for (let i = 0; i < mutationsPerCodec; i++) {
      const { name, codecs, encoded, decoded, spec } = cases[i % cases.length]!;
      const damaged = mutate(encoded, random);
      if (Buffer.compare(damaged, encoded) === 0) continue;
      try {
        const { elements } = await decodeChunk(parseCodecChain(codecs, "codecs"), damaged, spec);
        const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
        expect(bytes.length, name).toBe(decoded.length);
        if (checksummed) expect(Buffer.compare(bytes, decoded), `${name}, mutation ${i}`).toBe(0);
      } catch (error) {
        if (!(error instanceof CorruptChunkError)) throw error;
        corrupt++;
      }
    }
    expect(corrupt).toBeGreaterThan(mutationsPerCodec / 4);
  });

  test.each(groups)("%s: every truncation and any byte behind is corrupt", async (_, names) => {
    for (const { name, codecs, encoded, spec } of readCodecCases()) {
      if (!names.test(name) || /^shard/.test(name)) continue;
      const chain = parseCodecChain(codecs, "codecs");
      const lengths = [0, 1, 4, 15, 16, 17, encoded.length >> 1, encoded.length - 1];
      for (const length of lengths.filter((each) => each < encoded.length)) {
        const cut = encoded.slice(0, length);
        await expect(decodeChunk(chain, cut, spec), `${name} cut to ${length}`).rejects.toThrow(
          CorruptChunkError,
        );
      }
      const longer = new Uint8Array(encoded.length + 3).fill(7);
      longer.set(encoded);
      await expect(decodeChunk(chain, longer, spec), name).rejects.toThrow(CorruptChunkError);
    }
  });

  test("an HTML page in place of a chunk is corrupt", async () => {
    const page = new TextEncoder().encode("<!doctype html><html><body>Please log in</body></html>");
    for (const { name, codecs, spec } of readCodecCases()) {
      const chain = parseCodecChain(codecs, "codecs");
      await expect(decodeChunk(chain, page, spec), name).rejects.toThrow(CorruptChunkError);
    }
  });
});

function mutate(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const at = Math.floor(random() * bytes.length);
  const kind = random();
  if (kind < 0.15) return bytes.slice(0, at);
  if (kind < 0.25) return Uint8Array.from([...bytes.subarray(0, at), 0xa5, ...bytes.subarray(at)]);
  const damaged = bytes.slice();
  // Headers and tables are short; half of the damage goes there.
  const flips = kind < 0.8 ? 1 : 8;
  for (let i = 0; i < flips; i++) {
    const reach = random() < 0.5 ? Math.min(40, bytes.length) : bytes.length;
    damaged[Math.floor(random() * reach)]! ^= 1 << Math.floor(random() * 8);
  }
  return damaged;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
