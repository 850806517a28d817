import type { AxisLayout, ImageModel, PyramidLevel } from "../../zarr/image/image-model.ts";
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

/** World sizes of a pixel of the finest level along the display axes [x, y], positive. */
export function finestPixel({
  axes,
  levels,
}: Pick<ImageModel, "axes" | "levels">): readonly [number, number] {
  const finest = levels[0];
  if (!finest) return [1, 1];
  return stepLengths(planeWorldFromIndex(finest, axes));
}

/** Indices along the display axes [x, y] of a level at a place in the world; whole numbers at pixel centres. */
export function planeIndexAt(
  level: Pick<PyramidLevel, "worldFromIndex">,
  axes: Pick<AxisLayout, "xDim" | "yDim">,
  [worldX, worldY]: readonly [number, number],
): readonly [number, number] {
  const { xx, xy, x0, yx, yy, y0 } = planeWorldFromIndex(level, axes);
  const [x, y] = [worldX - x0, worldY - y0];
  // Divided, not multiplied by a reciprocal: a pixel's centre must come out whole.
  if (xy === 0 && yx === 0) return [x / xx, y / yy];
  const determinant = xx * yy - xy * yx;
  return [(yy * x - xy * y) / determinant, (xx * y - yx * x) / determinant];
}
