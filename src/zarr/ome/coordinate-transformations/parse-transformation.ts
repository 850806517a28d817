import type { JsonObject, JsonValue } from "../../json.ts";
import type { ProblemCode } from "../../problem-rules.ts";
import { isJsonObject } from "../ome-attributes.ts";
import { type ProblemLog, shortText } from "../problem-log.ts";
import type {
  AxisReference,
  CoordinateTransformation,
  DimensionPart,
  FieldInterpolation,
} from "./coordinate-transformation.ts";
import { parseIndices, parseMatrix, parseVector } from "./parse-numbers.ts";

/** Transformations hold transformations; deeper ones are no use and could exhaust the stack. */
const maxDepth = 16;
const maxSteps = 64;

const unusable: CoordinateTransformation = { type: "unusable" };
const interpolations: readonly FieldInterpolation[] = ["linear", "nearest", "bspline-cubic"];

/**
 * Reads one transformation of 0.6 or of the dialects that led to it (N6-20 … N6-29). What breaks a rule is reported, and is
 * "unusable" if nothing certain can be made of it.
 */
export function parseTransformation(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  depth = 0,
): CoordinateTransformation {
  if (!isJsonObject(value) || depth > maxDepth) {
    const expected = depth > maxDepth ? `at most ${maxDepth} nested transformations` : "an object";
    log.warn("N6-20", pointer, expected, value);
    return unusable;
  }
  const { type } = value;
  switch (type) {
    case "identity":
      return { type };
    case "scale":
    case "translation":
    case "affine":
    case "rotation":
      return parseNumeric(value, type, pointer, log);
    case "mapAxis":
      return parseMapAxis(value.mapAxis, `${pointer}/mapAxis`, log);
    case "projectAxis":
      return parseProjectAxis(value, pointer, log);
    case "sequence":
      return parseSequence(value.transformations, `${pointer}/transformations`, log, depth);
    case "byDimension":
      return parseByDimension(value.transformations, `${pointer}/transformations`, log, depth);
    case "bijection":
      return {
        type,
        forward: parseTransformation(value.forward, `${pointer}/forward`, log, depth + 1),
        inverse: parseTransformation(value.inverse, `${pointer}/inverse`, log, depth + 1),
      };
    case "displacements":
    case "coordinates":
      return parseField(value, type, pointer, log);
    default:
      log.warn("N6-27", `${pointer}/type`, "a type of coordinate transformation", type);
      return unusable;
  }
}

function parseNumeric(
  value: JsonObject,
  of: "scale" | "translation" | "affine" | "rotation",
  pointer: string,
  log: ProblemLog,
): CoordinateTransformation {
  const stated = value[of];
  if (stated === undefined && typeof value.path === "string") {
    if (of === "scale" || of === "translation") {
      log.info("N6-29", `${pointer}/path`, `the numbers themselves as ${of}`, value.path);
    }
    return { type: "stored", of, path: value.path };
  }
  if (of === "scale" || of === "translation") {
    const vector = parseVector(stated, `${pointer}/${of}`, log);
    if (vector && of === "scale" && vector.includes(0)) {
      log.warn("N6-20", `${pointer}/scale`, "factors other than 0", stated);
    }
    return vector ? { type: of, vector } : unusable;
  }
  const rows = parseMatrix(stated, `${pointer}/${of}`, log);
  return rows ? { type: of, rows } : unusable;
}

function parseMapAxis(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): CoordinateTransformation {
  if (isJsonObject(value)) {
    log.info("N6-29", pointer, "a list of indices", "names");
    const inputs = new Map<string, string>();
    for (const [output, input] of Object.entries(value).slice(0, maxSteps)) {
      if (typeof input === "string") inputs.set(output, input);
    }
    return { type: "mapAxis", inputs };
  }
  const inputs = axisReferences(value, pointer, "N6-21", log);
  return inputs ? { type: "mapAxis", inputs } : unusable;
}

