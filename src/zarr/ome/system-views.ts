import type { JsonValue } from "../json.ts";
import type { CoordinateSystem } from "./coordinate-systems.ts";
import type {
  CoordinateTransformation,
  SystemReference,
  TransformationEdge,
} from "./coordinate-transformations/coordinate-transformation.ts";
import { parseEdges } from "./coordinate-transformations/transformation-edges.ts";
import {
  matrixOf,
  type TransformationEnd,
} from "./coordinate-transformations/transformation-matrix.ts";
import type { ProblemLog } from "./problem-log.ts";

/**
 * Reads `coordinateTransformations` of a multiscale of 0.6 (N6-08): from or to the intrinsic system; the other end in the same group,
 * or in that of a label image, to which only identity, scale and translation may lead.
 */
export function parseViews(
  value: JsonValue | undefined,
  systems: readonly CoordinateSystem[],
  intrinsic: string,
  pointer: string,
  log: ProblemLog,
): readonly TransformationEdge[] {
  const edges = parseEdges(value, pointer, log);
  for (const { input, output, transformation, pointer: here } of edges) {
    if (![input, output].some((end) => end.path === undefined && end.name === intrinsic)) {
      const received = [input.name ?? "", output.name ?? ""];
      log.warn("N6-08", here, `"${intrinsic}" at one end`, received);
    }
    checkTransformation(transformation, systems, input, output, here, log);
  }
  return edges;
}

/**
 * Notes on a transformation that does not fit the axes at its ends. What has to be read first, or moves pixels one by one, is not
 * judged here.
 */
export function checkTransformation(
  transformation: CoordinateTransformation,
  systems: readonly CoordinateSystem[],
  input: SystemReference,
  output: SystemReference,
  pointer: string,
  log: ProblemLog,
) {
  const [from, to] = [input, output].map((end) => endOf(end, systems, pointer, log));
  if ((from === undefined || to === undefined) && (input.path ?? output.path) !== undefined) {
    if (!isSimple(transformation)) {
      log.warn(
        "N6-08",
        pointer,
        "identity, scale or translation to another group",
        transformation.type,
      );
    }
  }
  if (!from || hasUnknownNumbers(transformation)) return;
  const outcome = matrixOf(transformation, from, to);
  if (outcome.kind === "none") {
    log.warn(
      outcome.code,
      pointer,
      "a transformation that fits its axes",
      `one that ${outcome.reason}`,
    );
  } else if (to && outcome.matrix.rows.length !== to.count) {
    log.warn("N6-08", pointer, `${to.count} axes, as the output has`, outcome.matrix.rows.length);
  }
}

function endOf(
  { path, name }: SystemReference,
  systems: readonly CoordinateSystem[],
  pointer: string,
  log: ProblemLog,
): TransformationEnd | undefined {
  if (path !== undefined) return undefined;
  const system = systems.find((known) => known.name === name);
  if (!system) {
    log.warn("N6-08", pointer, "the name of a coordinate system of this group", name);
    return undefined;
  }
  return { count: system.axes.length, names: system.axes.map((axis) => axis.name) };
}

function isSimple(transformation: CoordinateTransformation): boolean {
  if (transformation.type === "sequence") return transformation.steps.every(isSimple);
  return ["identity", "scale", "translation"].includes(transformation.type);
}

function hasUnknownNumbers(transformation: CoordinateTransformation): boolean {
  switch (transformation.type) {
    case "stored":
    case "displacements":
    case "coordinates":
    case "unusable":
      return true;
    case "sequence":
      return transformation.steps.some(hasUnknownNumbers);
    case "byDimension":
      return transformation.parts.some((part) => hasUnknownNumbers(part.transformation));
    case "bijection":
      return hasUnknownNumbers(transformation.forward) || hasUnknownNumbers(transformation.inverse);
    case "identity":
    case "scale":
    case "translation":
    case "mapAxis":
    case "projectAxis":
    case "affine":
    case "rotation":
      return false;
  }
}
