import type { NgffAxis } from "./axes.ts";
import type { ProblemLog } from "./problem-log.ts";

/** Whose rules a list of axes is held against. */
export type AxisRules = "0.3" | "0.4" | "0.6" | "0.9";

/** Notes on number, names, types and order of axes. None of them stops reading: axes are used by role, never by position. */
export function checkAxes(
  axes: readonly NgffAxis[],
  pointer: string,
  log: ProblemLog,
  rules: AxisRules,
) {
  switch (rules) {
    case "0.3":
      return checkNames03(axes, pointer, log);
    case "0.4":
      return checkTypes(axes, pointer, log);
    case "0.6":
      // A system of array indices has any number of them (N6-02).
      if (axes.filter((axis) => axis.type === "array").length >= 2)
        return checkCount(axes, pointer, log);
      return checkTypes(axes, pointer, log);
    case "0.9":
      return checkCase(axes, pointer, log);
  }
}

/** N3-01: names of t, c, z, y, x, in this order. */
function checkNames03(axes: readonly NgffAxis[], pointer: string, log: ProblemLog) {
  const order = ["t", "c", "z", "y", "x"];
  const names = axes.map((axis) => axis.name);
  if (axes.length < 2 || axes.length > 5) log.warn("N3-01", pointer, "2 to 5 axes", axes.length);
  if (names.some((name) => !order.includes(name))) {
    log.warn("N3-01", pointer, "names from t, c, z, y, x", names);
    return;
  }
  const places = names.map((name) => order.indexOf(name));
  if (places.some((place, dim) => dim > 0 && place < (places[dim - 1] ?? place))) {
    log.warn("N3-01", pointer, "the order t, c, z, y, x", names);
  }
}

function checkCount(axes: readonly NgffAxis[], pointer: string, log: ProblemLog) {
  if (axes.length < 2 || axes.length > 5) log.warn("N4-02", pointer, "2 to 5 axes", axes.length);
}

/** N4-02: numbers and order of types. */
function checkTypes(axes: readonly NgffAxis[], pointer: string, log: ProblemLog) {
  checkCount(axes, pointer, log);
  // Where nothing has a type, the rules below say nothing.
  if (axes.every((axis) => axis.type === undefined)) return;
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

/** N9-01: names should not differ by case only. */
function checkCase(axes: readonly NgffAxis[], pointer: string, log: ProblemLog) {
  const lower = axes.map((axis) => axis.name.toLowerCase());
  if (new Set(lower).size < lower.length) {
    const names = axes.map((axis) => axis.name);
    log.info("N9-01", pointer, "names that differ by more than case", names);
  }
}
