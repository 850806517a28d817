import { describe, expect, it } from "vitest";
import { histogramBins, planeStatistics } from "../src/zarr/chunks/plane-statistics.ts";
import { autoWindow, fullWindow, saturations } from "./auto-window.ts";
import recorded from "./fixtures/percentiles.json" with { type: "json" };

const { size, tiles, records } = recorded;

/** The same pixels as fixtures/make-percentiles.py makes. */
function pixels(kind: string, seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const values = Float64Array.from({ length: size * size * tiles }, (_, i) => {
    const [a, b, c, d] = [next(), next(), next(), next()];
    if (kind === "uint8") return Math.floor((256 * (a + b)) / 2);
    if (kind === "uint16") return Math.floor(100 + 300 * (a + b + c) + (d > 0.99 ? 20_000 * a : 0));
    if (kind === "int16") return Math.floor(4000 * (a + b - c - d));
    return i % 997 === 0 ? Number.NaN : (a + b + c + d - 2) / 3;
  });
  switch (kind) {
    case "uint8":
      return Uint8Array.from(values);
    case "uint16":
      return Uint16Array.from(values);
    case "int16":
      return Int16Array.from(values);
    default:
      return Float32Array.from(values);
  }
}

describe("auto-contrast against percentiles recorded from NumPy", () => {
  it.each(records)("$kind, all four steps within one bin of the histogram", (record) => {
    const values = pixels(record.kind, record.seed);
    const planes = Array.from({ length: tiles }, (_, i) => ({
      statistics: planeStatistics(values.slice(i * size * size, (i + 1) * size * size)),
    }));
    const bin = (record.max - record.min) / histogramBins;
    for (const [step, saturation] of saturations.entries()) {
      const window = autoWindow(planes, { saturation });
      const [start, end] = record.windows[step] ?? [];
      expect(window?.min).toBeCloseTo(record.min, 6);
      expect(window?.max).toBeCloseTo(record.max, 6);
      expect(Math.abs(window!.start - start!)).toBeLessThanOrEqual(bin);
      expect(Math.abs(window!.end - end!)).toBeLessThanOrEqual(bin);
    }
  });
});

it("gives integers whole limits, and a constant plane something to see", () => {
  const statistics = planeStatistics(Uint16Array.from({ length: 5000 }, (_, i) => i % 777));
  const window = autoWindow([{ statistics }], { dataType: "uint16" });
  expect([window?.start, window?.end].every(Number.isInteger)).toBe(true);
  const constant = planeStatistics(new Uint8Array(9).fill(3));
  expect(autoWindow([{ statistics: constant }])).toEqual({ start: 0, end: 3, min: 0, max: 3 });
  const far = planeStatistics(new Float64Array(9).fill(-(2 ** 62)));
  const farWindow = autoWindow([{ statistics: far }])!;
  expect(farWindow.start).toBeLessThan(farWindow.end);
  expect(autoWindow([{ statistics: undefined }])).toBeUndefined();
  expect(fullWindow("int16")).toEqual({ start: -32_768, end: 32_767, min: -32_768, max: 32_767 });
});
