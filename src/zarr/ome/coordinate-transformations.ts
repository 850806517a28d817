import type { JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";

/** One step of `coordinateTransformations`, as stated. NaN stands for an entry that is no finite number. */
export type TransformationStep = {
  readonly type: "scale" | "translation";
  readonly vector: readonly number[];
};

const maxSteps = 16;
const maxVector = 64;

/**
 * Reads a list of `scale`, `translation` and `identity` (0.4 and 0.5, N4-10, N4-11), in the order in which it is applied.
 * `undefined` if there is no list at all. `ofDataset`: exactly one scale is a MUST.
 */
export function parseTransformations(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  ofDataset: boolean,
): readonly TransformationStep[] | undefined {
  if (value === undefined || value === null) {
    if (ofDataset) log.warn("N4-14", pointer, "a list with one scale", value);
    return undefined;
  }
  if (!Array.isArray(value)) {
    log.warn("N4-14", pointer, "a list", value);
    return undefined;
  }
  const steps: TransformationStep[] = [];
  for (const [index, item] of value.slice(0, maxSteps).entries()) {
    const step = parseStep(item, `${pointer}/${index}`, log);
    if (step) steps.push(step);
  }
  checkSteps(steps, pointer, log, ofDataset);
  return steps;
}

function parseStep(
  item: JsonValue,
  pointer: string,
  log: ProblemLog,
): TransformationStep | undefined {
  if (!isJsonObject(item)) {
    log.warn("N4-14", pointer, "an object with a type", item);
    return undefined;
  }
  const { type } = item;
  if (type === "identity") return undefined;
  if (type !== "scale" && type !== "translation") {
    log.warn("N4-11", `${pointer}/type`, "scale or translation", type);
    return undefined;
  }
  const value = item[type];
  if (!Array.isArray(value)) {
    // The `path` form keeps the vector in an array; no published schema admits it, no writer was seen to use it.
    const isPath = value === undefined && item.path !== undefined;
    log.warn(isPath ? "N4-11" : "N4-14", `${pointer}/${type}`, "a list of numbers", value);
    return undefined;
  }
  const vector = value.slice(0, maxVector).map((entry, dim) => {
    const number = finiteNumber(entry);
    if (typeof entry !== "number" || Number.isNaN(number)) {
      log.warn("N4-14", `${pointer}/${type}/${dim}`, "a finite number", entry);
    }
    return number;
  });
  return { type, vector };
}

/** A number, or a number written as a string; else NaN. */
function finiteNumber(value: JsonValue): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : Number.NaN;
}

function checkSteps(
  steps: readonly TransformationStep[],
  pointer: string,
  log: ProblemLog,
  ofDataset: boolean,
) {
  const scales = steps.filter((step) => step.type === "scale").length;
  const translations = steps.length - scales;
  if (scales > 1 || (ofDataset && scales === 0)) {
    log.warn("N4-14", pointer, "exactly one scale", scales);
  }
  if (translations > 1) log.warn("N4-14", pointer, "at most one translation", translations);
  const firstScale = steps.findIndex((step) => step.type === "scale");
  const firstTranslation = steps.findIndex((step) => step.type === "translation");
  if (firstTranslation >= 0 && firstTranslation < firstScale) {
    log.warn("N4-14", pointer, "the translation after the scale", "translation first");
  }
}
