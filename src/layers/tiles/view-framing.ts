import type { ImageModel } from "../../zarr/image/image-model.ts";
import { intensityLayers, type Scene, type ViewState } from "../scene.ts";
import { planeWorldFromIndex, stepLengths } from "./plane-affine.ts";
import { type Rect, transformRect, union } from "./rect.ts";
import type { CanvasSize } from "./view-rect.ts";

/** Lengths beside something, in CSS pixels. */
export type Room = Readonly<Record<"left" | "top" | "right" | "bottom", number>>;

/** What views are framed by: the world rectangle that there is to see, and the world size of its smallest pixel. */
export type Framing = {
  readonly bounds: Rect;
  readonly pixelWorld: number;
  /** What a fitted view leaves free for what stands beside the picture or floats over it; without it a little air. */
  readonly room?: Room;
};

/** Size of a canvas in CSS pixels. */
export type CssSize = Pick<CanvasSize, "widthPx" | "heightPx">;

/** Least and greatest zoom that show something of use. */
export type ZoomLimits = { readonly min: number; readonly max: number };

/** What is framed is never drawn smaller than this, nor one of its pixels larger. */
const smallestImagePx = 32;
const largestPixelPx = 256;
const fitMargin = 0.04;
/** However little canvas there is, so much of it is the picture's. */
const leastShare = 0.6;

const noRoom: Room = { left: 0, top: 0, right: 0, bottom: 0 };

const nothing: Framing = { bounds: { x0: 0, y0: 0, x1: 1, y1: 1 }, pixelWorld: 1 };

/** The framing of an image by itself, its finest level from pixel edge to pixel edge, or of all images of a scene. */
export function imageFraming(image: ImageModel): Framing {
  if (image.parts) {
    const framings = image.parts.map((part) => imageFraming(part.image));
    const bounds = union(framings.map((framing) => framing.bounds));
    const pixelWorld = Math.min(...framings.map((framing) => framing.pixelWorld));
    return bounds ? { bounds, pixelWorld } : nothing;
  }
  const finest = image.levels[0];
  if (!finest) return nothing;
  const { xDim, yDim } = image.axes;
  const worldFromIndex = planeWorldFromIndex(finest, image.axes);
  const [width, height] = [finest.shape[xDim] ?? 1, finest.shape[yDim] ?? 1];
  const edges = { x0: -0.5, y0: -0.5, x1: width - 0.5, y1: height - 0.5 };
  return {
    bounds: transformRect(worldFromIndex, edges),
    pixelWorld: pixelSize(...stepLengths(worldFromIndex)),
  };
}

/** The framing of all that a scene shows. */
export function sceneFraming(scene: Scene): Framing {
  if (scene.framing) return scene.framing;
  const pictures = intensityLayers(scene);
  // Labels that are switched on must not move anything.
  const layers = pictures.length > 0 ? pictures : scene.layers;
  const finest = layers.flatMap(({ members }) =>
    members.flatMap(({ levels: [level] }) => level ?? []),
  );
  const bounds = union(finest.map((level) => level.bounds));
  if (!bounds) return nothing;
  const pixels = finest.map(({ texelWidth, texelHeight }) => pixelSize(texelWidth, texelHeight));
  return { bounds, pixelWorld: Math.min(...pixels) };
}

function pixelSize(width: number, height: number): number {
  const pixel = Math.min(width, height);
  return pixel > 0 && Number.isFinite(pixel) ? pixel : 1;
}

function fitZoom({ x0, y0, x1, y1 }: Rect, { widthPx, heightPx }: CssSize): number {
  const zoom = Math.log2(
    Math.min(Math.max(1, widthPx) / (x1 - x0), Math.max(1, heightPx) / (y1 - y0)),
  );
  return Number.isFinite(zoom) ? zoom : 0;
}

/** All that there is to see, in the middle of what room there is for it. */
export function fitView(
  { bounds, room = noRoom }: Pick<Framing, "bounds" | "room">,
  { widthPx, heightPx }: CssSize,
): ViewState {
  const { x0, y0, x1, y1 } = bounds;
  const [left, right] = margins(room.left, room.right, widthPx);
  const [top, bottom] = margins(room.top, room.bottom, heightPx);
  const free = { widthPx: widthPx - left - right, heightPx: heightPx - top - bottom };
  const zoom = fitZoom(bounds, free);
  const half = 2 ** -zoom / 2;
  return {
    target: [(x0 + x1) / 2 + (right - left) * half, (y0 + y1) / 2 + (bottom - top) * half],
    zoom,
  };
}

/** The room before and after the picture along a side of the canvas, in CSS pixels. */
function margins(before: number, after: number, length: number): readonly [number, number] {
  const least = fitMargin * length;
  const [from, to] = [Math.max(least, before), Math.max(least, after)];
  const squeezed = Math.min(1, ((1 - leastShare) * length) / (from + to || 1));
  return [from * squeezed, to * squeezed];
}

/** From the whole as a stamp to one pixel as a tile; always includes the fitted and the 1:1 view. */
export function zoomLimits(framing: Framing, size: CssSize): ZoomLimits {
  const fitted = fitView(framing, size).zoom;
  const stamp = fitZoom(framing.bounds, { widthPx: smallestImagePx, heightPx: smallestImagePx });
  return {
    min: Math.min(fitted, stamp),
    max: Math.max(fitted, Math.log2(largestPixelPx / framing.pixelWorld)),
  };
}

/** Keeps the zoom within its limits and the centre of the view on what there is; undefined if a number is not finite. */
export function clampView(
  { zoom, target }: ViewState,
  framing: Framing,
  size: CssSize,
): ViewState | undefined {
  if (![zoom, ...target].every(Number.isFinite)) return undefined;
  const { x0, y0, x1, y1 } = framing.bounds;
  const { min, max } = zoomLimits(framing, size);
  const [x, y] = target;
  return {
    target: [Math.max(x0, Math.min(x1, x)), Math.max(y0, Math.min(y1, y))],
    zoom: Math.max(min, Math.min(max, zoom)),
  };
}

/**
 * The view at which the smallest pixel is one device pixel, near `current`'s target: moved by less than a pixel, so that texels and device
 * pixels coincide.
 */
export function oneToOneView(
  { bounds, pixelWorld }: Framing,
  current: ViewState,
  size: CanvasSize,
): ViewState {
  const { x0, y0 } = bounds;
  const deviceWidth = Math.round(size.widthPx * size.devicePixelRatio);
  const deviceHeight = Math.round(size.heightPx * size.devicePixelRatio);
  return {
    target: [
      x0 + snapped((current.target[0] - x0) / pixelWorld, deviceWidth) * pixelWorld,
      y0 + snapped((current.target[1] - y0) / pixelWorld, deviceHeight) * pixelWorld,
    ],
    zoom: Math.log2(1 / (pixelWorld * size.devicePixelRatio)),
  };
}

/** Nearest position of the view's centre, in texels, with whole texels between it and the canvas' edge. */
function snapped(texels: number, deviceLength: number): number {
  const half = (deviceLength % 2) / 2;
  return Math.round(texels - half) + half;
}
