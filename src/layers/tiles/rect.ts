import { type Affine, transformPoint } from "./affine.ts";

/** An axis-aligned rectangle, x0 ≤ x1 and y0 ≤ y1, in whatever space its name says. */
export type Rect = {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
};

/** The common part; undefined if it has no area. */
export function intersection(a: Rect, b: Rect): Rect | undefined {
  const x0 = Math.max(a.x0, b.x0);
  const y0 = Math.max(a.y0, b.y0);
  const x1 = Math.min(a.x1, b.x1);
  const y1 = Math.min(a.y1, b.y1);
  return x0 < x1 && y0 < y1 ? { x0, y0, x1, y1 } : undefined;
}

/** The smallest rectangle around all of them; undefined for none. */
export function union(rects: readonly Rect[]): Rect | undefined {
  let all: Rect | undefined;
  for (const { x0, y0, x1, y1 } of rects) {
    all = all
      ? {
          x0: Math.min(all.x0, x0),
          y0: Math.min(all.y0, y0),
          x1: Math.max(all.x1, x1),
          y1: Math.max(all.y1, y1),
        }
      : { x0, y0, x1, y1 };
  }
  return all;
}

/** Whether no part of `inner` lies outside of `outer`. */
export function containsRect(outer: Rect, inner: Rect): boolean {
  return (
    inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1
  );
}

/** Whether both are the same rectangle. */
export function sameRect(a: Rect, b: Rect | undefined): boolean {
  return a.x0 === b?.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;
}

/** Whether the point lies in the half-open rectangle [x0, x1) × [y0, y1). */
export function containsPoint(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x0 && x < rect.x1 && y >= rect.y0 && y < rect.y1;
}

/** Bounding box of the rectangle's image; exact for scales and shifts, also negative ones. */
export function transformRect(aFromB: Affine, rect: Rect): Rect {
  const { xx, xy, yx, yy } = aFromB;
  if (xy === 0 && yx === 0) {
    const [xa, xb] = [xx * rect.x0 + aFromB.x0, xx * rect.x1 + aFromB.x0];
    const [ya, yb] = [yy * rect.y0 + aFromB.y0, yy * rect.y1 + aFromB.y0];
    return {
      x0: Math.min(xa, xb),
      y0: Math.min(ya, yb),
      x1: Math.max(xa, xb),
      y1: Math.max(ya, yb),
    };
  }
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [x, y] of [
    transformPoint(aFromB, rect.x0, rect.y0),
    transformPoint(aFromB, rect.x1, rect.y1),
    transformPoint(aFromB, rect.x0, rect.y1),
    transformPoint(aFromB, rect.x1, rect.y0),
  ]) {
    xs.push(x);
    ys.push(y);
  }
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}
