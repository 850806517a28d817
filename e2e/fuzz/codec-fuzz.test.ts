import { describe, expect, test } from "vitest";
import { readFuzzedChunks } from "../fixtures/codec-matrix.ts";
import { fuzzChunk, fuzzTarget } from "./fuzz-chunk.ts";

/** `npm run fuzz:codecs` does 2000 of each, in a child process that is held to its time and memory. */
const perCodec = 12;

describe("damaged chunks end equal, corrupt or refused, and never at another length (C01, C02, C07, C08)", () => {
  test.each(readFuzzedChunks().map((chunk) => [chunk.name, chunk] as const))(
    "%s",
    async (_, chunk) => {
      const whole = await fuzzTarget(chunk).decode(chunk.chunk.slice());
      expect(Buffer.compare(whole, chunk.expected)).toBe(0);
      const { equal, corrupt, refused, different, wrongLength, other } = await fuzzChunk(
        chunk,
        perCodec,
        1,
      );
      expect({ wrongLength, other }).toEqual({ wrongLength: [], other: [] });
      expect(equal + corrupt + refused + different).toBe(perCodec);
      expect(corrupt).toBeGreaterThan(0);
    },
  );
});
