import type { ProblemLog } from "../problem-log.ts";
import type {
  CoordinateTransformation,
  StoredTransformation,
} from "./coordinate-transformation.ts";

/** The numbers of a small array in C order. */
export type StoredNumbers = {
  readonly shape: readonly number[];
  readonly values: readonly number[];
};

/**
 * Reads a small array of numbers.
 * @throws Error in words if it is not there, too large, or its elements cannot be read
 */
export type ReadNumbers = (path: string) => Promise<StoredNumbers>;

/**
 * The transformation with all numbers that it keeps in arrays (N6-10); an array that cannot be read is reported, and its
 * transformation stays "stored".
 */
export async function readStoredParameters(
  transformation: CoordinateTransformation,
  pointer: string,
  read: ReadNumbers,
  log: ProblemLog,
): Promise<CoordinateTransformation> {
  const again = (inner: CoordinateTransformation) =>
    readStoredParameters(inner, pointer, read, log);
  switch (transformation.type) {
    case "stored":
      return readOne(transformation, pointer, read, log);
    case "sequence":
      return { ...transformation, steps: await Promise.all(transformation.steps.map(again)) };
    case "byDimension":
      return {
        ...transformation,
        parts: await Promise.all(
          transformation.parts.map(async (part) => ({
            ...part,
            transformation: await again(part.transformation),
          })),
        ),
      };
    case "bijection": {
      const [forward, inverse] = await Promise.all([
        again(transformation.forward),
        again(transformation.inverse),
      ]);
      return { type: "bijection", forward, inverse };
    }
    case "identity":
    case "scale":
    case "translation":
    case "mapAxis":
    case "projectAxis":
    case "affine":
    case "rotation":
    case "displacements":
    case "coordinates":
    case "unusable":
      return transformation;
  }
}

async function readOne(
  transformation: StoredTransformation,
  pointer: string,
  read: ReadNumbers,
  log: ProblemLog,
): Promise<CoordinateTransformation> {
  const { of, path } = transformation;
  try {
    const { shape, values } = await read(path);
    if (!values.every(Number.isFinite)) throw new Error("It holds numbers that are not finite.");
    switch (of) {
      case "scale":
      case "translation":
        if (shape.length !== 1) throw new Error(`It has ${shape.length} dimensions instead of 1.`);
        return { type: of, vector: values };
      case "affine":
      case "rotation":
        return { type: of, rows: rowsOf(shape, values) };
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : "It could not be read.";
    log.warn("N6-10", pointer, `the numbers of the ${of} in "${path}"`, reason);
    return transformation;
  }
}

function rowsOf(
  shape: readonly number[],
  values: readonly number[],
): readonly (readonly number[])[] {
  const [height = 1, width = values.length] = shape;
  if (shape.length === 1) return [values];
  if (shape.length !== 2) throw new Error(`It has ${shape.length} dimensions instead of 2.`);
  return Array.from({ length: height }, (_, row) => values.slice(row * width, (row + 1) * width));
}
