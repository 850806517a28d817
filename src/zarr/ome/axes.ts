import type { JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";

/** An axis as OME-NGFF names it. `type` is lower case; `unit` as it is spelled. */
export type NgffAxis = {
  readonly name: string;
  readonly type: string | undefined;
  readonly unit: string | undefined;
};

const maxAxes = 64;

/**
 * Reads `multiscales[].axes` of 0.4 and 0.5 (objects) and of 0.3 (strings), each item by its own shape (N3-04).
 * Names come out non-empty, unique and safe as keys of a record. `undefined` if there is no list.
 */
export function parseAxes(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): readonly NgffAxis[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    log.warn("N4-01", pointer, "a list of axes", value);
    return undefined;
  }
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
  checkAxes(axes, pointer, log);
  return axes;
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
  const { name, type, unit } = item;
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
  return {
    name: typeof name === "string" ? shortText(name, 60) : "",
    type: typeof type === "string" && type !== "" ? shortText(type, 60).toLowerCase() : undefined,
    unit: typeof unit === "string" && unit.trim() !== "" ? shortText(unit.trim(), 60) : undefined,
  };
}

/** The MUSTs of N4-02. None of them stops reading: axes are used by role, never by position. */
function checkAxes(axes: readonly NgffAxis[], pointer: string, log: ProblemLog) {
  const typed = axes.some((axis) => axis.type !== undefined);
  if (axes.length < 2 || axes.length > 5) {
    log.warn("N4-02", pointer, "2 to 5 axes", axes.length);
  }
  // 0.3 and untyped axes: the rules below are about types.
  if (!typed) return;
  const count = (rank: number) => axes.filter((axis) => orderRank(axis) === rank).length;
  const space = count(2);
  if (space !== 2 && space !== 3) log.warn("N4-02", pointer, "2 or 3 axes of type space", space);
  if (count(0) > 1) log.warn("N4-02", pointer, "at most one axis of type time", count(0));
  if (count(1) > 1) {
    log.warn("N4-02", pointer, "at most one axis of type channel or of another type", count(1));
  }
  const ranks = axes.map(orderRank);
  if (ranks.some((rank, dim) => dim > 0 && rank < (ranks[dim - 1] ?? rank))) {
    const names = axes.map((axis) => axis.name).join(", ");
    log.warn("N4-02", pointer, "the order time, channel or other, space", names);
  }
}

function orderRank(axis: NgffAxis): 0 | 1 | 2 {
  if (axis.type === "time") return 0;
  return axis.type === "space" ? 2 : 1;
}
