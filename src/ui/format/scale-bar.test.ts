import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeImage } from "../testing/fake-image.ts";
import { holdsAlongXOnly, imageScaleBar } from "./image-scale-bar.ts";
import { scaleBar } from "./scale-bar.ts";

const metres: ReadonlyMap<string, number> = new Map([
  ["km", 1e3],
  ["m", 1],
  ["mm", 1e-3],
  ["µm", 1e-6],
  ["nm", 1e-9],
  ["pm", 1e-12],
]);

/** 1e-15 m (a thousandth of a picometre) to 1e9 m per pixel. */
const unitPerPx = fc.double({ min: -15, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);

describe("scaleBar", () => {
  it("is 80 to 200 px long and 1, 2 or 5 × 10ⁿ, at any magnification", () => {
    fc.assert(
      fc.property(unitPerPx, fc.constantFrom(undefined, "px"), (perPx, unit) => {
        const bar = scaleBar(perPx, unit);
        if (bar === undefined) throw new Error(`no bar for ${perPx}`);
        expect(bar.lengthPx).toBeGreaterThanOrEqual(80 - 1e-6);
        expect(bar.lengthPx).toBeLessThanOrEqual(200 + 1e-6);
        const mantissa = Number(bar.value.toExponential().split("e")[0]);
        expect([1, 2, 5]).toContain(mantissa);
        const size = unit === undefined ? (metres.get(bar.unit) ?? Number.NaN) : 1;
        expect((bar.value * size) / bar.lengthPx / perPx).toBeCloseTo(1, 9);
      }),
    );
  });

  it("changes the unit by size", () => {
    expect(scaleBar(1e-6, undefined)).toEqual({
      lengthPx: expect.closeTo(200),
      value: 200,
      unit: "µm",
    });
    expect(scaleBar(7e-6, undefined)).toMatchObject({ value: 1, unit: "mm" });
    expect(scaleBar(1e-9, undefined)).toMatchObject({ value: 200, unit: "nm" });
    expect(scaleBar(3e-12, undefined)).toMatchObject({ value: 500, unit: "pm" });
    expect(scaleBar(50, undefined)).toMatchObject({ value: 10, unit: "km" });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e305])(
    "M12 is absent for %d per pixel",
    (perPx) => {
      expect(scaleBar(perPx, undefined)).toBeUndefined();
    },
  );
});

describe("imageScaleBar", () => {
  function imageWithUnit(unit: string | undefined) {
    const { axes } = fakeImage();
    return fakeImage({ axes: { ...axes, axes: axes.axes.map((axis) => ({ ...axis, unit })) } });
  }

  it("measures lengths", () => {
    expect(imageScaleBar(fakeImage(), Math.log2(10))).toMatchObject({ value: 20, unit: "µm" });
  });

  it("shows pixels of the finest level where there is no unit, and never invents one", () => {
    // 2 CSS pixels per world unit, 0.36 world units per pixel: 200 CSS pixels are 277 pixels.
    expect(imageScaleBar(imageWithUnit(undefined), 1)).toMatchObject({ value: 200, unit: "px" });
  });

  it("shows a unit that is no length as it is", () => {
    expect(imageScaleBar(imageWithUnit("parsnip"), 0)).toMatchObject({
      value: 200,
      unit: "parsnip",
    });
  });

  it("says when it does not hold along y", () => {
    expect(holdsAlongXOnly(fakeImage())).toBe(false);
    const { axes } = fakeImage();
    const mixed = axes.axes.map((axis) => (axis.name === "y" ? { ...axis, unit: "second" } : axis));
    expect(holdsAlongXOnly(fakeImage({ axes: { ...axes, axes: mixed } }))).toBe(true);
  });
});
