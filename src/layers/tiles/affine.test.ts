import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose, invert, scaleAndShift, transformPoint } from "./affine.ts";

const entry = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const affine = fc
  .record({ xx: entry, xy: entry, x0: entry, yx: entry, yy: entry, y0: entry })
  .filter(({ xx, xy, yx, yy }) => Math.abs(xx * yy - xy * yx) > 1e-1);

describe("affine maps", () => {
  it("compose right to left", () => {
    fc.assert(
      fc.property(affine, affine, entry, entry, (aFromB, bFromC, x, y) => {
        const [bx, by] = transformPoint(bFromC, x, y);
        const direct = transformPoint(aFromB, bx, by);
        const composed = transformPoint(compose(aFromB, bFromC), x, y);
        for (const i of [0, 1] as const) {
          expect(Math.abs(composed[i] - direct[i])).toBeLessThan(1e-4);
        }
      }),
    );
  });

  it("take a point back where it came from", () => {
    fc.assert(
      fc.property(affine, entry, entry, (aFromB, x, y) => {
        const bFromA = invert(aFromB);
        const back = transformPoint(bFromA!, ...transformPoint(aFromB, x, y));
        expect(Math.abs(back[0] - x)).toBeLessThan(1e-3);
        expect(Math.abs(back[1] - y)).toBeLessThan(1e-3);
      }),
    );
  });

  it.each([
    ["a scale of 0", scaleAndShift(0, 0, 1, 0)],
    ["NaN", scaleAndShift(Number.NaN, 0, 1, 0)],
    ["an infinite shift", scaleAndShift(1, Number.POSITIVE_INFINITY, 1, 0)],
  ])("have no inverse with %s", (_, map) => {
    expect(invert(map)).toBeUndefined();
  });
});
