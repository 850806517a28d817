import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowScale, windowStep } from "./window-scale.ts";

const limits = fc
  .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 2e9 }))
  .map(([min, range]) => [min, min + range] as const);

describe("windowScale", () => {
  it("runs from min to max, upwards, and back", () => {
    fc.assert(
      fc.property(
        limits,
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([min, max], isInteger, position) => {
          const scale = windowScale(min, max, isInteger);
          expect(scale.valueAt(0)).toBe(min);
          expect(scale.valueAt(1)).toBe(max);
          const value = scale.valueAt(position);
          expect(value >= min && value <= max).toBe(true);
          if (isInteger) expect(Number.isInteger(value)).toBe(true);
          const again = scale.valueAt(scale.positionOf(value));
          expect(Math.abs(again - value)).toBeLessThanOrEqual((max - min) * 1e-9);
          expect(scale.valueAt(Math.min(1, position + 0.1))).toBeGreaterThanOrEqual(value);
        },
      ),
    );
  });

  it("is even for 8 bit and for floats", () => {
    expect(windowScale(0, 255, true).valueAt(0.5)).toBe(128);
    expect(windowScale(0, 65_535, false).valueAt(0.5)).toBe(32_767.5);
  });

  it("gives the lower thousand of a 16 bit range a quarter of the slider, and signed ranges their middle", () => {
    expect(windowScale(0, 65_535, true).positionOf(1024)).toBeCloseTo(0.25, 2);
    expect(windowScale(-32_768, 32_767, true).valueAt(0.5)).toBe(0);
  });
});

describe("windowStep", () => {
  it("is a round hundredth, at least 1 for integers", () => {
    expect(windowStep(100, 600, true)).toBe(5);
    expect(windowStep(0, 65_535, true)).toBe(500);
    expect(windowStep(0, 20, true)).toBe(1);
    expect(windowStep(0, 0.3, false)).toBeCloseTo(0.002);
    expect(windowStep(5, 5, false)).toBe(1);
  });
});
