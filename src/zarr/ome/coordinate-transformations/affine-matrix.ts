/**
 * An affine map of N inputs to M outputs in doubles: M rows of N + 1 numbers, the last one of each row being its shift. Values are named
 * `aFromB`, so that compositions read right to left.
 */
export type AffineMatrix = {
  readonly inputs: number;
  readonly rows: readonly (readonly number[])[];
};

/** The map that changes nothing. */
export function identityMatrix(count: number): AffineMatrix {
  return fromEntries(count, count, (row, column) => (row === column ? 1 : 0));
}

/** A factor and a shift for each dimension. */
export function diagonalMatrix(
  factors: readonly number[],
  shifts: readonly number[] = [],
): AffineMatrix {
  const count = factors.length;
  return fromEntries(count, count, (row, column) => {
    if (column === count) return shifts[row] ?? 0;
    return row === column ? (factors[row] ?? 1) : 0;
  });
}

/** A matrix of `outputs` rows, entry by entry; column `inputs` is the shift. */
export function fromEntries(
  outputs: number,
  inputs: number,
  entry: (row: number, column: number) => number,
): AffineMatrix {
  const rows = Array.from({ length: outputs }, (_, row) =>
    Array.from({ length: inputs + 1 }, (_, column) => entry(row, column)),
  );
  return { inputs, rows };
}

/** One entry; 0 outside. */
export function entryOf({ rows }: AffineMatrix, row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}

/** The shift of one output. */
export function shiftOf(matrix: AffineMatrix, row: number): number {
  return entryOf(matrix, row, matrix.inputs);
}

/** `aFromC = aFromB ∘ bFromC`; undefined if the numbers of dimensions do not fit. */
export function composeMatrices(
  aFromB: AffineMatrix,
  bFromC: AffineMatrix,
): AffineMatrix | undefined {
  if (aFromB.inputs !== bFromC.rows.length) return undefined;
  return fromEntries(aFromB.rows.length, bFromC.inputs, (row, column) => {
    let sum = column === bFromC.inputs ? shiftOf(aFromB, row) : 0;
    for (let k = 0; k < aFromB.inputs; k++) {
      const factor = entryOf(aFromB, row, k);
      // What takes no part must not turn an infinite entry into NaN.
      if (factor !== 0) sum += factor * entryOf(bFromC, k, column);
    }
    return sum;
  });
}

/** The point that `point` is taken to. */
export function applyMatrix(aFromB: AffineMatrix, point: readonly number[]): readonly number[] {
  return aFromB.rows.map((row) =>
    row.reduce((sum, factor, k) => sum + factor * (k === aFromB.inputs ? 1 : (point[k] ?? 0)), 0),
  );
}

/** Relative size below which a pivot is rounding. */
const smallestPivot = 1e-13;

/** `bFromA` of `aFromB`; undefined unless it maps as many dimensions and none collapses. */
export function invertMatrix(aFromB: AffineMatrix): AffineMatrix | undefined {
  const count = aFromB.inputs;
  if (aFromB.rows.length !== count) return undefined;
  const linear = invertLinear(aFromB.rows.map((row) => row.slice(0, count)));
  if (!linear) return undefined;
  const inverse = fromEntries(count, count, (row, column) => {
    if (column < count) return linear[row]?.[column] ?? 0;
    let shift = 0;
    for (let k = 0; k < count; k++) shift -= (linear[row]?.[k] ?? 0) * shiftOf(aFromB, k);
    // Not −0.
    return shift + 0;
  });
  return inverse.rows.flat().every(Number.isFinite) ? inverse : undefined;
}

/** Gauss and Jordan with pivoting by rows, each row scaled by its largest entry: units of axes differ by orders of magnitude. */
function invertLinear(matrix: readonly (readonly number[])[]): readonly number[][] | undefined {
  const count = matrix.length;
  const left = matrix.map((row) => [...row]);
  const right = matrix.map((_, i) => matrix.map((_, j): number => (i === j ? 1 : 0)));
  const scales = matrix.map((row) => Math.max(...row.map(Math.abs), 0));
  if (scales.some((scale) => !(scale > 0 && Number.isFinite(scale)))) return undefined;
  for (let column = 0; column < count; column++) {
    const pivot = bestPivot(left, scales, column);
    if (pivot === undefined) return undefined;
    for (const list of [left, right, scales] as unknown[][]) swap(list, pivot, column);
    const pivotRow = left[column] ?? [];
    const pivotRight = right[column] ?? [];
    const factor = pivotRow[column] ?? 1;
    for (let k = 0; k < count; k++) {
      pivotRow[k] = (pivotRow[k] ?? 0) / factor;
      pivotRight[k] = (pivotRight[k] ?? 0) / factor;
    }
    for (let row = 0; row < count; row++) {
      const times = left[row]?.[column] ?? 0;
      if (row === column || times === 0) continue;
      subtract(left[row] ?? [], pivotRow, times);
      subtract(right[row] ?? [], pivotRight, times);
    }
  }
  return right;
}

function bestPivot(
  rows: readonly (readonly number[])[],
  scales: readonly number[],
  column: number,
): number | undefined {
  let best: number | undefined;
  let bestSize = smallestPivot;
  for (let row = column; row < rows.length; row++) {
    const size = Math.abs(rows[row]?.[column] ?? 0) / (scales[row] ?? 1);
    if (size > bestSize) {
      best = row;
      bestSize = size;
    }
  }
  return best;
}

function swap(list: unknown[], i: number, j: number): void {
  [list[i], list[j]] = [list[j], list[i]];
}

function subtract(row: number[], other: readonly number[], times: number): void {
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) - times * (other[k] ?? 0);
}
