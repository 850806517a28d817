import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Axis } from "../../zarr/image/image-model.ts";
import { fakeImage } from "../testing/fake-image.ts";
import { clampIndex, selectedIndex, sliderAxes, withSelection } from "./selection.ts";

const image = fakeImage();

function withAxisName(name: string) {
  const axes = image.axes.axes.map((axis): Axis => (axis.name === "z" ? { ...axis, name } : axis));
  return fakeImage({ axes: { ...image.axes, axes }, defaultSelection: {} });
}

describe("sliderAxes", () => {
  it("leaves out the display axes, the channel axis and axes of length 1", () => {
    expect(sliderAxes(image).map(({ name }) => name)).toEqual(["z"]);
    const flat = image.axes.axes.map((axis): Axis => ({ ...axis, size: 1 }));
    expect(sliderAxes(fakeImage({ axes: { ...image.axes, axes: flat } }))).toEqual([]);
  });
});

describe("withSelection", () => {
  it("clamps to the axis", () => {
    expect(withSelection({ z: 3 }, image, "z", 999)).toEqual({ z: 235 });
    expect(withSelection({ z: 3 }, image, "z", -1)).toEqual({ z: 0 });
    expect(withSelection({ z: 3 }, image, "z", Number.NaN)).toEqual({ z: 0 });
    expect(withSelection({ z: 3 }, image, "z", 4.4)).toEqual({ z: 4 });
  });

  it("is the same object when nothing changes", () => {
    const selection = { z: 3 };
    expect(withSelection(selection, image, "z", 3)).toBe(selection);
    expect(withSelection(selection, image, "x", 3)).toBe(selection);
    expect(withSelection(selection, image, "q", 3)).toBe(selection);
  });

  it("M04 takes an axis called __proto__ as a name like any other", () => {
    const odd = withAxisName("__proto__");
    const axis = sliderAxes(odd)[0];
    const selection = withSelection({}, odd, "__proto__", 7);
    expect(Object.getPrototypeOf(selection)).toBe(Object.prototype);
    expect(axis && selectedIndex(selection, axis)).toBe(7);
    expect(axis && selectedIndex({}, axis)).toBe(0);
  });

  it("reads no index from the prototype", () => {
    const axis = sliderAxes(withAxisName("constructor"))[0];
    expect(axis && selectedIndex({}, axis)).toBe(0);
  });
});

it("clampIndex is a whole index of the axis for any number", () => {
  fc.assert(
    fc.property(fc.double(), fc.integer({ min: 1, max: 1e9 }), (index, size) => {
      const clamped = clampIndex(index, size);
      expect(Number.isInteger(clamped) && clamped >= 0 && clamped < size).toBe(true);
    }),
  );
});
