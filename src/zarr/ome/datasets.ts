import type { JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";

/** More levels than any image has; each costs a request. */
const maxDatasets = 64;

/** A dataset before its transformations were read. `pointer` leads to it. */
export type RawDataset = {
  readonly path: string;
  readonly coordinateTransformations: JsonValue | undefined;
  readonly pointer: string;
};

/** Reads `datasets`: every item with a usable, not yet seen `path` (all versions). */
export function parseDatasets(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): readonly RawDataset[] {
  if (!Array.isArray(value) || value.length === 0) {
    log.warn("N4-10", pointer, "a list of datasets, at least one", value);
    return [];
  }
  if (value.length > maxDatasets) {
    log.warn("N4-17", pointer, `at most ${maxDatasets} datasets`, value.length);
  }
  const datasets: RawDataset[] = [];
  const seen = new Set<string>();
  for (const [index, item] of value.slice(0, maxDatasets).entries()) {
    const here = `${pointer}/${index}`;
    const path = isJsonObject(item) ? datasetPath(item.path, `${here}/path`, log) : undefined;
    if (!isJsonObject(item)) log.warn("N4-10", here, "an object with a path", item);
    if (!isJsonObject(item) || path === undefined) continue;
    if (seen.has(path)) {
      log.warn("N4-10", `${here}/path`, "a path of its own", path);
      continue;
    }
    seen.add(path);
    datasets.push({
      path,
      coordinateTransformations: item.coordinateTransformations,
      pointer: here,
    });
  }
  return datasets;
}

function datasetPath(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): string | undefined {
  // Some writers give the level's number itself.
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) {
    log.warn("N4-10", pointer, "a string", value);
    return String(value);
  }
  if (typeof value !== "string") {
    log.warn("N4-10", pointer, "a string", value);
    return undefined;
  }
  // What the path resolves to, and whether it may, is `joinPath`'s to say (N4-19).
  if (/^[./]*$/.test(value) || value.length > 1024) {
    log.warn("N4-19", pointer, "the path of an array below the group", value);
    return undefined;
  }
  return value;
}
