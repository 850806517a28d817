import type { ChunkAxis } from "../../zarr/array/chunk-axis.ts";
import { readAxes } from "../../zarr/array/read-grid.ts";
import type { ArrayHandle } from "../../zarr/chunks/chunk-request.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { type Affine, compose, identity, invert, scaleAndShift } from "./affine.ts";
import { type Area, areaOf } from "./area.ts";
import { planeWorldFromIndex, stepLengths } from "./plane-affine.ts";
import type { Rect } from "./rect.ts";
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
  /** Lengths of a texel's sides in the world, positive. */
  readonly texelWidth: number;
  readonly texelHeight: number;
  readonly columns: AxisTiling;
  readonly rows: AxisTiling;
  /** World rectangle around the whole level. */
  readonly bounds: Rect;
  /** What the image covers, which is what its finest level does: nothing is drawn outside. */
  readonly imageArea: Area;
};

/** The rows of a strip, whose array has no such dimension. */
const oneRow: ChunkAxis = { kind: "even", size: 1, length: 1 };

/** Texel i covers [i, i + 1); its centre is the whole index i. */
const indexFromTexel = scaleAndShift(1, -0.5, 1, -0.5);

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
  let imageArea: Area | undefined;
  for (const [index, level] of image.levels.entries()) {
    const array = arrays[index];
    const sceneFromIndex = compose(sceneFromWorld, planeWorldFromIndex(level, image.axes));
    const worldFromTexel = compose(sceneFromIndex, indexFromTexel);
    const texelFromWorld = invert(worldFromTexel);
    const width = level.shape[xDim] ?? 0;
    const height = level.shape[yDim] ?? 0;
    if (!array || !texelFromWorld || width <= 0 || height <= 0) continue;
    const area = areaOf(worldFromTexel, { x0: 0, y0: 0, x1: width, y1: height });
    imageArea ??= area;
    const [texelWidth, texelHeight] = stepLengths(worldFromTexel);
    const grid = readAxes(array.metadata);
    levels.push({
      index,
      array,
      worldFromTexel,
      texelFromWorld,
      texelWidth,
      texelHeight,
      columns: tileAxisOf(grid[xDim]!),
      rows: tileAxisOf(grid[yDim] ?? oneRow),
      bounds: area.world,
      imageArea,
    });
  }
  return levels;
}
