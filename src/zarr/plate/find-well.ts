import { type PlateModel, type WellModel, wellName } from "./plate-model.ts";

/** What a typed or linked name means on a plate. */
export type FoundWell =
  | { readonly kind: "well"; readonly well: WellModel }
  /** The plate has no such well. `reason` is one sentence for people; `nearest` is undefined only if the plate lists no wells. */
  | { readonly kind: "none"; readonly reason: string; readonly nearest: WellModel | undefined };

type Cell = { readonly row: number; readonly column: number };

const longestName = 64;

/**
 * Finds a well by what people write: its path ("B/03", also without leading folders), or row and column ("B3", "b03", "AF48", "B-3").
 * Names are looked up among those that the plate gives, never computed: exactly first, then regardless of case and of zeros before numbers.
 */
export function findWell(plate: PlateModel, text: string): FoundWell {
  const asked = text.trim();
  const byPath =
    plate.wells.find(({ id }) => id === asked) ??
    plate.wells.find(({ id }) => asked !== "" && id.endsWith(`/${asked}`) && asked.includes("/"));
  if (byPath !== undefined) return { kind: "well", well: byPath };
  if (asked === "" || asked.length > longestName) return none(plate, asked, undefined);
  const cells = cellsNamed(plate, asked);
  for (const cell of cells) {
    const well = plate.wells.find(({ row, column }) => row === cell.row && column === cell.column);
    if (well !== undefined) return { kind: "well", well };
  }
  return none(plate, asked, cells[0]);
}

/** Cells whose names, put together, are the text; the best first. */
function cellsNamed({ rows, columns }: PlateModel, asked: string): readonly Cell[] {
  const found: (Cell & { readonly rank: number })[] = [];
  for (const [rowText, columnText] of splits(asked)) {
    for (const [row, rowRank] of matches(rows, rowText)) {
      for (const [column, columnRank] of matches(columns, columnText)) {
        found.push({ row, column, rank: rowRank + columnRank });
      }
    }
  }
  return found.sort((a, b) => a.rank - b.rank);
}

/** Every way to read a text as row and column; with a separator only that one. */
function splits(asked: string): readonly (readonly [string, string])[] {
  const separated = /^([^/\s-]+)\s*[/\s-]\s*([^/\s-]+)$/.exec(asked);
  if (separated?.[1] !== undefined && separated[2] !== undefined) {
    return [[separated[1], separated[2]]];
  }
  // The longest row first: in "AA1" the row is "AA", if there is one.
  return Array.from({ length: Math.max(0, asked.length - 1) }, (_, i) => {
    const at = asked.length - 1 - i;
    return [asked.slice(0, at), asked.slice(at)] as const;
  });
}

/** Indices of the names that a text means, with 0 for exactly that name and more for what had to be overlooked. */
function matches(names: readonly string[], text: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (const [index, name] of names.entries()) {
    if (name === text) found.push([index, 0]);
    else if (name.toLowerCase() === text.toLowerCase()) found.push([index, 1]);
    else if (withoutZeros(name) === withoutZeros(text)) found.push([index, 2]);
  }
  return found;
}

function withoutZeros(name: string): string {
  return name.toLowerCase().replace(/^0+(?=\d)/, "");
}

function none(plate: PlateModel, asked: string, cell: Cell | undefined): FoundWell {
  const place = cell ?? placeLike(plate, asked);
  const nearest = nearestWell(plate, place);
  const shown = asked.length > 20 ? `${asked.slice(0, 20)}…` : asked;
  const is = cell === undefined ? "is not on this plate" : "is empty on this plate";
  const isNumber = /^\d+$/.test(asked);
  const hint = isNumber ? "; wells are named by row and column" : "";
  const next = nearest === undefined ? "" : `; the nearest is ${wellName(plate, nearest)}`;
  return { kind: "none", reason: `Well “${shown}” ${is}${hint}${next}.`, nearest };
}

/** Where a well of that name would be on a larger plate: letters count from A … Z, AA …, numbers from 1. Only to find a neighbour. */
function placeLike({ rows, columns }: PlateModel, asked: string): Cell {
  const [, letters = "", digits = ""] = /^([a-z]*)[^a-z\d]*(\d*)/i.exec(asked) ?? [];
  let row = 0;
  for (const letter of letters.slice(0, 3).toUpperCase()) {
    row = row * 26 + letter.charCodeAt(0) - 64;
  }
  const column = Number.parseInt(digits.slice(0, 6), 10);
  return {
    row: Math.min(Math.max(row - 1, 0), rows.length - 1),
    column: Math.min(Math.max((Number.isNaN(column) ? 1 : column) - 1, 0), columns.length - 1),
  };
}

/** The well nearest to a cell; the first in reading order among equals. */
export function nearestWell({ wells }: PlateModel, { row, column }: Cell): WellModel | undefined {
  let nearest: WellModel | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const well of wells) {
    const distance = (well.row - row) ** 2 + (well.column - column) ** 2;
    if (distance >= least) continue;
    least = distance;
    nearest = well;
  }
  return nearest;
}

/**
 * The next well from a cell in one direction, past empty cells: first in the same row or column, else undefined. `dRow` and `dColumn` are −1, 0 or 1.
 */
export function neighbourWell(
  { wells }: PlateModel,
  { row, column }: Cell,
  dRow: number,
  dColumn: number,
): WellModel | undefined {
  let next: WellModel | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const well of wells) {
    const alongRow = (well.row - row) * dRow;
    const alongColumn = (well.column - column) * dColumn;
    const isAhead =
      dRow === 0 ? well.row === row && alongColumn > 0 : well.column === column && alongRow > 0;
    const distance = dRow === 0 ? alongColumn : alongRow;
    if (!isAhead || distance >= least) continue;
    least = distance;
    next = well;
  }
  return next;
}
