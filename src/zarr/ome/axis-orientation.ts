import type { JsonValue } from "../json.ts";
import type { NgffAxis } from "./axes.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";

/** The twelve pairs of RFC-4 (N9-03); each is written "a-to-b" or "b-to-a". */
const pairs = [
  ["left", "right"],
  ["anterior", "posterior"],
  ["inferior", "superior"],
  ["dorsal", "ventral"],
  ["dorsal", "palmar"],
  ["dorsal", "plantar"],
  ["rostral", "caudal"],
  ["cranial", "caudal"],
  ["proximal", "distal"],
  ["superficial", "deep"],
  ["apical", "basal"],
  ["apex", "base"],
] as const;

/** Anatomical direction in which an axis' coordinates increase (RFC-4). */
export type Orientation = { readonly from: string; readonly to: string };

/**
 * The same axes with the `orientation` that their metadata state: on axes of type space, of one of 24 values, and each pair at most
 * once. Anything else is reported and ignored (N9-04); `null` is none.
 */
export function parseOrientations(
  items: readonly JsonValue[],
  axes: readonly NgffAxis[],
  pointer: string,
  log: ProblemLog,
): readonly NgffAxis[] {
  const taken = new Set<number>();
  return axes.map((axis, dim) => {
    const item = items[dim];
    const stated = isJsonObject(item) ? item.orientation : undefined;
    if (stated === undefined || stated === null) return axis;
    const here = `${pointer}/${dim}/orientation`;
    if (axis.type !== "space") {
      log.warn("N9-04", here, "an orientation on an axis of type space only", axis.type);
      return axis;
    }
    const found = parseOrientation(stated);
    if (!found) {
      log.warn(
        "N9-04",
        here,
        'type "anatomical" and a value such as "left-to-right"',
        shown(stated),
      );
      return axis;
    }
    if (taken.has(found.pair)) {
      log.warn("N9-04", here, "each pair of directions on one axis", shown(stated));
      return axis;
    }
    taken.add(found.pair);
    return { ...axis, orientation: found.orientation };
  });
}

function parseOrientation(
  stated: JsonValue,
): { pair: number; orientation: Orientation } | undefined {
  if (!isJsonObject(stated) || stated.type !== "anatomical") return undefined;
  const { value } = stated;
  if (typeof value !== "string") return undefined;
  for (const [pair, [a, b]] of pairs.entries()) {
    if (value === `${a}-to-${b}`) return { pair, orientation: { from: a, to: b } };
    if (value === `${b}-to-${a}`) return { pair, orientation: { from: b, to: a } };
  }
  return undefined;
}

function shown(stated: JsonValue): JsonValue | undefined {
  return isJsonObject(stated) ? stated.value : stated;
}
