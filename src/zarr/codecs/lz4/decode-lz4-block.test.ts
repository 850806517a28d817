import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CorruptChunkError } from "../codec.ts";
import { copyMatch, decodeLz4Block } from "./decode-lz4-block.ts";

describe("copyMatch", () => {
  test("repeats byte by byte, whatever the overlap", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 400 }),
        (start, wanted, count) => {
          const distance = Math.min(wanted, start.length);
          const expected = [...start];
          for (let i = 0; i < count; i++) expected.push(expected[expected.length - distance]!);
          const bytes = new Uint8Array(start.length + count + 3).fill(0xee);
          bytes.set(start);
          expect(copyMatch(bytes, start.length, distance, count)).toBe(start.length + count);
          expect([...bytes]).toEqual([...expected, 0xee, 0xee, 0xee]);
        },
      ),
    );
  });
});

describe("decodeLz4Block", () => {
  // A sequence of the format: token, literals, distance; the last one has literals only.
  const decode = (block: number[], length: number) => {
    const bytes = new Uint8Array(length + 2).fill(0xee);
    decodeLz4Block(Uint8Array.from([9, ...block, 9]), 1, block.length + 1, bytes, 1, length + 1);
    expect([bytes[0], bytes[length + 1]], "writes nothing outside").toEqual([0xee, 0xee]);
    return [...bytes.subarray(1, length + 1)];
  };

  test("literals, an overlapping match, literals", () => {
    expect(decode([0x21, 7, 8, 2, 0, 0x10, 5], 8)).toEqual([7, 8, 7, 8, 7, 8, 7, 5]);
  });

  test("lengths of 15 and more go on in further bytes", () => {
    const literals = Array.from({ length: 15 + 255 + 3 }, (_, i) => i & 127);
    expect(decode([0xf0, 255, 3, ...literals], literals.length)).toEqual(literals);
    const matched = decode([0x1f, 6, 1, 0, 255, 1, 0x10, 7], 1 + 4 + 15 + 255 + 1 + 1);
    expect(matched).toEqual([...new Array(276).fill(6), 7]);
  });

  test.each([
    ["a distance of 0", [0x10, 1, 0, 0, 0x00], 5],
    ["a distance before the start", [0x10, 1, 2, 0, 0x00], 5],
    ["literals beyond the input", [0x30, 1, 2], 3],
    ["literals beyond the output", [0x30, 1, 2, 3], 2],
    ["a match beyond the output", [0x14, 1, 1, 0, 0x00], 5],
    ["a distance cut off", [0x10, 1, 1], 5],
    ["too little", [0x10, 1], 2],
    ["nothing", [], 1],
    ["an endless length", [0xf0, 255, 255, 255], 4],
  ])("%s is corrupt", (_, block, length) => {
    expect(() => decode(block, length)).toThrow(CorruptChunkError);
  });
});
