import type { ViewState } from "../../layers/scene.ts";
import type { Rect } from "../../layers/tiles/rect.ts";
import { type CssSize, clampView } from "../../layers/tiles/view-framing.ts";
import type { ViewerState } from "./viewer-state.ts";

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
  size: CssSize,
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

/** Whether no part of the rectangle lies outside the canvas. */
export function showsWhole(
  { target: [x, y], zoom }: ViewState,
  { x0, y0, x1, y1 }: Rect,
  size: CssSize,
): boolean {
  const halfWidth = (size.widthPx / 2) * 2 ** -zoom;
  const halfHeight = (size.heightPx / 2) * 2 ** -zoom;
  return x0 >= x - halfWidth && x1 <= x + halfWidth && y0 >= y - halfHeight && y1 <= y + halfHeight;
}

/** The point of the world under a point in CSS pixels from the canvas' corner. */
export function worldAt(
  { target: [x, y], zoom }: ViewState,
  size: CssSize,
  [xPx, yPx]: readonly [number, number],
): [number, number] {
  const worldPerPx = 2 ** -zoom;
  return [x + (xPx - size.widthPx / 2) * worldPerPx, y + (yPx - size.heightPx / 2) * worldPerPx];
}

/**
 * A view that is asked for, within the limits of what is open; undefined if nothing is, or a number is not finite.
 * @param size of the canvas; before there is one its limits are unknown, and are kept once it is there (`FittedView.start`)
 */
export function permittedView(
  { source }: Pick<ViewerState, "source">,
  view: ViewState,
  size: CssSize | undefined,
): ViewState | undefined {
  if (source.status !== "open" || ![view.zoom, ...view.target].every(Number.isFinite)) {
    return undefined;
  }
  return size ? clampView(view, source.framing, size) : view;
}
