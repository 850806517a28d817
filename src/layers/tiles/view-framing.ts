import type { ImageModel } from "../../zarr/image/image-model.ts";
import type { ViewState } from "../scene.ts";
import { imageBounds } from "./plane-level.ts";
import type { CanvasSize } from "./view-rect.ts";

/** CSS pixels left free around a fitted image. */
const fitMarginPx = 16;
/** CSS pixels that one texel of the finest level may fill. */
const largestTexelPx = 256;
/** How far, as a power of two, one may zoom out from the whole image. */
const outBeyondFit = 3;

/** The view that shows the whole image, centred. */
export function fitView(image: ImageModel, size: CanvasSize): ViewState {
  const { x0, y0, x1, y1 } = imageBounds(image);
  const width = Math.max(size.widthPx - 2 * fitMarginPx, size.widthPx / 2, 1);
  const height = Math.max(size.heightPx - 2 * fitMarginPx, size.heightPx / 2, 1);
  const zoom = Math.log2(Math.min(width / (x1 - x0), height / (y1 - y0)));
  return { target: [(x0 + x1) / 2, (y0 + y1) / 2], zoom: Number.isFinite(zoom) ? zoom : 0 };
}

/**
 * The view at which one index of the finest level is one device pixel (along the axis with the smaller pixels), near
 * `current`'s target: moved by less than a pixel, so that texels and device pixels coincide.
 */
export function oneToOneView(image: ImageModel, current: ViewState, size: CanvasSize): ViewState {
  const pixel = finestPixel(image);
  const { x0, y0 } = imageBounds(image);
  const deviceWidth = Math.round(size.widthPx * size.devicePixelRatio);
  const deviceHeight = Math.round(size.heightPx * size.devicePixelRatio);
  return {
    target: [
      x0 + snapped((current.target[0] - x0) / pixel, deviceWidth) * pixel,
      y0 + snapped((current.target[1] - y0) / pixel, deviceHeight) * pixel,
    ],
    zoom: Math.log2(1 / (pixel * size.devicePixelRatio)),
  };
}

/** Nearest position of the view's centre, in texels, with whole texels between it and the canvas' edge. */
function snapped(texels: number, deviceLength: number): number {
  const half = (deviceLength % 2) / 2;
  return Math.round(texels - half) + half;
}

/** Limits of the zoom by hand: from a small image in the middle to texels that fill the hand. */
export function zoomLimits(
  image: ImageModel,
  size: CanvasSize,
): { readonly min: number; readonly max: number } {
  const max = Math.log2(largestTexelPx / finestPixel(image));
  return { min: Math.min(fitView(image, size).zoom - outBeyondFit, max), max };
}

/** World size of the finest level's pixel along the axis where it is smaller. */
function finestPixel(image: ImageModel): number {
  const scale = image.levels[0]?.worldFromIndex.scale ?? [];
  const width = Math.abs(scale[image.axes.xDim] ?? 1);
  const height = Math.abs(scale[image.axes.yDim] ?? 1);
  const pixel = Math.min(width, height);
  return pixel > 0 && Number.isFinite(pixel) ? pixel : 1;
}
