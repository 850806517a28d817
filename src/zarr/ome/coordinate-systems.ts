import type { JsonValue } from "../json.ts";
import { type NgffAxis, parseAxes } from "./axes.ts";
import { systemName } from "./coordinate-transformations/transformation-edges.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";

/** A named set of axes (0.6, N6-01). */
export type CoordinateSystem = {
  readonly name: string;
  /** At least one. */
  readonly axes: readonly NgffAxis[];
};

const maxSystems = 1000;

/**
 * Reads `coordinateSystems` of a multiscale or of a scene (N6-01, N6-02): every item with axes, its name made unique.
 * `free`: any axes will do, as 0.9 has it (N9-01).
 */
export function parseCoordinateSystems(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  free = false,
): readonly CoordinateSystem[] {
  if (!Array.isArray(value) || value.length === 0) {
    log.warn("N6-01", pointer, "a list with at least one coordinate system", value);
    return [];
  }
  const systems = new Map<string, CoordinateSystem>();
  for (const [index, item] of value.slice(0, maxSystems).entries()) {
    const here = `${pointer}/${index}`;
    if (!isJsonObject(item)) {
      log.warn("N6-01", here, "an object with name and axes", item);
      continue;
    }
    const stated = typeof item.name === "string" && item.name !== "" ? item.name : undefined;
    if (stated === undefined || systems.has(systemName(stated))) {
      log.warn("N6-01", `${here}/name`, "a name of its own", item.name);
    }
    const axes = parseAxes(item.axes, `${here}/axes`, log, free ? "0.9" : "0.6");
    if (!axes || axes.length === 0) {
      log.warn("N6-01", `${here}/axes`, "a list of axes", item.axes);
      continue;
    }
    const name = uniqueName(
      stated === undefined ? `system ${index + 1}` : systemName(stated),
      systems,
    );
    systems.set(name, { name, axes });
  }
  return [...systems.values()];
}

function uniqueName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
  return unique;
}
