import { describe, expect, it } from "vitest";
import { fakeImage } from "../testing/fake-image.ts";
import { clampView, fitView, imageExtent, panBy, zoomLimits } from "./view.ts";

const image = fakeImage();
const size = { widthPx: 1000, heightPx: 700 };

describe("imageExtent", () => {
  it("reaches from pixel edge to pixel edge, half a pixel beyond the centres", () => {
    const { min, max } = imageExtent(image);
    expect(min[0]).toBeCloseTo(-0.18);
    expect(max[0]).toBeCloseTo(0.36 * 270.5);
    expect(max[1]).toBeCloseTo(0.36 * 274.5);
  });

  it("is in order for axes that run backwards", () => {
    const [level] = image.levels;
    if (level === undefined) throw new Error("the image has a level");
    const worldFromIndex = { scale: [1, 1, -2, -2], translation: [0, 0, 10, 10] };
    const { min, max } = imageExtent(fakeImage({ levels: [{ ...level, worldFromIndex }] }));
    expect(min[0]).toBe(10 - 2 * 270.5);
    expect(max[0]).toBe(11);
  });
});

describe("fitView", () => {
  it("shows the whole image, in the middle, and fills most of one side", () => {
    const extent = imageExtent(image);
    const { target, zoom } = fitView(extent, size);
    const heightPx = (extent.max[1] - extent.min[1]) * 2 ** zoom;
    const widthPx = (extent.max[0] - extent.min[0]) * 2 ** zoom;
    expect(heightPx).toBeCloseTo(0.92 * 700);
    expect(widthPx).toBeLessThan(1000);
    expect(target[0]).toBeCloseTo((extent.min[0] + extent.max[0]) / 2);
  });
});

describe("clampView", () => {
  it("keeps the centre on the image and the zoom in its limits", () => {
    const limits = zoomLimits(image, size);
    const clamped = clampView({ target: [1e9, -1e9], zoom: 99 }, image, size);
    expect(clamped).toEqual({
      target: [imageExtent(image).max[0], imageExtent(image).min[1]],
      zoom: limits.max,
    });
    expect(clampView({ target: [0, 0], zoom: -99 }, image, size)?.zoom).toBe(limits.min);
  });

  it("refuses what is not finite", () => {
    expect(clampView({ target: [Number.NaN, 0], zoom: 0 }, image, size)).toBeUndefined();
    expect(
      clampView({ target: [0, 0], zoom: Number.POSITIVE_INFINITY }, image, size),
    ).toBeUndefined();
  });

  it("lets the fitted and the 1:1 view be", () => {
    const limits = zoomLimits(image, size);
    for (const zoom of [fitView(imageExtent(image), size).zoom, -Math.log2(0.36)]) {
      expect(zoom).toBeGreaterThanOrEqual(limits.min);
      expect(zoom).toBeLessThanOrEqual(limits.max);
    }
  });
});

it("panBy moves the centre by CSS pixels", () => {
  expect(panBy({ target: [10, 20], zoom: 3 }, 16, -8)).toEqual({ target: [12, 19], zoom: 3 });
});
