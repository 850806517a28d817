import { readAxes } from "../../zarr/array/read-grid.ts";
import type { ArrayHandle } from "../../zarr/chunks/chunk-request.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { type Affine, compose, identity, invert, scaleAndShift } from "./affine.ts";
import { type Rect, transformRect } from "./rect.ts";
import { type AxisTiling, tileAxisOf } from "./tile-grid.ts";

/**
 * One pyramid level seen as a plane of texels. In texel space, index i of the array covers [i, i + 1): it is the index space
 * of `worldFromIndex` shifted by half.
 */
export type PlaneLevel = {
  readonly index: number;
  readonly array: ArrayHandle;
  readonly worldFromTexel: Affine;
  readonly texelFromWorld: Affine;
  /** World size of one texel, positive. */
  readonly texelWidth: number;
  readonly texelHeight: number;
  readonly columns: AxisTiling;
  readonly rows: AxisTiling;
  /** World rectangle of the whole level. */
  readonly bounds: Rect;
  /** World rectangle of the image, which is that of its finest level: nothing is drawn outside. */
  readonly imageBounds: Rect;
};

/**
 * Levels of an image that can be placed in the world of the scene, finest first. A level with a scale of 0 or NaN has no place and is
 * left out.
 */
export function planeLevels(
  image: ImageModel,
  arrays: readonly ArrayHandle[],
  sceneFromWorld: Affine = identity,
): readonly PlaneLevel[] {
  const { xDim, yDim } = image.axes;
  const levels: PlaneLevel[] = [];
  let imageBounds: Rect | undefined;
  for (const [index, level] of image.levels.entries()) {
    const array = arrays[index];
    const { scale, translation } = level.worldFromIndex;
    const scaleX = scale[xDim] ?? Number.NaN;
    const scaleY = scale[yDim] ?? Number.NaN;
    const worldFromTexel = compose(
      sceneFromWorld,
      scaleAndShift(
        scaleX,
        (translation[xDim] ?? Number.NaN) - scaleX / 2,
        scaleY,
        (translation[yDim] ?? Number.NaN) - scaleY / 2,
      ),
    );
    const texelFromWorld = invert(worldFromTexel);
    const width = level.shape[xDim] ?? 0;
    const height = level.shape[yDim] ?? 0;
    if (!array || !texelFromWorld || width <= 0 || height <= 0) continue;
    const bounds = transformRect(worldFromTexel, { x0: 0, y0: 0, x1: width, y1: height });
    imageBounds ??= bounds;
    const grid = readAxes(array.metadata);
    levels.push({
      index,
      array,
      worldFromTexel,
      texelFromWorld,
      texelWidth: Math.abs(worldFromTexel.xx),
      texelHeight: Math.abs(worldFromTexel.yy),
      columns: tileAxisOf(grid[xDim]!),
      rows: tileAxisOf(grid[yDim]!),
      bounds,
      imageBounds,
    });
  }
  return levels;
}
