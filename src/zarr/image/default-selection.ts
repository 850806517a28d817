import type { Axis, AxisLayout, Selection } from "./image-model.ts";

/**
 * What is shown first: the plane that `omero.rdefs` names, inside the bounds (N4-39), else the middle z and the first index
 * of every other axis. 0-based.
 */
export function defaultSelection(
  { axes, xDim, yDim, cDim }: AxisLayout,
  stated:
    | { readonly defaultZ: number | undefined; readonly defaultT: number | undefined }
    | undefined,
): Selection {
  const sliders = axes.filter(({ dim }) => dim !== xDim && dim !== yDim && dim !== cDim);
  return Object.fromEntries(sliders.map((axis) => [axis.name, firstIndex(axis, stated)]));
}

function firstIndex(
  { role, size }: Axis,
  stated:
    | { readonly defaultZ: number | undefined; readonly defaultT: number | undefined }
    | undefined,
): number {
  if (role === "z") return clamp(stated?.defaultZ ?? Math.floor(size / 2), size);
  if (role === "t") return clamp(stated?.defaultT ?? 0, size);
  return 0;
}

function clamp(index: number, size: number): number {
  return Math.min(Math.max(Math.round(index), 0), Math.max(size - 1, 0));
}
