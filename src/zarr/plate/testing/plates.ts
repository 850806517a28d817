import { nodePath } from "../../store/node-path.ts";
import type { PlateModel } from "../plate-model.ts";

/** "A" … "Z", "AA" …: how most writers name rows. Only for tests: the viewer never makes names. */
export function letterNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const letter = String.fromCharCode(65 + (i % 26));
    return i < 26 ? letter : String.fromCharCode(64 + Math.floor(i / 26)) + letter;
  });
}

/** A plate with the given names. `has` chooses which cells have a well; default all. */
export function plateOf(
  rows: readonly string[],
  columns: readonly string[],
  has: (row: number, column: number) => boolean = () => true,
): PlateModel {
  return {
    name: "plate",
    format: "made up",
    rows,
    columns,
    wells: rows.flatMap((rowName, row) =>
      columns.flatMap((columnName, column) => {
        const id = `${rowName}/${columnName}`;
        return has(row, column) ? [{ path: nodePath(id), id, row, column }] : [];
      }),
    ),
    acquisitions: [],
    fieldCount: undefined,
    attributes: {},
    problems: [],
  };
}

/** "1" … as names of columns. */
export function numberNames(count: number, digits = 1): string[] {
  return Array.from({ length: count }, (_, i) => String(i + 1).padStart(digits, "0"));
}
