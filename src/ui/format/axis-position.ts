import { finestPixel } from "../../layers/tiles/plane-affine.ts";
import type { Axis, ImageModel } from "../../zarr/image/image-model.ts";
import { unitSymbol } from "../../zarr/image/units.ts";
import { formatCoordinate } from "./format-number.ts";

/** Where an index of the finest level lies in the world, e.g. "59.0 µm"; undefined for axes without a unit. */
export function axisPosition(image: ImageModel, axis: Axis, index: number): string | undefined {
  if (axis.unit === undefined) return undefined;
  const { scale, translation } = image.levels[0]?.worldFromIndex ?? { scale: [], translation: [] };
  const step = scale[axis.dim] ?? 1;
  const world = step * index + (translation[axis.dim] ?? 0);
  return `${formatCoordinate(world, step)} ${unitSymbol(axis.unit)}`;
}

/** How far an axis reaches in the world, edge to edge, e.g. "97.6 µm"; undefined without a unit. */
export function axisLength(image: ImageModel, axis: Axis): string | undefined {
  if (axis.unit === undefined) return undefined;
  const { xDim, yDim } = image.axes;
  const shown = [xDim, yDim].indexOf(axis.dim);
  // A turned axis is as long as its pixels are, not as its part along the world's axis.
  const step =
    finestPixel(image)[shown] ?? Math.abs(image.levels[0]?.worldFromIndex.scale[axis.dim] ?? 1);
  return `${formatCoordinate(step * axis.size, step)} ${unitSymbol(axis.unit)}`;
}
