import fc from "fast-check";
import { expect, test } from "vitest";
import { joinRanges } from "./join-ranges.ts";

test("six neighbours become one range", () => {
  const parts = [3, 0, 5, 1, 4, 2].map((i) => ({ offset: i * 100, length: 100, item: i }));
  const joined = joinRanges(parts, { maxGapBytes: 0, maxJoinedBytes: 1_000 });
  expect(joined).toHaveLength(1);
  expect(joined[0]).toMatchObject({ offset: 0, length: 600 });
  expect(joined[0]!.parts.map(({ item }) => item)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("a gap that is too wide and a range that would be too long split", () => {
  const parts = [0, 150, 1_000].map((offset) => ({ offset, length: 100, item: offset }));
  const limits = { maxGapBytes: 50, maxJoinedBytes: 400 };
  expect(joinRanges(parts, limits).map(({ offset, length }) => [offset, length])).toEqual([
    [0, 250],
    [1_000, 100],
  ]);
});

test("property: each part lies in exactly one range, and no range exceeds the limits", () => {
  const part = fc.record({ offset: fc.nat(5_000), length: fc.integer({ min: 1, max: 300 }) });
  const limits = fc.record({ maxGapBytes: fc.nat(100), maxJoinedBytes: fc.nat(2_000) });
  fc.assert(
    fc.property(fc.array(part), limits, (parts, limit) => {
      const joined = joinRanges(
        parts.map((each, item) => ({ ...each, item })),
        limit,
      );
      const seen = joined.flatMap(({ parts: inside }) => inside.map(({ item }) => item));
      expect(seen.sort((a, b) => a - b)).toEqual(parts.map((_, i) => i));
      for (const range of joined) {
        for (const { offset, length } of range.parts) {
          expect(offset).toBeGreaterThanOrEqual(range.offset);
          expect(offset + length).toBeLessThanOrEqual(range.offset + range.length);
        }
        if (range.parts.length > 1) expect(range.length).toBeLessThanOrEqual(limit.maxJoinedBytes);
      }
    }),
  );
});
