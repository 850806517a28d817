import type { ProblemCode } from "../../problem-rules.ts";
import {
  type AffineMatrix,
  composeMatrices,
  diagonalMatrix,
  entryOf,
  fromEntries,
  identityMatrix,
  invertMatrix,
  shiftOf,
} from "./affine-matrix.ts";
import type { AxisReference, CoordinateTransformation } from "./coordinate-transformation.ts";

/** A transformation as a matrix, or the rule that it breaks and why it cannot be one, in words that follow "it". */
export type MatrixOutcome =
  | { readonly kind: "matrix"; readonly matrix: AffineMatrix }
  | { readonly kind: "none"; readonly code: ProblemCode; readonly reason: string };

/** Where nothing tells the number of axes. */
const mostAxes = 64;

/** What is known of one end: the number of dimensions, and the names of the axes. */
export type TransformationEnd = { readonly count: number; readonly names?: readonly string[] };

/**
 * The matrix of a transformation that starts at `input` (RFC-5). `output` is asked where names are used and where a number of rows
 * could mean two things; the caller compares the number of outputs.
 */
export function matrixOf(
  transformation: CoordinateTransformation,
  input: TransformationEnd,
  output?: TransformationEnd,
): MatrixOutcome {
  const { count } = input;
  switch (transformation.type) {
    case "identity":
      return matrix(identityMatrix(count));
    case "scale":
    case "translation": {
      const { type, vector } = transformation;
      const code = "N6-20";
      if (vector.length !== count)
        return none(code, `has ${vector.length} numbers for ${count} axes`);
      if (type === "scale") return matrix(diagonalMatrix(vector));
      return matrix(
        diagonalMatrix(
          vector.map(() => 1),
          vector,
        ),
      );
    }
    case "mapAxis":
      return mapAxisMatrix(transformation.inputs, input, output);
    case "projectAxis":
      return projectAxisMatrix(transformation.createdOutputs, transformation.droppedInputs, count);
    case "affine":
      return affineMatrix(transformation.rows, count, output?.count);
    case "rotation":
      return rotationMatrix(transformation.rows, count);
    case "sequence":
      return sequenceMatrix(transformation.steps, input, output);
    case "byDimension":
      return byDimensionMatrix(transformation, input, output);
    case "bijection": {
      const forward = matrixOf(transformation.forward, input, output);
      if (forward.kind === "matrix" || !output) return forward;
      return inverted(matrixOf(transformation.inverse, output, input), forward);
    }
    case "displacements":
    case "coordinates":
      return none("N6-26", `moves pixels by a field (${transformation.type}), which is not drawn`);
    case "stored":
      return none("N6-10", `keeps its numbers in "${transformation.path}", which was not read`);
    case "unusable":
      return none("N6-27", "cannot be understood");
  }
}

/** The matrix of the way back: a bijection's own inverse, if that is one, else the inverse of the matrix. */
export function inverseMatrixOf(
  transformation: CoordinateTransformation,
  input: TransformationEnd,
  output: TransformationEnd,
): MatrixOutcome {
  if (transformation.type === "bijection") {
    const stated = matrixOf(transformation.inverse, output, input);
    if (stated.kind === "matrix") return stated;
  }
  const forward = matrixOf(transformation, input, output);
  return inverted(forward, none("N6-30", "cannot be inverted"));
}

function inverted(outcome: MatrixOutcome, otherwise: MatrixOutcome): MatrixOutcome {
  if (outcome.kind === "none") return outcome;
  const inverse = invertMatrix(outcome.matrix);
  return inverse ? matrix(inverse) : otherwise;
}

function mapAxisMatrix(
  inputs: Extract<CoordinateTransformation, { type: "mapAxis" }>["inputs"],
  input: TransformationEnd,
  output: TransformationEnd | undefined,
): MatrixOutcome {
  const references: readonly (AxisReference | undefined)[] =
    inputs instanceof Map
      ? (output?.names ?? [...inputs.keys()]).map((name) => inputs.get(name))
      : [...inputs.values()];
  const indices = references.map((reference) =>
    reference === undefined ? undefined : axisIndex(reference, input),
  );
  const isPermutation =
    indices.length === input.count &&
    indices.every((index) => index !== undefined) &&
    new Set(indices).size === indices.length;
  if (!isPermutation) return none("N6-21", "is no permutation of the axes");
  return matrix(
    fromEntries(input.count, input.count, (row, column) => (indices[row] === column ? 1 : 0)),
  );
}

