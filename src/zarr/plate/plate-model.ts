import type { JsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { NodePath } from "../store/node-path.ts";

/** A well that the plate lists. Where path and indices disagree, the path is read and the indices place it (N4-61). */
export type WellModel = {
  /** Path below the store's root. */
  readonly path: NodePath;
  /** As the plate states it; what links carry. */
  readonly id: string;
  /** Indices into the plate's `rows` and `columns`. */
  readonly row: number;
  readonly column: number;
};

/** One run of the microscope. 0 is an id like any other (N4-62). */
export type AcquisitionModel = {
  readonly id: number;
  readonly name: string | undefined;
};

/** A plate, free of versions. Wells may be fewer than cells, and may turn out to be damaged or not there at all. */
export type PlateModel = {
  readonly name: string;
  /** In words, for people: "OME-NGFF 0.4 plate". */
  readonly format: string;
  /** Names as given, in the order of display; never computed. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** In reading order: by row, then by column; at most one per cell. */
  readonly wells: readonly WellModel[];
  readonly acquisitions: readonly AcquisitionModel[];
  /** Largest number of fields that any well has, as stated; a hint (N4-65). */
  readonly fieldCount: number | undefined;
  /** Attributes of the plate's group as stored; to be shown as text, never to be acted on. */
  readonly attributes: JsonObject;
  readonly problems: readonly Problem[];
};

/** A well's name as people say it, by the names of its row and column: "B3", "AF48", "A01". */
export function wellName(
  { rows, columns }: Pick<PlateModel, "rows" | "columns">,
  { row, column }: Pick<WellModel, "row" | "column">,
): string {
  const [rowName = "", columnName = ""] = [rows[row], columns[column]];
  // "1" and "11" would read as one number.
  return /\d$/.test(rowName) && /^\d/.test(columnName)
    ? `${rowName}-${columnName}`
    : `${rowName}${columnName}`;
}

/** Wells by cell, for lookups by row and column. */
export type WellGrid = {
  /** undefined where the plate lists none, and outside the plate. */
  at(row: number, column: number): WellModel | undefined;
};

/** Indexes the wells of a plate by their cells. */
export function wellGrid({ rows, columns, wells }: PlateModel): WellGrid {
  const byCell = new Map(wells.map((well) => [well.row * columns.length + well.column, well]));
  return {
    at(row, column) {
      const isOnPlate = row >= 0 && column >= 0 && row < rows.length && column < columns.length;
      return isOnPlate ? byCell.get(row * columns.length + column) : undefined;
    },
  };
}
