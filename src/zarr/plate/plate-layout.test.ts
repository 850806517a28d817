import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellAt,
  cellRect,
  cellsWithin,
  fieldPlace,
  placeWithin,
  plateBounds,
} from "./plate-layout.ts";
import { letterNames, numberNames, plateOf } from "./testing/plates.ts";

const plate = plateOf(letterNames(16), numberNames(24));

describe("the world of a plate", () => {
  it("has the centre of the first well at (0, 0) and one unit from well to well", () => {
    expect(cellAt(plate, 0, 0)).toEqual({ row: 0, column: 0 });
    expect(cellAt(plate, 23, 15)).toEqual({ row: 15, column: 23 });
    expect(plateBounds(plate)).toEqual({ x0: -0.5, y0: -0.5, x1: 23.5, y1: 15.5 });
    expect(cellAt(plate, -0.6, 0)).toBeUndefined();
    expect(cellAt(plate, 0, 15.6)).toBeUndefined();
  });

  it("lists exactly the cells whose filled part a view touches", () => {
    const side = fc.double({ min: -5, max: 30, noNaN: true });
    fc.assert(
      fc.property(side, side, side, side, (a, b, c, d) => {
        const view = {
          x0: Math.min(a, b),
          x1: Math.max(a, b),
          y0: Math.min(c, d),
          y1: Math.max(c, d),
        };
        const { firstRow, endRow, firstColumn, endColumn } = cellsWithin(plate, view);
        for (let row = 0; row < 16; row++) {
          for (let column = 0; column < 24; column++) {
            const cell = cellRect({ row, column });
            const isTouched =
              cell.x0 < view.x1 && cell.x1 > view.x0 && cell.y0 < view.y1 && cell.y1 > view.y0;
            const isListed =
              row >= firstRow && row < endRow && column >= firstColumn && column < endColumn;
            if (isTouched) expect(isListed).toBe(true);
            // A touch of no area may count either way.
            else if (isListed) {
              const gap = Math.max(
                cell.x0 - view.x1,
                view.x0 - cell.x1,
                cell.y0 - view.y1,
                view.y0 - cell.y1,
              );
              expect(gap).toBeLessThan(1e-9);
            }
          }
        }
      }),
    );
  });
});

describe("an image in a cell", () => {
  it("lies inside, in the middle, undistorted, and touches two edges", () => {
    const size = fc.double({ min: 1e-3, max: 1e5, noNaN: true });
    const from = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(from, from, size, size, (x, y, width, height) => {
        const bounds = { x0: x, y0: y, x1: x + width, y1: y + height };
        const cell = cellRect({ row: 3, column: 7 });
        const { scale, x0, y0 } = placeWithin(bounds, cell);
        const placed = {
          x0: scale * bounds.x0 + x0,
          x1: scale * bounds.x1 + x0,
          y0: scale * bounds.y0 + y0,
          y1: scale * bounds.y1 + y0,
        };
        const margins = [
          placed.x0 - cell.x0,
          cell.x1 - placed.x1,
          placed.y0 - cell.y0,
          cell.y1 - placed.y1,
        ];
        // Cancellation: positions of 10⁴ on images of 10⁻³.
        const rounding = 1e-15 * (1 + scale * (Math.abs(x) + Math.abs(y) + width + height)) * 100;
        for (const margin of margins) expect(margin).toBeGreaterThan(-rounding - 1e-12);
        expect(Math.abs(margins[0]! - margins[1]!)).toBeLessThan(rounding + 1e-12);
        expect(Math.abs(margins[2]! - margins[3]!)).toBeLessThan(rounding + 1e-12);
        expect(Math.min(margins[0]!, margins[2]!)).toBeLessThan(rounding + 1e-12);
      }),
    );
  });

  it("gives fields without positions places of their own that tile the cell", () => {
    const cell = cellRect({ row: 0, column: 0 });
    for (let count = 1; count <= 30; count++) {
      const places = Array.from({ length: count }, (_, index) => fieldPlace(cell, index, count));
      for (const [i, a] of places.entries()) {
        expect(a.x0).toBeGreaterThanOrEqual(cell.x0 - 1e-9);
        expect(a.y1).toBeLessThanOrEqual(cell.y1 + 1e-9);
        for (const b of places.slice(i + 1)) {
          const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
          const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
          expect(Math.min(width, height)).toBeLessThan(1e-9);
        }
      }
    }
  });

  it("gives images that are alike just the same scale in every cell", () => {
    const image = { x0: -0.25, y0: -0.25, x1: 63.75, y1: 31.75 };
    const scales = plate.wells.map((well) => placeWithin(image, cellRect(well)).scale);
    expect(new Set(scales).size).toBe(1);
    const edge = plate.wells.filter(({ row, column }) => row === 15 || column === 23);
    for (let count = 2; count <= 30; count++) {
      const fields = edge.flatMap((well) =>
        Array.from({ length: count }, (_, index) =>
          placeWithin(image, fieldPlace(cellRect(well), index, count)),
        ),
      );
      expect(new Set(fields.map((field) => field.scale)).size, `${count} fields`).toBe(1);
    }
  });
});
