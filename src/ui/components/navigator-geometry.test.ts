import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { showsWhole, zoomAt } from "../state/view.ts";
import { navigatorSize, viewFrame, worldOfPoint } from "./navigator-geometry.ts";

const extent = { x0: 0, y0: 0, x1: 1000, y1: 500 };
const stage = { widthPx: 800, heightPx: 600 };
const size = navigatorSize(extent);

describe("the navigator", () => {
  it("has the image's shape", () => {
    expect(size).toEqual({ widthPx: 168, heightPx: 84 });
    expect(navigatorSize({ x0: 0, y0: 0, x1: 1e6, y1: 1 })).toEqual({ widthPx: 168, heightPx: 12 });
  });

  it("frames what is in view", () => {
    const view = { target: [500, 250], zoom: 2 } as const;
    const frame = viewFrame(view, stage, extent, size);
    expect(frame.left).toBeCloseTo(400 * 0.168);
    expect(frame.width).toBeCloseTo(200 * 0.168);
    expect(frame.top).toBeCloseTo(175 * 0.168);
    expect(frame.height).toBeCloseTo(150 * 0.168);
  });

  it("keeps the frame on the picture and visible, wherever the view is", () => {
    const coordinate = fc.double({ min: -500, max: 1500, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, fc.integer({ min: -4, max: 12 }), (x, y, zoom) => {
        const frame = viewFrame({ target: [x, y], zoom }, stage, extent, size);
        expect(frame.left).toBeGreaterThanOrEqual(0);
        expect(frame.top).toBeGreaterThanOrEqual(0);
        expect(frame.left + frame.width).toBeLessThanOrEqual(size.widthPx + 1e-9);
        expect(frame.top + frame.height).toBeLessThanOrEqual(size.heightPx + 1e-9);
        expect(Math.min(frame.width, frame.height)).toBeGreaterThanOrEqual(6);
      }),
    );
  });

  it("a press on the middle of the frame keeps the view", () => {
    const view = { target: [420, 260], zoom: 3 } as const;
    const { left, top, width, height } = viewFrame(view, stage, extent, size);
    const [x, y] = worldOfPoint([left + width / 2, top + height / 2], extent, size);
    expect(x).toBeCloseTo(420);
    expect(y).toBeCloseTo(260);
  });
});

describe("zoomAt", () => {
  it("keeps what lies under the cursor", () => {
    const number = fc.double({ min: -300, max: 900, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.constantFrom(-1, 0.5, 1), (x, y, delta) => {
        const view = { target: [420, 260], zoom: 1.5 } as const;
        const worldAt = ({ target, zoom }: { target: readonly number[]; zoom: number }) => [
          target[0]! + (x - 400) * 2 ** -zoom,
          target[1]! + (y - 300) * 2 ** -zoom,
        ];
        const next = zoomAt(view, stage, [x, y], delta);
        expect(next.zoom).toBe(1.5 + delta);
        const [before, after] = [worldAt(view), worldAt(next)];
        expect(after[0]).toBeCloseTo(before[0]!, 6);
        expect(after[1]).toBeCloseTo(before[1]!, 6);
      }),
    );
  });

  it("knows when the whole image is on screen", () => {
    expect(showsWhole({ target: [500, 250], zoom: -0.5 }, extent, stage)).toBe(true);
    expect(showsWhole({ target: [500, 250], zoom: 0 }, extent, stage)).toBe(false);
    expect(showsWhole({ target: [0, 250], zoom: -0.5 }, extent, stage)).toBe(false);
  });
});
