import type { PlateCell } from "../state/plate.ts";

type Sides = { readonly rows: readonly unknown[]; readonly columns: readonly unknown[] };

/** Where a key leads from a cell of a grid (ARIA practices, data grids); undefined if it is no key for that. */
export function nextCell(
  { row, column }: PlateCell,
  key: string,
  ctrl: boolean,
  { rows, columns }: Sides,
): PlateCell | undefined {
  const last = { row: rows.length - 1, column: columns.length - 1 };
  switch (key) {
    case "ArrowLeft":
      return { row, column: ctrl ? 0 : Math.max(0, column - 1) };
    case "ArrowRight":
      return { row, column: ctrl ? last.column : Math.min(last.column, column + 1) };
    case "ArrowUp":
      return { row: ctrl ? 0 : Math.max(0, row - 1), column };
    case "ArrowDown":
      return { row: ctrl ? last.row : Math.min(last.row, row + 1), column };
    case "Home":
      return { row: ctrl ? 0 : row, column: 0 };
    case "End":
      return { row: ctrl ? last.row : row, column: last.column };
    default:
      return undefined;
  }
}
