import type { ViewState } from "../../layers/scene.ts";
import type { Rect } from "../../layers/tiles/rect.ts";
import type { CssSize } from "../../layers/tiles/view-framing.ts";

const longest = { widthPx: 168, heightPx: 128 };
const shortestPx = 12;
const smallestFramePx = 6;

/** Size of the navigator's picture: the image's shape within a box, a very long one no thinner than can be hit. */
export function navigatorSize({ x0, y0, x1, y1 }: Rect): CssSize {
  const [width, height] = [x1 - x0, y1 - y0];
  const scale = Math.min(longest.widthPx / width, longest.heightPx / height);
  return {
    widthPx: Math.max(shortestPx, Math.round(width * scale)),
    heightPx: Math.max(shortestPx, Math.round(height * scale)),
  };
}

/** A rectangle in CSS pixels of the navigator. */
export type Frame = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** Where the view lies on the navigator: as far as it is on the image, and never too small to be seen. */
export function viewFrame(
  view: ViewState,
  stage: CssSize,
  { x0, y0, x1, y1 }: Rect,
  navigator: CssSize,
): Frame {
  const along = (
    centre: number,
    min: number,
    max: number,
    stagePx: number,
    navigatorPx: number,
  ) => {
    const pxPerWorld = navigatorPx / (max - min);
    const half = (stagePx / 2) * 2 ** -view.zoom;
    const from = Math.max(0, (centre - half - min) * pxPerWorld);
    const to = Math.min(navigatorPx, (centre + half - min) * pxPerWorld);
    const length = Math.max(smallestFramePx, to - from);
    const start = Math.min(navigatorPx - length, Math.max(0, (from + to - length) / 2));
    return { start, length };
  };
  const x = along(view.target[0], x0, x1, stage.widthPx, navigator.widthPx);
  const y = along(view.target[1], y0, y1, stage.heightPx, navigator.heightPx);
  return { left: x.start, top: y.start, width: x.length, height: y.length };
}

/** The place in the world under a point of the navigator. */
export function worldOfPoint(
  [xPx, yPx]: readonly [number, number],
  { x0, y0, x1, y1 }: Rect,
  { widthPx, heightPx }: CssSize,
): [number, number] {
  return [x0 + (xPx / widthPx) * (x1 - x0), y0 + (yPx / heightPx) * (y1 - y0)];
}
