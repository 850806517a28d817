import type { JsonValue } from "../json.ts";
import { type Orientation, parseOrientations } from "./axis-orientation.ts";
import { type AxisRules, checkAxes } from "./axis-rules.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";

/** An axis as OME-NGFF names it. `type` is lower case; `unit` as it is spelled. */
export type NgffAxis = {
  readonly name: string;
  readonly type: string | undefined;
  readonly unit: string | undefined;
  /** A longer name or a description (N6-02). */
  readonly longName?: string;
  /** Positions between the pixels mean nothing (N6-02). */
  readonly discrete?: boolean;
  /** Direction of increasing coordinates in a body (RFC-4, N9-03). */
  readonly orientation?: Orientation;
};

const maxAxes = 64;

/**
 * Reads a list of axes: objects since 0.4, strings in 0.3, each item by its own shape (N3-04), against the rules of a dialect.
 * Names come out non-empty, unique and safe as keys of a record. `undefined` if there is no list.
 */
export function parseAxes(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  rules: AxisRules = "0.4",
): readonly NgffAxis[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    log.warn("N4-01", pointer, "a list of axes", value);
    return undefined;
  }
  if (value.length > maxAxes) log.warn("N4-02", pointer, `at most ${maxAxes} axes`, value.length);
  const axes: NgffAxis[] = [];
  const names = new Set<string>();
  for (const [dim, item] of value.slice(0, maxAxes).entries()) {
    const axis = parseAxis(item, dim, `${pointer}/${dim}`, log);
    const name = uniqueAxisName(axis.name, dim, names);
    if (name !== axis.name) {
      log.warn("N4-01", `${pointer}/${dim}/name`, "a unique name", axis.name);
    }
    names.add(name);
    axes.push({ ...axis, name });
  }
  checkAxes(axes, pointer, log, rules);
  return parseOrientations(value, axes, pointer, log);
}

/**
 * `name` itself if it can stand as the name of dimension `dim`, else "dim_…". Names become keys of the selection,
 * so what every object inherits ("__proto__", "constructor") is no name.
 */
export function uniqueAxisName(
  name: string | null | undefined,
  dim: number,
  taken: ReadonlySet<string>,
): string {
  if (name && name.trim() !== "" && !(name in Object.prototype) && !taken.has(name)) return name;
  let fallback = `dim_${dim}`;
  while (taken.has(fallback)) fallback += "_";
  return fallback;
}

function parseAxis(item: JsonValue, dim: number, pointer: string, log: ProblemLog): NgffAxis {
  if (typeof item === "string") {
    return { name: shortText(item, 60), type: undefined, unit: undefined };
  }
  if (!isJsonObject(item)) {
    log.warn("N4-01", pointer, "an object with a name", item);
    return { name: `dim_${dim}`, type: undefined, unit: undefined };
  }
  const { name, type, unit, longName, discrete } = item;
  if (typeof name !== "string" || name.trim() === "") {
    log.warn("N4-01", `${pointer}/name`, "a name", name);
  }
  // `null` is named by the text of 0.4 for a custom axis (N4-05), though its schema refuses it.
  if (type !== undefined && type !== null && typeof type !== "string") {
    log.warn("N4-01", `${pointer}/type`, "a string", type);
  }
  if (unit !== undefined && unit !== null && typeof unit !== "string") {
    log.warn("N4-08", `${pointer}/unit`, "a string", unit);
  }
  if (discrete !== undefined && typeof discrete !== "boolean") {
    log.warn("N6-02", `${pointer}/discrete`, "true or false", discrete);
  }
  return {
    name: typeof name === "string" ? shortText(name, 60) : "",
    type: typeof type === "string" && type !== "" ? shortText(type, 60).toLowerCase() : undefined,
    unit: typeof unit === "string" && unit.trim() !== "" ? shortText(unit.trim(), 60) : undefined,
    ...(typeof longName === "string" ? { longName: shortText(longName, 200) } : {}),
    ...(typeof discrete === "boolean" ? { discrete } : {}),
  };
}
