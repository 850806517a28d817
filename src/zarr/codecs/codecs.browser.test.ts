import { describe, expect, test } from "vitest";
import {
  type CodecCase,
  codecCases,
  type StoredCodecCase,
} from "../../../e2e/fixtures/codec-cases.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk } from "./pipeline.ts";

const binUrl = new URL("../../../e2e/fixtures/data/codecs/cases.bin", import.meta.url);
const jsonUrl = new URL("../../../e2e/fixtures/data/codecs/cases.json", import.meta.url);

async function readCases(): Promise<CodecCase[]> {
  const bytes = await (await fetch(binUrl)).arrayBuffer();
  const stored: StoredCodecCase[] = await (await fetch(jsonUrl)).json();
  return codecCases(stored, new Uint8Array(bytes));
}

// Chromium's way to WebAssembly differs from Node's.
describe("chunks written by other implementations, in Chromium", () => {
  test("all decode to the same elements", async () => {
    const cases = await readCases();
    expect(cases.length).toBeGreaterThan(170);
    for (const { name, codecs, encoded, decoded, spec } of cases) {
      const { elements } = await decodeChunk(parseCodecChain(codecs, "codecs"), encoded, spec);
      const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
      expect(bytes.length, name).toBe(decoded.length);
      expect(
        bytes.every((byte, i) => byte === decoded[i]),
        name,
      ).toBe(true);
    }
  });

  test("one byte behind a stream is corrupt", async () => {
    for (const { name, codecs, encoded, spec } of await readCases()) {
      if (!/^(gzip|zlib|zstd|lz4|blosc)/.test(name)) continue;
      const longer = new Uint8Array(encoded.length + 1);
      longer.set(encoded);
      const decoding = decodeChunk(parseCodecChain(codecs, "codecs"), longer, spec);
      await expect(decoding, name).rejects.toMatchObject({ name: "CorruptChunkError" });
    }
  });
});
