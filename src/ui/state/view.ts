import type { ViewState } from "../../layers/scene.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";

/** A rectangle in world units of the two display axes, min below max. */
export type WorldExtent = {
  readonly min: readonly [number, number];
  readonly max: readonly [number, number];
};

/** Size of the canvas in CSS pixels. */
export type CanvasSize = { readonly widthPx: number; readonly heightPx: number };

/** Least and greatest zoom that show something of use. */
export type ZoomLimits = { readonly min: number; readonly max: number };

/** The image is never drawn smaller than this, nor one of its pixels larger. */
const smallestImagePx = 32;
const largestPixelPx = 256;
const fitMargin = 0.04;

function interval(scale: number, translation: number, size: number): [number, number] {
  const a = translation - scale / 2;
  const b = translation + scale * (size - 0.5);
  return [Math.min(a, b), Math.max(a, b)];
}

/** What the finest level covers, from pixel edge to pixel edge. */
export function imageExtent(image: ImageModel): WorldExtent {
  const { xDim, yDim } = image.axes;
  const level = image.levels[0];
  if (level === undefined) return { min: [0, 0], max: [1, 1] };
  const { scale, translation } = level.worldFromIndex;
  const [x0, x1] = interval(scale[xDim] ?? 1, translation[xDim] ?? 0, level.shape[xDim] ?? 1);
  const [y0, y1] = interval(scale[yDim] ?? 1, translation[yDim] ?? 0, level.shape[yDim] ?? 1);
  return { min: [x0, y0], max: [x1, y1] };
}

function fitZoom(extent: WorldExtent, { widthPx, heightPx }: CanvasSize): number {
  const width = extent.max[0] - extent.min[0];
  const height = extent.max[1] - extent.min[1];
  return Math.log2(Math.min(Math.max(1, widthPx) / width, Math.max(1, heightPx) / height));
}

/** The whole image, in the middle, with a little air around it. */
export function fitView(extent: WorldExtent, size: CanvasSize): ViewState {
  const target: [number, number] = [
    (extent.min[0] + extent.max[0]) / 2,
    (extent.min[1] + extent.max[1]) / 2,
  ];
  return { target, zoom: fitZoom(extent, size) + Math.log2(1 - 2 * fitMargin) };
}

/** World units per index of the finest level along the display axes: [x, y]. */
function finestPixelWorld(image: ImageModel): readonly [number, number] {
  const scale = image.levels[0]?.worldFromIndex.scale ?? [];
  return [Math.abs(scale[image.axes.xDim] ?? 1), Math.abs(scale[image.axes.yDim] ?? 1)];
}

/** From the image as a stamp to one of its pixels as a tile; always includes the fitted and the 1:1 view. */
export function zoomLimits(image: ImageModel, size: CanvasSize): ZoomLimits {
  const extent = imageExtent(image);
  const fitted = fitView(extent, size).zoom;
  const pixel = Math.min(...finestPixelWorld(image));
  const stamp = fitZoom(extent, { widthPx: smallestImagePx, heightPx: smallestImagePx });
  return {
    min: Math.min(fitted, stamp),
    max: Math.max(fitted, Math.log2(largestPixelPx / pixel)),
  };
}

/** Keeps the zoom within its limits and the centre of the view on the image; undefined if a number is not finite. */
export function clampView(
  view: ViewState,
  image: ImageModel,
  size: CanvasSize,
): ViewState | undefined {
  const { zoom, target } = view;
  if (![zoom, ...target].every(Number.isFinite)) return undefined;
  const { min, max } = imageExtent(image);
  const limits = zoomLimits(image, size);
  return {
    target: [
      Math.max(min[0], Math.min(max[0], target[0])),
      Math.max(min[1], Math.min(max[1], target[1])),
    ],
    zoom: Math.max(limits.min, Math.min(limits.max, zoom)),
  };
}

/** Moves the centre by a number of CSS pixels, to the right and down. */
export function panBy(view: ViewState, dxPx: number, dyPx: number): ViewState {
  const worldPerPx = 2 ** -view.zoom;
  return {
    target: [view.target[0] + dxPx * worldPerPx, view.target[1] + dyPx * worldPerPx],
    zoom: view.zoom,
  };
}

/** Zooms by a factor of 2^delta about a point in CSS pixels from the canvas' corner: what lies there stays there. */
export function zoomAt(
  view: ViewState,
  size: CanvasSize,
  [xPx, yPx]: readonly [number, number],
  delta: number,
): ViewState {
  const zoom = view.zoom + delta;
  const shift = 2 ** -view.zoom - 2 ** -zoom;
  return {
    target: [
      view.target[0] + (xPx - size.widthPx / 2) * shift,
      view.target[1] + (yPx - size.heightPx / 2) * shift,
    ],
    zoom,
  };
}

/** Whether no part of the image lies outside the canvas. */
export function showsWhole(view: ViewState, extent: WorldExtent, size: CanvasSize): boolean {
  const worldPerPx = 2 ** -view.zoom;
  const halves = [size.widthPx * worldPerPx * 0.5, size.heightPx * worldPerPx * 0.5] as const;
  return ([0, 1] as const).every(
    (axis) =>
      extent.min[axis] >= view.target[axis] - halves[axis] &&
      extent.max[axis] <= view.target[axis] + halves[axis],
  );
}
