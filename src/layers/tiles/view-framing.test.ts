import { describe, expect, it } from "vitest";
import { pyramid, syntheticImage } from "../testing/synthetic-image.ts";
import { transformPoint } from "./affine.ts";
import { imageBounds } from "./plane-level.ts";
import { fitView, oneToOneView, zoomLimits } from "./view-framing.ts";
import { deviceFromWorld, viewRect } from "./view-rect.ts";

const { image } = syntheticImage(pyramid({ width: 1000, height: 500, levels: 2 }));
const size = { widthPx: 801, heightPx: 600, devicePixelRatio: 1 };

describe("framing", () => {
  it("fits the whole image, pixel edges included", () => {
    expect(imageBounds(image)).toEqual({ x0: -0.5, y0: -0.5, x1: 999.5, y1: 499.5 });
    const shown = viewRect(fitView(image, size), size);
    expect(shown.x0).toBeLessThanOrEqual(-0.5);
    expect(shown.x1).toBeGreaterThanOrEqual(999.5);
    expect(fitView(image, size).target).toEqual([499.5, 249.5]);
    expect(shown.x1 - shown.x0).toBeLessThan(1100);
  });

  it.each([1, 1.5, 2])(
    "1:1 is one device pixel per index, edge on edge (ratio %d)",
    (devicePixelRatio) => {
      const canvas = { ...size, devicePixelRatio, widthPx: 802 };
      const view = oneToOneView(image, { target: [321.3, 77.8], zoom: -4 }, canvas);
      expect(2 ** view.zoom * devicePixelRatio).toBeCloseTo(1, 12);
      expect(Math.abs(view.target[0] - 321.3)).toBeLessThanOrEqual(0.5);
      const [x, y] = transformPoint(deviceFromWorld(view, canvas), -0.5, -0.5);
      expect(Math.abs(x - Math.round(x))).toBeLessThan(1e-9);
      expect(Math.abs(y - Math.round(y))).toBeLessThan(1e-9);
    },
  );

  it("limits the zoom between an eighth of the fit and a texel of 256 pixels", () => {
    const { min, max } = zoomLimits(image, size);
    expect(min).toBeCloseTo(fitView(image, size).zoom - 3, 9);
    expect(max).toBe(8);
  });
});
