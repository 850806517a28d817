import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AffineMatrix,
  applyMatrix,
  composeMatrices,
  diagonalMatrix,
  fromEntries,
  identityMatrix,
  invertMatrix,
} from "./affine-matrix.ts";

const entry = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 64);
const square = (count: number) =>
  fc
    .array(entry, { minLength: count * (count + 1), maxLength: count * (count + 1) })
    .map((entries) =>
      fromEntries(count, count, (row, column) => entries[row * (count + 1) + column] ?? 0),
    );
const pointOf = (count: number) => fc.array(entry, { minLength: count, maxLength: count });
const threeAndPoint = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => fc.tuple(square(count), square(count), pointOf(count)));

const largest = (matrix: AffineMatrix | undefined) =>
  matrix ? Math.max(...matrix.rows.flat().map(Math.abs)) : Number.POSITIVE_INFINITY;

test("composing is applying one after the other", () => {
  fc.assert(
    fc.property(threeAndPoint, ([a, b, point]) => {
      const composed = applyMatrix(composeMatrices(a, b)!, point);
      for (const [i, value] of applyMatrix(a, applyMatrix(b, point)).entries()) {
        expect(composed[i]).toBeCloseTo(value, 6);
      }
    }),
  );
});

test("N6-30: the inverse takes every point back, whatever the units of the axes", () => {
  const units = fc.constantFrom(1e-9, 1e-3, 1, 1e6);
  fc.assert(
    fc.property(threeAndPoint, fc.array(units, { minLength: 5 }), ([a, , point], factors) => {
      // Near-singular ones lose digits and say nothing.
      fc.pre(largest(a) * largest(invertMatrix(a)) < 1e6);
      const scaled = composeMatrices(diagonalMatrix(factors.slice(0, a.inputs)), a)!;
      const back = applyMatrix(composeMatrices(invertMatrix(scaled)!, scaled)!, point);
      for (const [i, value] of point.entries()) {
        expect(Math.abs((back[i] ?? 0) - value)).toBeLessThan(1e-4);
      }
    }),
  );
});

test("scales, shifts and permutations invert without rounding where the numbers allow", () => {
  const scaled = diagonalMatrix([4, 0.5], [3, -1]);
  expect(invertMatrix(scaled)).toEqual(diagonalMatrix([0.25, 2], [-0.75, 2]));
  const swapped = fromEntries(2, 2, (row, column) => (row + column === 1 ? 1 : 0));
  expect(invertMatrix(swapped)).toEqual(swapped);
});

test("N6-30: what collapses an axis, or changes their number, has no inverse", () => {
  expect(invertMatrix(diagonalMatrix([1, 0]))).toBeUndefined();
  expect(
    invertMatrix({
      inputs: 2,
      rows: [
        [1, 2, 0],
        [2, 4, 5],
      ],
    }),
  ).toBeUndefined();
  expect(invertMatrix({ inputs: 2, rows: [[1, 0, 0]] })).toBeUndefined();
  expect(composeMatrices(identityMatrix(2), identityMatrix(3))).toBeUndefined();
});