function parseProjectAxis(
  { createdOutputs, droppedInputs }: JsonObject,
  pointer: string,
  log: ProblemLog,
): CoordinateTransformation {
  const created = parseIndices(createdOutputs ?? [], `${pointer}/createdOutputs`, log);
  const dropped = parseIndices(droppedInputs ?? [], `${pointer}/droppedInputs`, log);
  if (createdOutputs === undefined && droppedInputs === undefined) {
    log.warn("N6-22", pointer, "createdOutputs or droppedInputs", undefined);
  }
  if (!created || !dropped) return unusable;
  return { type: "projectAxis", createdOutputs: created, droppedInputs: dropped };
}

function parseSequence(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  depth: number,
): CoordinateTransformation {
  if (!Array.isArray(value) || value.length > maxSteps) {
    log.warn("N6-20", pointer, `a list of at most ${maxSteps} transformations`, value);
    return unusable;
  }
  if (value.length === 0) log.warn("N6-20", pointer, "at least one transformation", value);
  return {
    type: "sequence",
    steps: value.map((step, i) => parseTransformation(step, `${pointer}/${i}`, log, depth + 1)),
  };
}

function parseByDimension(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  depth: number,
): CoordinateTransformation {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxSteps) {
    log.warn("N6-24", pointer, `a list of 1 to ${maxSteps} transformations`, value);
    return unusable;
  }
  const parts: DimensionPart[] = [];
  for (const [i, item] of value.entries()) {
    const part = parsePart(item, `${pointer}/${i}`, log, depth);
    if (!part) return unusable;
    parts.push(part);
  }
  return { type: "byDimension", parts };
}

/** `{ transformation, inputAxes, outputAxes }`; earlier with underscores, or with the axes inside the transformation (N6-29). */
function parsePart(
  item: JsonValue,
  pointer: string,
  log: ProblemLog,
  depth: number,
): DimensionPart | undefined {
  if (!isJsonObject(item)) {
    log.warn("N6-24", pointer, "an object with transformation, inputAxes and outputAxes", item);
    return undefined;
  }
  const isFinal = item.inputAxes !== undefined && item.transformation !== undefined;
  if (!isFinal) log.info("N6-29", pointer, "transformation, inputAxes and outputAxes", item);
  const inputs = item.inputAxes ?? item.input_axes ?? item.input;
  const outputs = item.outputAxes ?? item.output_axes ?? item.output;
  const inputAxes = axisReferences(inputs, `${pointer}/inputAxes`, "N6-24", log);
  const outputAxes = axisReferences(outputs, `${pointer}/outputAxes`, "N6-24", log);
  if (!inputAxes || !outputAxes) return undefined;
  const inner = item.transformation;
  const transformation =
    inner === undefined
      ? parseTransformation(item, pointer, log, depth + 1)
      : parseTransformation(inner, `${pointer}/transformation`, log, depth + 1);
  return { inputs: inputAxes, outputs: outputAxes, transformation };
}

/** A list of indices, or of names as in earlier dialects. */
function axisReferences(
  value: JsonValue | undefined,
  pointer: string,
  code: ProblemCode,
  log: ProblemLog,
): readonly AxisReference[] | undefined {
  const isReference = (item: JsonValue): item is AxisReference =>
    typeof item === "string" || (Number.isSafeInteger(item) && Number(item) >= 0);
  if (!Array.isArray(value) || value.length > maxSteps || !value.every(isReference)) {
    log.warn(code, pointer, "a list of indices of axes", value);
    return undefined;
  }
  if (value.some((item) => typeof item === "string")) {
    log.info("N6-29", pointer, "a list of indices", value);
  }
  return value;
}

function parseField(
  value: JsonObject,
  type: "displacements" | "coordinates",
  pointer: string,
  log: ProblemLog,
): CoordinateTransformation {
  const { path, interpolation } = value;
  if (typeof path !== "string") {
    log.warn("N6-26", `${pointer}/path`, "the path of the field", path);
    return unusable;
  }
  const known = interpolations.find((name) => name === interpolation);
  if (interpolation !== undefined && known === undefined) {
    log.warn("N6-26", `${pointer}/interpolation`, interpolations.join(", "), interpolation);
  }
  return { type, path: shortText(path, 1024), interpolation: known ?? "linear" };
}
