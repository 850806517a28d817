import { expect, it } from "vitest";
import { histogramColumns, histogramHeight, histogramPath, rampPath } from "./histogram-path.ts";
import { windowScale } from "./window-scale.ts";

const limits = { min: 0, max: 256 };
const scale = windowScale(0, 256, false);

function heightsOf(path: string): number[] {
  return [...path.matchAll(/V([\d.]+)H/g)].map(([, y]) => histogramHeight - Number(y));
}

it("draws counts as logarithms along the slider's scale", () => {
  const histogram = new Uint32Array(256);
  histogram[0] = 10_000;
  histogram[128] = 100;
  const heights = heightsOf(
    histogramPath({ min: 0, max: 256, count: 10_100, histogram }, scale, limits),
  );
  expect(heights).toHaveLength(histogramColumns);
  expect(heights[0]).toBe(histogramHeight);
  expect(heights[80]).toBeCloseTo((histogramHeight * Math.log(101)) / Math.log(10_001), 0);
  expect(heights[40]).toBe(0);
});

it("leaves out what lies outside the slider, and is empty for nothing", () => {
  const histogram = new Uint32Array(256);
  histogram[0] = 5;
  const statistics = { min: 1000, max: 2000, count: 5, histogram };
  expect(histogramPath(statistics, scale, limits)).toBe("");
});

it("draws the ramp from the window's start, at the bottom, to its end, bent by gamma", () => {
  const points = (gamma: number, inverted = false) =>
    rampPath({ start: 64, end: 192 }, scale, { gamma, inverted })
      .slice(1)
      .split("L")
      .map((point) => point.split(" ").map(Number));
  const linear = points(1);
  expect(linear[0]).toEqual([40, 37]);
  expect(linear.at(-1)).toEqual([120, 1]);
  expect(points(2)[8]![1]).toBeGreaterThan(linear[8]![1]!);
  expect(points(1, true)[0]).toEqual([40, 1]);
});
