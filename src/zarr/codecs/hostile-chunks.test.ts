import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readCodecCases } from "../../../e2e/fixtures/read-codec-cases.ts";
import { type ChunkSpec, CorruptChunkError } from "./codec.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk } from "./pipeline.ts";

const uint16: ChunkSpec = { shape: [4, 4], dataType: "uint16", fillValue: 0 };

describe("chunks that are whole, but not what the metadata say", () => {
  test("C05 an odd number of bytes for uint16 is corrupt, stored as it is and compressed", async () => {
    const odd = new Uint8Array(31).fill(1);
    const chain = (...codecs: string[]) => parseCodecChain(["bytes", ...codecs], "codecs");
    await expect(decodeChunk(chain(), odd, uint16)).rejects.toThrow(CorruptChunkError);
    const zipped = new Uint8Array(gzipSync(odd));
    await expect(decodeChunk(chain("gzip"), zipped, uint16)).rejects.toThrow(CorruptChunkError);
    const whole = new Uint8Array(gzipSync(new Uint8Array(32).fill(1)));
    const { elements } = await decodeChunk(chain("gzip"), whole, uint16);
    expect([elements.length, elements[15]]).toEqual([16, 257]);
  });

  test("C09 Blosc of another length is corrupt, whatever it holds; that of a wider type is not taken apart", async () => {
    const cases = readCodecCases().filter(({ name }) => name.startsWith("blosc"));
    expect(cases.length).toBeGreaterThan(10);
    for (const { name, codecs, encoded, spec } of cases) {
      const chain = parseCodecChain(codecs, "codecs");
      const [first = 1, ...rest] = spec.shape;
      for (const shape of [[first + 1, ...rest], [first * 2, ...rest], [1]]) {
        const other = { ...spec, shape };
        await expect(decodeChunk(chain, encoded, other), name).rejects.toThrow(CorruptChunkError);
      }
    }
  });

  test("C11 the same bytes in both byte orders are the same numbers", async () => {
    const numbers = [0, 1, 258, 65535, 4660, 77, 88, 99, 1, 2, 3, 4, 5, 6, 7, 8];
    for (const endian of ["little", "big"]) {
      const bytes = new DataView(new ArrayBuffer(32));
      for (const [i, n] of numbers.entries()) bytes.setUint16(2 * i, n, endian === "little");
      const chain = parseCodecChain([{ name: "bytes", configuration: { endian } }], "codecs");
      const { elements } = await decodeChunk(chain, new Uint8Array(bytes.buffer), uint16);
      expect([...elements]).toEqual(numbers);
    }
  });
});
