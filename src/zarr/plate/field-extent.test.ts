import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldExtent } from "./field-extent.ts";

const square = (x0: number, y0: number, side = 10) => ({ x0, y0, x1: x0 + side, y1: y0 + side });

describe("where the fields of a well lie", () => {
  it("is what their positions cover together, gaps and all", () => {
    expect(fieldExtent([square(0, 0), square(10, 0), square(30, -20)])).toEqual({
      bounds: { x0: 0, y0: -20, x1: 40, y1: 10 },
      overlaps: false,
    });
  });

  it("may have edges that overlap", () => {
    expect(fieldExtent([square(0, 0), square(9, 0)])?.overlaps).toBe(true);
  });

  it.each([
    ["one field", [square(0, 0)]],
    ["fields at the same place", [square(5, 5), square(5, 5), square(5, 5)]],
    ["two of three on top of each other", [square(0, 0), square(20, 0), square(21, 1)]],
    ["fields a thousand times farther apart than they are large", [square(0, 0), square(9999, 0)]],
    ["a field without size", [square(0, 0), square(20, 0, 0)]],
    ["a position that is no number", [square(0, 0), square(Number.NaN, 0)]],
    ["a position without end", [square(0, 0), square(Number.POSITIVE_INFINITY, 0)]],
  ])("is not known of %s", (_, fields) => {
    expect(fieldExtent(fields)).toBeUndefined();
  });

  it("holds every field, whatever the positions", () => {
    const place = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.uniqueArray(place, { minLength: 2, selector: String }), (places) => {
        const fields = places.map(([x, y]) => square(10 * x, 10 * y));
        const extent = fieldExtent(fields);
        expect(extent?.overlaps).toBe(false);
        for (const { x0, y0, x1, y1 } of fields) {
          expect(x0).toBeGreaterThanOrEqual(extent!.bounds.x0);
          expect(y0).toBeGreaterThanOrEqual(extent!.bounds.y0);
          expect(x1).toBeLessThanOrEqual(extent!.bounds.x1);
          expect(y1).toBeLessThanOrEqual(extent!.bounds.y1);
        }
      }),
    );
  });
});
