import type { Rect } from "../../src/layers/tiles/rect.ts";
import { seededRandom } from "../store/scenario.ts";
import type { RgbaImage } from "./png.ts";
import type { ExpectedPixel, Rgb } from "./screen-oracle.ts";

export type ScreenComparison = {
  /** Pixels that were compared, and those that were left out as ambiguous or outside. */
  readonly compared: number;
  readonly skipped: number;
  /** Largest difference of any colour component. */
  readonly worst: number;
  /** Pixels off by more than the tolerance, the first few in words. */
  readonly wrong: number;
  readonly examples: readonly string[];
};

function difference(actual: Rgb, expected: Rgb): number {
  return Math.max(...actual.map((part, i) => Math.abs(part - expected[i]!)));
}

/** Compares a picture, or the part of it `within` whole pixels, with its oracle at points spread over it: one at random per cell of a grid, the same each time. */
export function compareScreen(
  picture: RgbaImage,
  expectedAt: (devicePixel: readonly [number, number]) => ExpectedPixel,
  {
    background,
    tolerance = 2,
    cellPx = 16,
    within: { x0, y0, x1, y1 } = { x0: 0, y0: 0, x1: picture.width, y1: picture.height },
  }: { background?: Rgb; tolerance?: number; cellPx?: number; within?: Rect } = {},
): ScreenComparison {
  const random = seededRandom(1);
  let [compared, skipped, worst, wrong] = [0, 0, 0, 0];
  const examples: string[] = [];
  for (let top = y0; top + cellPx <= y1; top += cellPx) {
    for (let left = x0; left + cellPx <= x1; left += cellPx) {
      const x = left + Math.floor(random() * cellPx);
      const y = top + Math.floor(random() * cellPx);
      const expected = expectedAt([x, y]);
      const oneOf =
        expected === "ambiguous"
          ? []
          : expected !== "outside"
            ? expected.oneOf
            : background === undefined
              ? []
              : [background];
      if (oneOf.length === 0) {
        skipped += 1;
        continue;
      }
      const at = (y * picture.width + x) * 4;
      const actual: Rgb = [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!];
      const off = Math.min(...oneOf.map((color) => difference(actual, color)));
      compared += 1;
      worst = Math.max(worst, off);
      if (off <= tolerance) continue;
      wrong += 1;
      if (examples.length < 5) {
        const wanted = oneOf.map((color) => color.map((part) => part.toFixed(1)).join(","));
        examples.push(`(${x}, ${y}): ${actual.join(",")} instead of ${wanted.join(" or ")}`);
      }
    }
  }
  return { compared, skipped, worst, wrong, examples };
}
