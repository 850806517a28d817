import { finestPixel } from "../../layers/tiles/plane-affine.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { lengthUnit, unitSymbol } from "../../zarr/image/units.ts";
import { type ScaleBarModel, scaleBar } from "./scale-bar.ts";

/** Below this difference two pixel sizes count as one. */
const squareTolerance = 0.01;

/**
 * The scale bar of an image at a zoom (log2 of CSS pixels per world unit), along x: a length where the axis has one, the axis' own unit
 * where that is no length, else pixels of the finest level; never an invented unit.
 */
export function imageScaleBar(image: ImageModel, zoom: number): ScaleBarModel | undefined {
  const { axes, xDim } = image.axes;
  const unit = axes[xDim]?.unit;
  const worldPerPx = 2 ** -zoom;
  const length = lengthUnit(unit);
  if (length !== undefined) return scaleBar(worldPerPx * length.metres, undefined);
  if (unit !== undefined) return scaleBar(worldPerPx, unitSymbol(unit));
  return scaleBar(worldPerPx / finestPixel(image)[0], "px");
}

/** True if the bar does not hold along y: the display axes have different units, or none and pixels that are not square. */
export function holdsAlongXOnly(image: ImageModel): boolean {
  const { axes, xDim, yDim } = image.axes;
  const unit = axes[xDim]?.unit;
  if (unit !== axes[yDim]?.unit) return true;
  if (unit !== undefined) return false;
  const [width, height] = finestPixel(image);
  return Math.abs(height / width - 1) > squareTolerance;
}
