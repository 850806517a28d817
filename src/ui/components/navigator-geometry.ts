import type { ViewState } from "../../layers/scene.ts";
import type { CanvasSize, WorldExtent } from "../state/view.ts";

const longest = { widthPx: 168, heightPx: 128 };
const shortestPx = 12;
const smallestFramePx = 6;

/** Size of the navigator's picture: the image's shape within a box, a very long one no thinner than can be hit. */
export function navigatorSize({ min, max }: WorldExtent): CanvasSize {
  const [width, height] = [max[0] - min[0], max[1] - min[1]];
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
  stage: CanvasSize,
  { min, max }: WorldExtent,
  navigator: CanvasSize,
): Frame {
  const along = (axis: 0 | 1, stagePx: number, navigatorPx: number) => {
    const pxPerWorld = navigatorPx / (max[axis] - min[axis]);
    const half = (stagePx / 2) * 2 ** -view.zoom;
    const from = Math.max(0, (view.target[axis] - half - min[axis]) * pxPerWorld);
    const to = Math.min(navigatorPx, (view.target[axis] + half - min[axis]) * pxPerWorld);
    const length = Math.max(smallestFramePx, to - from);
    const start = Math.min(navigatorPx - length, Math.max(0, (from + to - length) / 2));
    return { start, length };
  };
  const x = along(0, stage.widthPx, navigator.widthPx);
  const y = along(1, stage.heightPx, navigator.heightPx);
  return { left: x.start, top: y.start, width: x.length, height: y.length };
}

/** The place in the world under a point of the navigator. */
export function worldOfPoint(
  [xPx, yPx]: readonly [number, number],
  { min, max }: WorldExtent,
  { widthPx, heightPx }: CanvasSize,
): [number, number] {
  return [
    min[0] + (xPx / widthPx) * (max[0] - min[0]),
    min[1] + (yPx / heightPx) * (max[1] - min[1]),
  ];
}
