import type { AxisLayout, PyramidLevel } from "../../zarr/image/image-model.ts";
import type { Affine } from "./affine.ts";

/** World x and y of the indices along the display axes [x, y] of one level: pixel centres, at whole numbers. */
export function planeWorldFromIndex(
  { worldFromIndex: { scale, translation, shear } }: Pick<PyramidLevel, "worldFromIndex">,
  { xDim, yDim }: Pick<AxisLayout, "xDim" | "yDim">,
): Affine {
  return {
    xx: scale[xDim] ?? Number.NaN,
    xy: shear?.xFromY ?? 0,
    x0: translation[xDim] ?? Number.NaN,
    yx: shear?.yFromX ?? 0,
    yy: scale[yDim] ?? Number.NaN,
    y0: translation[yDim] ?? Number.NaN,
  };
}

/** Lengths in the world of one step along x and along y of a map. */
export function stepLengths({ xx, xy, yx, yy }: Affine): readonly [number, number] {
  return [length(xx, yx), length(xy, yy)];
}

/** As Math.hypot, which rounds where one part is 0 in some engines. */
function length(a: number, b: number): number {
  if (a === 0 || b === 0) return Math.abs(a) + Math.abs(b);
  return Math.hypot(a, b);
}
