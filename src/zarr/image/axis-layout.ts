import { type NgffAxis, uniqueAxisName } from "../ome/axes.ts";
import type { Axis, AxisLayout, AxisRole } from "./image-model.ts";

/** More planes than this along a channel axis are a slider: a list of them would be no use, and no screen could show it. */
export const maxChannels = 1024;

const roleByName: ReadonlyMap<string, AxisRole> = new Map([
  ["t", "t"],
  ["time", "t"],
  ["c", "c"],
  ["ch", "c"],
  ["channel", "c"],
  ["channels", "c"],
  ["z", "z"],
  ["y", "y"],
  ["x", "x"],
]);

/**
 * Gives every dimension its role (N4-04): by type, else by name, else by position; a second axis of a role is a plain slider
 * (N4-06). There are always two display axes, but for a single axis, which `asStrip` completes. `shape` is that of the finest level;
 * `axes` has one entry per dimension.
 */
export function axisLayout(axes: readonly NgffAxis[], shape: readonly number[]): AxisLayout {
  const roles = spatialRoles(axes);
  takeFirst(roles, axes, "t", "time");
  takeFirst(roles, axes, "c", "channel");
  const cDim = roles.indexOf("c");
  if (cDim >= 0 && (shape[cDim] ?? 0) > maxChannels) roles[cDim] = undefined;
  // A single axis is shown across; the strip that it makes has the other one added.
  if (axes.length === 1) roles[0] = "x";
  else chooseDisplay(roles, axes);
  return layoutOf(axes, roles, shape);
}

/**
 * Roles of a plain array's dimensions: the last two are shown, whatever they are called; an axis named like a channel axis is
 * one, and is not shown; the rest are sliders. `names` has one entry per dimension; there are at least two.
 */
export function plainAxisLayout(
  names: readonly (string | null)[],
  shape: readonly number[],
): AxisLayout {
  const taken = new Set<string>();
  const axes = shape.map((_, dim): NgffAxis => {
    const name = uniqueAxisName(names[dim], dim, taken);
    taken.add(name);
    return { name, type: undefined, unit: undefined };
  });
  const roles: (AxisRole | undefined)[] = axes.map(() => undefined);
  takeFirst(roles, axes, "t", "time");
  takeFirst(roles, axes, "z", undefined);
  if (axes.length > 2) takeFirst(roles, axes, "c", "channel");
  const cDim = roles.indexOf("c");
  if (cDim >= 0 && (shape[cDim] ?? 0) > maxChannels) roles[cDim] = undefined;
  const shown = axes.map((_, dim) => dim).filter((dim) => roles[dim] !== "c");
  setDisplay(roles, shown.at(-2) ?? 0, shown.at(-1) ?? 1);
  return layoutOf(axes, roles, shape);
}

/** x, y and z among the axes of type space and the untyped ones; unnamed ones fill what is free, from the last dimension up. */
function spatialRoles(axes: readonly NgffAxis[]): (AxisRole | undefined)[] {
  const roles: (AxisRole | undefined)[] = axes.map(() => undefined);
  const free = new Set<AxisRole>(["x", "y", "z"]);
  for (const [dim, axis] of axes.entries()) {
    if (axis.type !== "space" && axis.type !== undefined) continue;
    const role = roleByName.get(axis.name.toLowerCase());
    if (role === undefined || !free.delete(role)) continue;
    roles[dim] = role;
  }
  for (const [dim, axis] of [...axes.entries()].reverse()) {
    if (axis.type !== "space" || roles[dim] !== undefined) continue;
    // A second "x" is not a z.
    if (["x", "y", "z"].includes(axis.name.toLowerCase())) continue;
    const [role] = free;
    if (role === undefined) break;
    free.delete(role);
    roles[dim] = role;
  }
  return roles;
}

/** Gives `role` to the first axis of `type`, else to the first untyped one with a fitting name. */
function takeFirst(
  roles: (AxisRole | undefined)[],
  axes: readonly NgffAxis[],
  role: AxisRole,
  type: string | undefined,
) {
  const byType = axes.findIndex((axis) => type !== undefined && axis.type === type);
  const byName = axes.findIndex(
    (axis, dim) =>
      axis.type === undefined &&
      roles[dim] === undefined &&
      roleByName.get(axis.name.toLowerCase()) === role,
  );
  const dim = byType >= 0 ? byType : byName;
  if (dim >= 0) roles[dim] = role;
}

/** Sees to it that there is exactly one y and one x. */
function chooseDisplay(roles: (AxisRole | undefined)[], axes: readonly NgffAxis[]) {
  if (roles.includes("y") && roles.includes("x")) return;
  const dims = axes.map((_, dim) => dim);
  const spatial = dims.filter((dim) => "zyx".includes(roles[dim] ?? "-"));
  const untaken = dims.filter((dim) => roles[dim] !== "t" && roles[dim] !== "c");
  // Whatever is there of space stays on display; the rest is filled up from the last dimension.
  for (const candidates of [spatial, untaken, dims]) {
    const chosen = new Set(spatial.slice(-2));
    for (const dim of [...candidates].reverse()) if (chosen.size < 2) chosen.add(dim);
    if (chosen.size < 2) continue;
    const [y = 0, x = 1] = [...chosen].sort((a, b) => a - b);
    setDisplay(roles, y, x);
    return;
  }
}

function setDisplay(roles: (AxisRole | undefined)[], yDim: number, xDim: number) {
  for (const [dim, role] of roles.entries()) {
    if (role === "y" || role === "x") roles[dim] = undefined;
  }
  roles[yDim] = "y";
  roles[xDim] = "x";
}

function layoutOf(
  axes: readonly NgffAxis[],
  roles: readonly (AxisRole | undefined)[],
  shape: readonly number[],
): AxisLayout {
  const cDim = roles.indexOf("c");
  return {
    axes: axes.map(({ name, unit, longName, orientation }, dim): Axis => {
      const size = shape[dim] ?? 1;
      return {
        ...{ name, role: roles[dim], dim, size, unit },
        ...(longName === undefined ? {} : { longName }),
        ...(orientation === undefined ? {} : { orientation }),
      };
    }),
    xDim: roles.indexOf("x"),
    yDim: roles.indexOf("y"),
    cDim: cDim < 0 ? undefined : cDim,
  };
}

/**
 * Axes for `ndim` dimensions of which the image says nothing usable: the names that the array has, else the last ones
 * of t, c, z, y, x (N1-01, N1-02).
 */
export function impliedAxes(ndim: number, names?: readonly (string | null)[]): readonly NgffAxis[] {
  const implied = ["t", "c", "z", "y", "x"];
  const taken = new Set<string>();
  return Array.from({ length: ndim }, (_, dim) => {
    const stated = names ? names[dim] : implied[dim + implied.length - ndim];
    const name = uniqueAxisName(stated, dim, taken);
    taken.add(name);
    return { name, type: undefined, unit: undefined };
  });
}
