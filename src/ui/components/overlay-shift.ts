import type { ViewState } from "../../layers/scene.ts";
import type { CssSize } from "../../layers/tiles/view-framing.ts";
import { plateBounds } from "../../zarr/plate/plate-layout.ts";
import type { PlateModel } from "../../zarr/plate/plate-model.ts";
import { headerPx } from "./plate-drawing.ts";

/** What was drawn, and from where it was seen. */
export type Overlaid = { readonly view: ViewState; readonly size: CssSize };

/**
 * By how many CSS pixels what was drawn over a plate lies elsewhere now; undefined if it has to be drawn anew, because the zoom is another, or since some of
 * it was or is outside the canvas, or held at its edge. Whole device pixels, as lines are drawn.
 */
export function overlayShift(
  model: Pick<PlateModel, "rows" | "columns">,
  before: Overlaid,
  now: Overlaid,
  devicePixelRatio: number,
): readonly [number, number] | undefined {
  const isAlike =
    before.view.zoom === now.view.zoom &&
    before.size.widthPx === now.size.widthPx &&
    before.size.heightPx === now.size.heightPx;
  if (!isAlike || !isWhole(model, before) || !isWhole(model, now)) return undefined;
  const scale = 2 ** now.view.zoom;
  const shifted = (from: number, to: number) =>
    Math.round((from - to) * scale * devicePixelRatio) / devicePixelRatio;
  return [
    shifted(before.view.target[0], now.view.target[0]),
    shifted(before.view.target[1], now.view.target[1]),
  ];
}

/** Whether all of the plate, with the names beside it, is on the canvas. */
function isWhole(
  model: Pick<PlateModel, "rows" | "columns">,
  { view: { target, zoom }, size: { widthPx, heightPx } }: Overlaid,
): boolean {
  const scale = 2 ** zoom;
  const { x0, y0, x1, y1 } = plateBounds(model);
  const left = (x0 - target[0]) * scale + widthPx / 2;
  const top = (y0 - target[1]) * scale + heightPx / 2;
  const right = (x1 - target[0]) * scale + widthPx / 2;
  const bottom = (y1 - target[1]) * scale + heightPx / 2;
  // Names longer than this are drawn anew, to be on the safe side.
  const isShort = model.rows.every((name) => name.length <= 3);
  const beside = headerPx + 4;
  return isShort && left >= beside && top >= beside && right <= widthPx && bottom <= heightPx;
}
