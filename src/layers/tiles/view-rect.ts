import type { ViewState } from "../scene.ts";
import { type Affine, scaleAndShift } from "./affine.ts";
import type { Rect } from "./rect.ts";

/** Size of a canvas in CSS pixels, and device pixels per CSS pixel. */
export type CanvasSize = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
};

/** What a view shows: a world rectangle, and how much world one device pixel covers along x and along y. */
export type ViewRect = Rect & { readonly worldPerDevicePixel: number };

/** The size of a canvas as it is laid out and buffered now. */
export function canvasSize(canvas: HTMLCanvasElement): CanvasSize {
  const widthPx = canvas.clientWidth;
  return {
    widthPx,
    heightPx: canvas.clientHeight,
    devicePixelRatio: widthPx > 0 ? canvas.width / widthPx : 1,
  };
}

/** As `viewRect`; undefined while the canvas has no size. */
export function shownRect(view: ViewState, size: CanvasSize): ViewRect | undefined {
  return size.widthPx > 0 && size.heightPx > 0 ? viewRect(view, size) : undefined;
}

/** The rectangle of the world that `view` shows on a canvas of this size. */
export function viewRect(view: ViewState, size: CanvasSize): ViewRect {
  const worldPerPixel = 2 ** -view.zoom;
  const [x, y] = view.target;
  const halfWidth = (size.widthPx / 2) * worldPerPixel;
  const halfHeight = (size.heightPx / 2) * worldPerPixel;
  return {
    x0: x - halfWidth,
    y0: y - halfHeight,
    x1: x + halfWidth,
    y1: y + halfHeight,
    worldPerDevicePixel: worldPerPixel / size.devicePixelRatio,
  };
}

/**
 * Device pixels (origin top left, pixel i covers [i, i + 1)) from world. The world's y grows downwards, as row indices do.
 */
export function deviceFromWorld(view: ViewState, size: CanvasSize): Affine {
  const devicePerWorld = 2 ** view.zoom * size.devicePixelRatio;
  const [x, y] = view.target;
  return scaleAndShift(
    devicePerWorld,
    (size.widthPx / 2) * size.devicePixelRatio - x * devicePerWorld,
    devicePerWorld,
    (size.heightPx / 2) * size.devicePixelRatio - y * devicePerWorld,
  );
}

/** World position of a point in CSS pixels from the canvas' top left corner. */
export function worldFromCanvas(
  view: ViewState,
  size: CanvasSize,
  xPx: number,
  yPx: number,
): [number, number] {
  const worldPerPixel = 2 ** -view.zoom;
  return [
    view.target[0] + (xPx - size.widthPx / 2) * worldPerPixel,
    view.target[1] + (yPx - size.heightPx / 2) * worldPerPixel,
  ];
}
