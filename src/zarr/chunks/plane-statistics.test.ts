import fc from "fast-check";
import { expect, test } from "vitest";
import {
  histogramBins,
  measuredStatistics,
  mergeStatistics,
  percentile,
  planeStatistics,
} from "./plane-statistics.ts";

/** The value at or below which the fraction p of the sorted values lies. */
function naivePercentile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))]!;
}

test("C12 counts finite elements only: NaN and infinities are left out, −0 and denormals are numbers", () => {
  const elements = Float32Array.of(
    Number.NaN,
    1,
    Number.POSITIVE_INFINITY,
    3,
    Number.NEGATIVE_INFINITY,
  );
  expect(planeStatistics(elements)).toMatchObject({ min: 1, max: 3, count: 2 });
  expect(planeStatistics(Float32Array.of(Number.NaN))).toBeUndefined();
  const tiny = planeStatistics(Float64Array.of(-0, 5e-324, 2e-310));
  expect(tiny).toMatchObject({ min: -0, max: 2e-310, count: 3 });
  expect([...tiny!.histogram].reduce((sum, count) => sum + count, 0)).toBe(3);
});

test("a constant plane has all of its elements in one bin", () => {
  const statistics = planeStatistics(new Uint16Array(100).fill(7))!;
  expect(statistics).toMatchObject({ min: 7, max: 7, count: 100 });
  expect(percentile(statistics, 0.5)).toBe(7);
});

test("property: small integers, counted one by one, have the statistics that two passes over them give, one plane after another", () => {
  const types = [Uint8Array, Int8Array, Uint16Array, Int16Array] as const;
  const plane = fc.record({
    Type: fc.constantFrom(...types),
    values: fc.array(fc.integer({ min: -(2 ** 15), max: 2 ** 16 - 1 }), { minLength: 1 }),
    // From here on 16 bits are counted, too.
    length: fc.constantFrom(1, 500, 2 ** 14 - 1, 2 ** 14, 2 ** 15),
  });
  fc.assert(
    fc.property(fc.array(plane, { maxLength: 4 }), (planes) => {
      for (const { Type, values, length } of planes) {
        const repeated = Array.from({ length }, (_, i) => values[i % values.length]!);
        const elements = Type.from(repeated);
        expect(planeStatistics(elements)).toEqual(measuredStatistics(elements));
      }
    }),
  );
  expect(planeStatistics(new Uint8Array(0))).toBeUndefined();
});

test("64-bit integers are counted", () => {
  expect(planeStatistics(BigInt64Array.of(-5n, 2n ** 40n))).toMatchObject({
    min: -5,
    max: 2 ** 40,
  });
});

test("property: every percentile lies within one bin of the sorted values'", () => {
  const values = fc.array(fc.integer({ min: -30_000, max: 30_000 }), {
    minLength: 1,
    maxLength: 300,
  });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, p) => {
      const statistics = planeStatistics(Int16Array.from(list))!;
      const sorted = [...list].sort((a, b) => a - b);
      const binWidth = (statistics.max - statistics.min) / histogramBins;
      const exact = naivePercentile(sorted, p);
      expect(Math.abs(percentile(statistics, p) - exact)).toBeLessThanOrEqual(binWidth + 1e-9);
    }),
  );
});

test("property: merging keeps count, minimum and maximum, and percentiles within two bins", () => {
  const part = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const merged = mergeStatistics(parts.map((list) => planeStatistics(Uint16Array.from(list))))!;
      const sorted = parts.flat().sort((a, b) => a - b);
      expect(merged).toMatchObject({ min: sorted[0], max: sorted.at(-1), count: sorted.length });
      const binWidth = (merged.max - merged.min) / histogramBins;
      for (const p of [0.001, 0.5, 0.999]) {
        const error = Math.abs(percentile(merged, p) - naivePercentile(sorted, p));
        expect(error).toBeLessThanOrEqual(2 * binWidth + 1e-9);
      }
    }),
  );
});