function projectAxisMatrix(
  created: readonly number[],
  dropped: readonly number[],
  count: number,
): MatrixOutcome {
  const outputs = count - dropped.length + created.length;
  if (dropped.some((input) => input >= count) || created.some((at) => at >= outputs)) {
    return none("N6-22", "creates or drops an axis that is not there");
  }
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => !dropped.includes(i));
  const source = Array.from({ length: outputs }, (_, i) =>
    created.includes(i) ? undefined : kept.shift(),
  );
  return matrix(fromEntries(outputs, count, (row, column) => (source[row] === column ? 1 : 0)));
}

function affineMatrix(
  stated: readonly (readonly number[])[],
  count: number,
  outputs: number | undefined,
): MatrixOutcome {
  const width = count + 1;
  const rows = splitRows(stated, width);
  if (!rows) {
    const columns = stated[0]?.length ?? 0;
    return none("N6-23", `has ${columns} columns for ${count} axes and a shift`);
  }
  const last = rows.at(-1) ?? [];
  const isHomogeneous = last.every((entry, k) => entry === (k === count ? 1 : 0));
  const extra = outputs === undefined ? rows.length === width : rows.length === outputs + 1;
  return matrix({ inputs: count, rows: extra && isHomogeneous ? rows.slice(0, -1) : rows });
}

function rotationMatrix(stated: readonly (readonly number[])[], count: number): MatrixOutcome {
  const rows = splitRows(stated, count);
  if (rows?.length !== count) return none("N6-23", `is no rotation of ${count} axes`);
  return matrix({ inputs: count, rows: rows.map((row) => [...row, 0]) });
}

/** Rows of `width`; one long row is cut into them (N6-29). */
function splitRows(
  rows: readonly (readonly number[])[],
  width: number,
): readonly (readonly number[])[] | undefined {
  const [first = []] = rows;
  if (first.length === width) return rows;
  if (rows.length !== 1 || first.length % width !== 0) return undefined;
  return Array.from({ length: first.length / width }, (_, row) =>
    first.slice(row * width, (row + 1) * width),
  );
}

function sequenceMatrix(
  steps: readonly CoordinateTransformation[],
  input: TransformationEnd,
  output: TransformationEnd | undefined,
): MatrixOutcome {
  let whole = identityMatrix(input.count);
  for (const [i, step] of steps.entries()) {
    const from = i === 0 ? input : { count: whole.rows.length };
    const outcome = matrixOf(step, from, i === steps.length - 1 ? output : undefined);
    if (outcome.kind === "none") return outcome;
    const next = composeMatrices(outcome.matrix, whole);
    if (!next) return none("N6-20", `has a step that does not fit ${from.count} axes`);
    whole = next;
  }
  return matrix(whole);
}

function byDimensionMatrix(
  { parts }: Extract<CoordinateTransformation, { type: "byDimension" }>,
  input: TransformationEnd,
  output: TransformationEnd | undefined,
): MatrixOutcome {
  const rows: (readonly number[] | undefined)[] = [];
  for (const part of parts) {
    const from = part.inputs.map((axis) => axisIndex(axis, input));
    const to = part.outputs.map((axis) => axisIndex(axis, output));
    if (from.includes(undefined) || to.includes(undefined)) {
      return none("N6-24", "names an axis that is not there");
    }
    const outcome = matrixOf(part.transformation, { count: from.length }, { count: to.length });
    if (outcome.kind === "none") return outcome;
    const { matrix: inner } = outcome;
    if (inner.rows.length !== to.length) return none("N6-24", "has a part with other axes");
    for (const [k, row] of to.entries()) {
      if (row === undefined || rows[row]) return none("N6-24", "gives an output axis twice");
      const whole = new Array<number>(input.count + 1).fill(0);
      for (const [j, column] of from.entries()) whole[column ?? 0] = entryOf(inner, k, j);
      whole[input.count] = shiftOf(inner, k);
      rows[row] = whole;
    }
  }
  const count = output?.count ?? rows.length;
  const complete = Array.from({ length: count }, (_, row) => rows[row]).filter(
    (row) => row !== undefined,
  );
  if (complete.length !== count) return none("N6-24", "does not give every output axis");
  return matrix({ inputs: input.count, rows: complete });
}

function axisIndex(
  reference: AxisReference,
  end: TransformationEnd | undefined,
): number | undefined {
  if (typeof reference === "string") {
    const index = end?.names?.indexOf(reference) ?? -1;
    return index < 0 ? undefined : index;
  }
  return reference < (end?.count ?? mostAxes) ? reference : undefined;
}

function matrix(value: AffineMatrix): MatrixOutcome {
  return { kind: "matrix", matrix: value };
}

function none(code: ProblemCode, reason: string): MatrixOutcome {
  return { kind: "none", code, reason };
}
