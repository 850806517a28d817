import { describe, expect, it } from "vitest";
import { layerOf } from "../testing/scene-of.ts";
import { pyramid, syntheticImage } from "../testing/synthetic-image.ts";
import { scaleAndShift, transformPoint } from "./affine.ts";
import {
  clampView,
  fitView,
  imageFraming,
  oneToOneView,
  sceneFraming,
  zoomLimits,
} from "./view-framing.ts";
import { deviceFromWorld, viewRect } from "./view-rect.ts";

const synthetic = syntheticImage(pyramid({ width: 1000, height: 500, levels: 2 }));
const framing = imageFraming(synthetic.image);
const size = { widthPx: 801, heightPx: 600, devicePixelRatio: 1 };

describe("the framing of an image", () => {
  it("reaches from pixel edge to pixel edge, half a pixel beyond the centres", () => {
    expect(framing).toEqual({
      bounds: { x0: -0.5, y0: -0.5, x1: 999.5, y1: 499.5 },
      pixelWorld: 1,
    });
  });

  it("is in order for axes that run backwards, and takes the smaller side of a pixel", () => {
    const { image } = synthetic;
    const worldFromIndex = { scale: [1, 1, 1, -2, -3], translation: [0, 0, 0, 10, 20] };
    const level = { ...image.levels[0]!, worldFromIndex };
    expect(imageFraming({ ...image, levels: [level] })).toEqual({
      bounds: { x0: 20 - 3 * 999.5, y0: 10 - 2 * 499.5, x1: 21.5, y1: 11 },
      pixelWorld: 2,
    });
  });
});

it("the framing of a scene holds all its images where they are placed", () => {
  const placement = scaleAndShift(0.5, 2000, 0.25, -300);
  const layers = [layerOf(synthetic), layerOf(synthetic, { id: "second", placement })];
  expect(sceneFraming({ layers, background: "000000" })).toEqual({
    bounds: { x0: -0.5, y0: -300.125, x1: 2499.75, y1: 499.5 },
    pixelWorld: 0.25,
  });
});

describe("views", () => {
  it("fitted: the whole, in the middle, filling most of one side", () => {
    const view = fitView(framing, size);
    expect(view.target).toEqual([499.5, 249.5]);
    expect(1000 * 2 ** view.zoom).toBeCloseTo(0.92 * 801, 6);
    expect(500 * 2 ** view.zoom).toBeLessThan(600);
    const shown = viewRect(view, size);
    expect(shown.x0).toBeLessThanOrEqual(-0.5);
    expect(shown.x1).toBeGreaterThanOrEqual(999.5);
  });

  it.each([
    { widthPx: 1000, heightPx: 700 },
    { widthPx: 390, heightPx: 420 },
    { widthPx: 640, heightPx: 300 },
  ])(
    "fitted with room for what stands beside it: the whole, between that ($widthPx × $heightPx)",
    (canvas) => {
      const room = { left: 45, top: 30, right: 70, bottom: 60 };
      const view = fitView({ ...framing, room }, canvas);
      const scale = 2 ** view.zoom;
      const { x0, y0, x1, y1 } = framing.bounds;
      const x = (world: number) => canvas.widthPx / 2 + (world - view.target[0]) * scale;
      const y = (world: number) => canvas.heightPx / 2 + (world - view.target[1]) * scale;
      const [left, right] = [x(x0) - 45, canvas.widthPx - 70 - x(x1)];
      const [top, bottom] = [y(y0) - 30, canvas.heightPx - 60 - y(y1)];
      expect(left).toBeCloseTo(right, 6);
      expect(top).toBeCloseTo(bottom, 6);
      // As large as the room allows.
      expect(Math.min(left, top)).toBeCloseTo(0, 6);
    },
  );

  it("fitted into next to nothing: most of it is the picture's all the same", () => {
    const room = { left: 30, top: 30, right: 70, bottom: 60 };
    const canvas = { widthPx: 60, heightPx: 40 };
    const view = fitView({ ...framing, room }, canvas);
    expect(1000 * 2 ** view.zoom).toBeCloseTo(36, 9);
    expect(zoomLimits({ ...framing, room }, canvas).min).toBeLessThanOrEqual(view.zoom);
  });

  it.each([1, 1.5, 2])(
    "1:1 is one device pixel per index, edge on edge (ratio %d)",
    (devicePixelRatio) => {
      const canvas = { ...size, devicePixelRatio, widthPx: 802 };
      const view = oneToOneView(framing, { target: [321.3, 77.8], zoom: -4 }, canvas);
      expect(2 ** view.zoom * devicePixelRatio).toBeCloseTo(1, 12);
      expect(Math.abs(view.target[0] - 321.3)).toBeLessThanOrEqual(0.5);
      const [x, y] = transformPoint(deviceFromWorld(view, canvas), -0.5, -0.5);
      expect(Math.abs(x - Math.round(x))).toBeLessThan(1e-9);
      expect(Math.abs(y - Math.round(y))).toBeLessThan(1e-9);
    },
  );

  it("zoom from a stamp of 32 pixels to a texel of 256, the fitted and the 1:1 view included", () => {
    const { min, max } = zoomLimits(framing, size);
    expect(1000 * 2 ** min).toBeCloseTo(32, 9);
    expect(max).toBe(8);
    for (const zoom of [fitView(framing, size).zoom, 0]) {
      expect(zoom).toBeGreaterThanOrEqual(min);
      expect(zoom).toBeLessThanOrEqual(max);
    }
  });

  it("are kept on the image and within the limits of the zoom", () => {
    const limits = zoomLimits(framing, size);
    const clamped = clampView({ target: [1e9, -1e9], zoom: 99 }, framing, size);
    expect(clamped).toEqual({ target: [999.5, -0.5], zoom: limits.max });
    expect(clampView({ target: [0, 0], zoom: -99 }, framing, size)?.zoom).toBe(limits.min);
  });

  it("with numbers that are not finite are refused", () => {
    expect(clampView({ target: [Number.NaN, 0], zoom: 0 }, framing, size)).toBeUndefined();
    const endless = { target: [0, 0], zoom: Number.POSITIVE_INFINITY } as const;
    expect(clampView(endless, framing, size)).toBeUndefined();
  });
});
