import type { ProblemLog } from "../ome/problem-log.ts";
import type { Axis, AxisLayout, Selection } from "./image-model.ts";

/** The plane that metadata ask for, 0-based (`omero.rdefs`). */
type StatedPlane = { readonly defaultZ: number | undefined; readonly defaultT: number | undefined };

/**
 * What is shown first: the plane that `omero.rdefs` names, inside the bounds (N4-39), else the middle z and the first index
 * of every other axis. 0-based.
 */
export function defaultSelection(
  { axes, xDim, yDim, cDim }: AxisLayout,
  stated: StatedPlane | undefined,
  log?: ProblemLog,
): Selection {
  const sliders = axes.filter(({ dim }) => dim !== xDim && dim !== yDim && dim !== cDim);
  return Object.fromEntries(
    sliders.map((axis) => [axis.name, firstIndex(axis, stated, log)] as const),
  );
}

function firstIndex(
  { role, size }: Axis,
  stated: StatedPlane | undefined,
  log: ProblemLog | undefined,
): number {
  if (role !== "z" && role !== "t") return 0;
  const key = role === "z" ? "defaultZ" : "defaultT";
  const asked = stated?.[key] ?? (role === "z" ? Math.floor(size / 2) : 0);
  const index = Math.min(Math.max(Math.round(asked), 0), Math.max(size - 1, 0));
  if (index !== asked) log?.warn("N4-39", `/omero/rdefs/${key}`, `0 to ${size - 1}`, asked);
  return index;
}
