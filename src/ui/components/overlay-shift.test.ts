import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { letterNames, numberNames, plateOf } from "../../zarr/plate/testing/plates.ts";
import { overlayShift } from "./overlay-shift.ts";

const model = plateOf(letterNames(8), numberNames(12));
const size = { widthPx: 1000, heightPx: 800 };
const seen = (x: number, y: number, zoom = 6) => ({
  view: { target: [x, y] as const, zoom },
  size,
});
const middle = seen(5.5, 3.5);

describe("what is drawn over a plate", () => {
  it("is shifted while all of it stays on the canvas, by whole device pixels", () => {
    // 64 pixels from well to well.
    expect(overlayShift(model, middle, seen(5.6, 3.25), 1)).toEqual([-6, 16]);
    expect(overlayShift(model, middle, seen(5.6, 3.25), 2)).toEqual([-6.5, 16]);
    expect(overlayShift(model, middle, middle, 1)).toEqual([0, 0]);
  });

  it.each([
    ["the zoom is another", seen(5.5, 3.5, 6.1), size],
    ["it leaves the canvas at the left", seen(8, 3.5), size],
    ["it leaves the canvas at the bottom", seen(5.5, 0), size],
    ["the canvas is another", middle, { ...size, widthPx: 999 }],
  ])("is drawn anew where %s", (_, now, canvas) => {
    expect(overlayShift(model, middle, { ...now, size: canvas }, 1)).toBeUndefined();
    expect(overlayShift(model, { ...now, size: canvas }, middle, 1)).toBeUndefined();
  });

  it("lies within half a device pixel of where it would be drawn", () => {
    const near = fc.double({ min: -0.4, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(near, near, fc.constantFrom(1, 1.5, 2), (dx, dy, ratio) => {
        const shift = overlayShift(model, middle, seen(5.5 + dx, 3.5 + dy), ratio);
        expect(Math.abs(shift![0] + dx * 64)).toBeLessThanOrEqual(0.5 / ratio + 1e-9);
        expect(Math.abs(shift![1] + dy * 64)).toBeLessThanOrEqual(0.5 / ratio + 1e-9);
      }),
    );
  });
});
