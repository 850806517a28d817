import type { PlateModel, WellModel } from "./plate-model.ts";

/**
 * The world of a plate: one unit is the distance between neighbouring wells, the centre of the first cell is (0, 0), rows go down. Cell (row, column)
 * covers half a unit around (column, row).
 */
export type PlateRect = {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
};

/** Part of a cell that its image may fill; the rest separates neighbours. */
export const cellFill = 0.92;

/** The world of an image put into the world of a plate: `x = scale · xImage + x0`, the same scale along y. */
export type ImagePlacement = { readonly scale: number; readonly x0: number; readonly y0: number };

/** The whole plate, from edge to edge of its cells. */
export function plateBounds({ rows, columns }: Pick<PlateModel, "rows" | "columns">): PlateRect {
  return {
    x0: -0.5,
    y0: -0.5,
    x1: Math.max(columns.length, 1) - 0.5,
    y1: Math.max(rows.length, 1) - 0.5,
  };
}

/** The part of a cell that is filled. */
export function cellRect({ row, column }: Pick<WellModel, "row" | "column">): PlateRect {
  const half = cellFill / 2;
  return { x0: column - half, y0: row - half, x1: column + half, y1: row + half };
}

/** Puts an image into the middle of a rectangle, as large as it fits, its proportions kept. `bounds` is the image in its own world. */
export function placeWithin(bounds: PlateRect, into: PlateRect): ImagePlacement {
  const width = bounds.x1 - bounds.x0;
  const height = bounds.y1 - bounds.y0;
  const fitted = Math.min(sideOf(into.x0, into.x1) / width, sideOf(into.y0, into.y1) / height);
  const scale = Number.isFinite(fitted) && fitted > 0 ? fitted : 1;
  return {
    scale,
    x0: (into.x0 + into.x1) / 2 - (scale * (bounds.x0 + bounds.x1)) / 2,
    y0: (into.y0 + into.y1) / 2 - (scale * (bounds.y0 + bounds.y1)) / 2,
  };
}

/** Rounded to 2⁻⁴⁰, so that places of the same size are it in every cell: images that are alike are then of just the same scale, and drawn together. */
function sideOf(from: number, to: number): number {
  return Math.round((to - from) * 2 ** 40) / 2 ** 40;
}

/** A range of cells: first, and one past the last. */
export type CellRange = {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
};

/** Whether both are the same cells. */
export function sameCells(a: CellRange, b: CellRange): boolean {
  return (
    a.firstRow === b.firstRow &&
    a.endRow === b.endRow &&
    a.firstColumn === b.firstColumn &&
    a.endColumn === b.endColumn
  );
}

/** The cells whose images a rectangle of the world can show. */
export function cellsWithin(
  { rows, columns }: Pick<PlateModel, "rows" | "columns">,
  { x0, y0, x1, y1 }: PlateRect,
): CellRange {
  const half = cellFill / 2;
  const first = (from: number, count: number) => clamp(Math.ceil(from - half), 0, count);
  const end = (to: number, count: number) => clamp(Math.floor(to + half) + 1, 0, count);
  return {
    firstRow: first(y0, rows.length),
    endRow: end(y1, rows.length),
    firstColumn: first(x0, columns.length),
    endColumn: end(x1, columns.length),
  };
}

/** The cell around a point, whether or not there is a well; undefined beside the plate. */
export function cellAt(
  { rows, columns }: Pick<PlateModel, "rows" | "columns">,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | undefined {
  const row = Math.floor(y + 0.5);
  const column = Math.floor(x + 0.5);
  const isOnPlate = row >= 0 && column >= 0 && row < rows.length && column < columns.length;
  return isOnPlate ? { row, column } : undefined;
}

/** Where `count` fields without positions lie in a cell: in rows of equal places, the first at the top left, as square as possible. */
export function fieldPlace(cell: PlateRect, index: number, count: number): PlateRect {
  const perRow = Math.max(1, Math.ceil(Math.sqrt(count)));
  const lines = Math.max(1, Math.ceil(count / perRow));
  const width = (cell.x1 - cell.x0) / perRow;
  const height = (cell.y1 - cell.y0) / lines;
  const x0 = cell.x0 + (index % perRow) * width;
  const y0 = cell.y0 + Math.floor(index / perRow) * height;
  return { x0, y0, x1: x0 + width, y1: y0 + height };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
