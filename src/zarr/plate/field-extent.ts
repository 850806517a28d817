import type { PlateRect } from "./plate-layout.ts";

/** Of two fields side by side, a microscope lets a tenth overlap or so; more than this is no position. */
const mostOverlap = 0.5;
/** Fields that would be smaller than this part of the whole are too far apart to be looked at together. */
const leastPart = 1 / 64;

/** Where the fields of a well lie, by their own positions. */
export type FieldExtent = {
  /** Around all of them, in their common world. */
  readonly bounds: PlateRect;
  /** Some lie over others at their edges. */
  readonly overlaps: boolean;
};

/**
 * Whether fields state where in the well they are (N4-12: by the translations of their transformations), and what they cover together; undefined
 * where they do not: all at the same place, some on top of others, or so far apart that nothing would be seen. `fields` are their rectangles in
 * their own worlds, at least two.
 */
export function fieldExtent(fields: readonly PlateRect[]): FieldExtent | undefined {
  if (fields.length < 2) return undefined;
  const bounds = {
    x0: Math.min(...fields.map(({ x0 }) => x0)),
    y0: Math.min(...fields.map(({ y0 }) => y0)),
    x1: Math.max(...fields.map(({ x1 }) => x1)),
    y1: Math.max(...fields.map(({ y1 }) => y1)),
  };
  const whole = Math.max(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
  let overlaps = false;
  for (const [i, a] of fields.entries()) {
    const least = Math.min(a.x1 - a.x0, a.y1 - a.y0);
    if (!(least > 0) || !Number.isFinite(whole) || least < whole * leastPart) return undefined;
    for (const b of fields.slice(0, i)) {
      const common = overlapArea(a, b);
      if (common > mostOverlap * Math.min(areaOf(a), areaOf(b))) return undefined;
      // Neighbours that touch may overlap by a rounding error.
      if (common > 1e-6 * areaOf(a)) overlaps = true;
    }
  }
  return { bounds, overlaps };
}

/** Whether both are the same place. */
export function sameExtent(a: FieldExtent | undefined, b: FieldExtent | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const { bounds: p } = a;
  const { bounds: q } = b;
  return p.x0 === q.x0 && p.y0 === q.y0 && p.x1 === q.x1 && p.y1 === q.y1;
}

function areaOf({ x0, y0, x1, y1 }: PlateRect): number {
  return (x1 - x0) * (y1 - y0);
}

function overlapArea(a: PlateRect, b: PlateRect): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 ? width * height : 0;
}
