import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChunkAxis, chunkSpan } from "../../zarr/array/chunk-axis.ts";
import { tileAxis, tileAxisOf, tileIndexOf, tileSpan, tilesBetween } from "./tile-grid.ts";

const even: fc.Arbitrary<ChunkAxis> = fc
  .record({ size: fc.integer({ min: 1, max: 9000 }), length: fc.integer({ min: 1, max: 5000 }) })
  .map(({ size, length }) => ({ kind: "even", size, length }));

/** Chunks of any lengths, of which the last one may overhang the array. */
const uneven: fc.Arbitrary<ChunkAxis> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  )
  .map(([lengths, overhang]) => {
    const edges = [0];
    for (const length of lengths) edges.push(edges.at(-1)! + length);
    const size = edges.at(-1)! - Math.floor(overhang * lengths.at(-1)!);
    return { kind: "uneven", size, edges };
  });

const chunks = fc.oneof(even, uneven);
const axis = chunks.map(tileAxisOf);

describe("tiles along an axis", () => {
  it("cover the array without gaps or overlaps, in pieces of at most 1024 inside one chunk", () => {
    fc.assert(
      fc.property(chunks, (grid) => {
        const tiling = tileAxisOf(grid);
        let next = 0;
        for (let index = 0; index < tiling.count; index++) {
          const span = tileSpan(tiling, index);
          expect(span.start).toBe(next);
          expect(span.length).toBeGreaterThan(0);
          expect(span.length).toBeLessThanOrEqual(1024);
          const chunk = chunkSpan(grid, span.chunk);
          expect(span.start).toBe(chunk.start + span.startInChunk);
          expect(span.startInChunk + span.length).toBeLessThanOrEqual(chunk.length);
          next = span.start + span.length;
        }
        expect(next).toBe(tiling.size);
      }),
    );
  });

  it("are found by any of their texels", () => {
    fc.assert(
      fc.property(
        axis,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (tiling, u) => {
          const texel = Math.floor(u * tiling.size);
          const span = tileSpan(tiling, tileIndexOf(tiling, texel));
          expect(texel).toBeGreaterThanOrEqual(span.start);
          expect(texel).toBeLessThan(span.start + span.length);
        },
      ),
    );
  });

  it("are exactly those that overlap an interval", () => {
    const bound = fc.double({ min: -3000, max: 12_000, noNaN: true });
    fc.assert(
      fc.property(axis, bound, bound, (tiling, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const { first, end } = tilesBetween(tiling, from, to);
        for (let index = 0; index < tiling.count; index++) {
          const { start, length } = tileSpan(tiling, index);
          const overlap = Math.min(to, start + length) - Math.max(from, start);
          if (overlap > 1e-5) expect(index >= first && index < end).toBe(true);
          if (overlap < 0) expect(index >= first && index < end).toBe(false);
        }
      }),
    );
  });

  it("do not count what merely touches", () => {
    const tiling = tileAxis(512, 64);
    expect(tilesBetween(tiling, 64, 128)).toEqual({ first: 1, end: 2 });
    expect(tilesBetween(tiling, 64 - 1e-9, 128 + 1e-9)).toEqual({ first: 1, end: 2 });
    expect(tilesBetween(tiling, 512, 600)).toEqual({ first: 0, end: 0 });
    expect(tilesBetween(tiling, -10, 0)).toEqual({ first: 0, end: 0 });
  });
});
