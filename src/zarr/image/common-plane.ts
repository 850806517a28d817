import type { Axis, AxisLayout, PyramidLevel, WorldFromIndex } from "./image-model.ts";
import { lengthUnit, unitSymbol } from "./units.ts";

/** Axes and levels of an image, as far as its plane is concerned. */
export type Placed = { readonly axes: AxisLayout; readonly levels: readonly PyramidLevel[] };

/** How the two display axes were brought together; "index": their units have nothing in common. */
export type PlaneUnits = "alike" | "converted" | "index";

/**
 * The same image with one unit along both display axes, so that the plane has a shape: lengths of different units are converted to that
 * of x; axes that have nothing in common (a length and a time, a unit and none) are both shown by index. A turned plane stays as it is.
 */
export function withCommonPlane(placed: Placed): Placed & { readonly units: PlaneUnits } {
  const { axes, levels } = placed;
  const [x, y] = [axes.axes[axes.xDim], axes.axes[axes.yDim]];
  const isTurned = levels.some(({ worldFromIndex }) => worldFromIndex.shear !== undefined);
  if (!x || !y || isTurned || isAlike(x.unit, y.unit)) return { ...placed, units: "alike" };
  const [xLength, yLength] = [lengthUnit(x.unit), lengthUnit(y.unit)];
  if (!xLength || !yLength) return { ...inIndexSpace(placed), units: "index" };
  const factor = yLength.metres / xLength.metres;
  return {
    axes: withUnit(axes, y.dim, x.unit),
    levels: levels.map((level) => withPlacement(level, y.dim, factor, 0)),
    units: "converted",
  };
}

/** Both display axes by the index of the finest level, without a unit. Levels keep their places to each other; flips stay flips. */
export function inIndexSpace({ axes, levels }: Placed): Placed {
  const finest = levels[0]?.worldFromIndex;
  let placed: Placed = { axes, levels: levels.map(withoutShear) };
  for (const dim of [axes.xDim, axes.yDim]) {
    const step = Math.abs(finest?.scale[dim] ?? 1);
    const origin = finest?.translation[dim] ?? 0;
    placed = {
      axes: withUnit(placed.axes, dim, undefined),
      levels: placed.levels.map((level) => withPlacement(level, dim, 1 / step, -origin / step)),
    };
  }
  return placed;
}

function isAlike(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || unitSymbol(a) === unitSymbol(b);
}

function withUnit(layout: AxisLayout, dim: number, unit: string | undefined): AxisLayout {
  const axes = layout.axes.map((axis): Axis => (axis.dim === dim ? { ...axis, unit } : axis));
  return { ...layout, axes };
}

function withoutShear(level: PyramidLevel): PyramidLevel {
  const { scale, translation } = level.worldFromIndex;
  return { ...level, worldFromIndex: { scale, translation } };
}

/** The level with `factor · position + shift` along one dimension. */
function withPlacement(
  level: PyramidLevel,
  dim: number,
  factor: number,
  shift: number,
): PyramidLevel {
  const { scale, translation } = level.worldFromIndex;
  const worldFromIndex: WorldFromIndex = {
    ...level.worldFromIndex,
    scale: scale.map((s, d) => (d === dim ? s * factor : s)),
    translation: translation.map((t, d) => (d === dim ? t * factor + shift : t)),
  };
  return { ...level, worldFromIndex };
}
