import { describe, expect, test } from "vitest";
import { readCodecCases } from "../../../e2e/fixtures/read-codec-cases.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk, encodedLengthOf } from "./pipeline.ts";
import { unsupportedCodecs } from "./registry.ts";

const cases = readCodecCases();

describe("chunks written by other implementations", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (_, each) => {
    const chain = parseCodecChain(each.codecs, "codecs");
    expect(unsupportedCodecs(chain)).toEqual([]);
    const before = each.encoded.slice();

    const { shape, dataType, elements } = await decodeChunk(chain, each.encoded, each.spec);

    expect({ shape, dataType }).toEqual({
      shape: each.spec.shape,
      dataType: each.spec.dataType,
    });
    const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
    expect(Buffer.compare(bytes, each.decoded), "bytes differ").toBe(0);
    expect(elements.buffer.byteLength, "owns its buffer").toBe(elements.byteLength);
    expect(Buffer.compare(each.encoded, before), "input untouched").toBe(0);
  });

  test("a chunk inside a larger buffer decodes the same and does not carry it along", async () => {
    for (const each of cases) {
      const chain = parseCodecChain(each.codecs, "codecs");
      const around = new Uint8Array(each.encoded.length + 13).fill(0xaa);
      around.set(each.encoded, 5);
      const part = around.subarray(5, 5 + each.encoded.length);
      const { elements } = await decodeChunk(chain, part, each.spec);
      const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
      expect(Buffer.compare(bytes, each.decoded), each.name).toBe(0);
      expect(elements.buffer.byteLength, each.name).toBe(elements.byteLength);
    }
  });

  test("every stored length is within what the chain may have", () => {
    for (const each of cases) {
      const length = encodedLengthOf(parseCodecChain(each.codecs, "codecs"), each.spec);
      if (length.kind === "exact") expect(length.lengths, each.name).toContain(each.encoded.length);
      else expect(each.encoded.length, each.name).toBeLessThanOrEqual(length.length);
    }
  });
});
