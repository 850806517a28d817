import type { JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";
import { isUsablePath, statedInteger } from "./stated-fields.ts";
import { isBefore04 } from "./version.ts";

/** A well that a plate lists. It need not exist (N4-63). */
export type PlateWell = {
  /** Path of the well's group relative to the plate, as stated; the only thing that is read from (N4-61). */
  readonly path: string;
  /** Place in `rows` and `columns`, 0-based; only for drawing. */
  readonly rowIndex: number;
  readonly columnIndex: number;
};

type Lines = { readonly rows: readonly string[]; readonly columns: readonly string[] };
type Place = { readonly row: number; readonly column: number };

const maxWells = 100_000;

/**
 * Reads `plate.wells`: each with a usable path and a place of its own. Where indices are missing (before 0.4, N1-14), out of
 * range or taken, the last two segments of the path say which row and column it is (N1-15); names that the lists lack are added.
 */
export function parsePlateWells(
  value: JsonValue | undefined,
  stated: Lines & { readonly version: string | undefined },
  log: ProblemLog,
): Lines & { readonly wells: readonly PlateWell[] } {
  const pointer = "/plate/wells";
  if (!Array.isArray(value) || value.length === 0) {
    log.warn("N4-60", pointer, "a list with at least one well", value);
    return { rows: stated.rows, columns: stated.columns, wells: [] };
  }
  const items = value.slice(0, maxWells);
  const lines = { rows: [...stated.rows], columns: [...stated.columns] };
  addNamesOfPaths(lines, items, log);
  const places = new WellPlaces(lines);
  // Versions before 0.4 have no indices; where no version is stated, 0.4 is meant, which needs them.
  const needsIndices = !isBefore04(stated.version);
  const wells: PlateWell[] = [];
  const paths = new Set<string>();
  for (const [index, item] of items.entries()) {
    const here = `${pointer}/${index}`;
    const path = isJsonObject(item) ? item.path : undefined;
    if (!isJsonObject(item) || !isUsablePath(path)) {
      log.warn("N4-61", `${here}/path`, 'a path "row/column"', path);
      continue;
    }
    if (paths.has(path)) {
      log.warn("N4-61", `${here}/path`, "a path of its own", path);
      continue;
    }
    paths.add(path);
    if (needsIndices) checkWellPath(path, here, log);
    const byIndex = statedPlace(item, here, needsIndices, log);
    const place = places.take(path, byIndex, here, log);
    if (place) wells.push({ path, rowIndex: place.row, columnIndex: place.column });
  }
  return { ...lines, wells };
}

function checkWellPath(path: string, pointer: string, log: ProblemLog) {
  if (/^[A-Za-z0-9]+\/[A-Za-z0-9]+$/.test(path)) return;
  log.warn("N4-61", `${pointer}/path`, '"row/column", of letters and digits', path);
}

function statedPlace(
  item: { readonly [key: string]: JsonValue },
  pointer: string,
  isRequired: boolean,
  log: ProblemLog,
): Place | undefined {
  const [row, column] = (["rowIndex", "columnIndex"] as const).map((key) => {
    if (item[key] === undefined && isRequired) {
      log.warn("N4-61", `${pointer}/${key}`, "an index from 0", undefined);
    }
    return statedInteger(item[key], 0, "N4-61", `${pointer}/${key}`, log);
  });
  return row === undefined || column === undefined ? undefined : { row, column };
}

/** The row and the column in a well's path, split from the right: plates of 0.1 may have a directory more (N1-15). */
export function namesOfWellPath(path: string): readonly [row: string, column: string] | undefined {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  const [row, column] = segments.slice(-2).map(lineName);
  return row === undefined || column === undefined ? undefined : [row, column];
}

/** The name of a row or column as it is kept. */
export function lineName(text: string): string {
  return shortText(text, 100);
}

/** Every row and column that exists must be listed; those that only a well's path names are added, so that no well is lost. */
function addNamesOfPaths(
  lines: { readonly rows: string[]; readonly columns: string[] },
  items: readonly JsonValue[],
  log: ProblemLog,
) {
  const missing = { rows: new Set<string>(), columns: new Set<string>() };
  const listed = { rows: new Set(lines.rows), columns: new Set(lines.columns) };
  for (const item of items) {
    if (!isJsonObject(item) || !isUsablePath(item.path)) continue;
    const isPlaced =
      isIndexOf(item.rowIndex, lines.rows) && isIndexOf(item.columnIndex, lines.columns);
    const names = isPlaced ? undefined : namesOfWellPath(item.path);
    if (!names) continue;
    if (!listed.rows.has(names[0])) missing.rows.add(names[0]);
    if (!listed.columns.has(names[1])) missing.columns.add(names[1]);
  }
  const byNumber = new Intl.Collator("en", { numeric: true });
  for (const key of ["rows", "columns"] as const) {
    if (missing[key].size === 0) continue;
    const added = [...missing[key]].sort(byNumber.compare);
    log.warn("N4-60", `/plate/${key}`, `all ${key} that wells are in; these are added`, added);
    lines[key].push(...added);
  }
}

function isIndexOf(value: JsonValue | undefined, names: readonly string[]): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < names.length;
}

/** Which places of a plate are taken. */
class WellPlaces {
  readonly #lines: Lines;
  readonly #rowByName: ReadonlyMap<string, number>;
  readonly #columnByName: ReadonlyMap<string, number>;
  readonly #taken = new Set<string>();

  constructor(lines: Lines) {
    this.#lines = lines;
    this.#rowByName = firstIndexByName(lines.rows);
    this.#columnByName = firstIndexByName(lines.columns);
  }

  /** The well's place: by its indices, else by its path. `undefined`, with a warning, if neither gives a free one. */
  take(
    path: string,
    stated: Place | undefined,
    pointer: string,
    log: ProblemLog,
  ): Place | undefined {
    const names = namesOfWellPath(path);
    const row = this.#rowByName.get(names?.[0] ?? "");
    const column = this.#columnByName.get(names?.[1] ?? "");
    if (stated && names) this.#compare(stated, names, path, pointer, log);
    const byPath = row === undefined || column === undefined ? undefined : { row, column };
    for (const place of [stated, byPath]) {
      if (!place || !this.#isFree(place)) continue;
      this.#taken.add(`${place.row}/${place.column}`);
      return place;
    }
    log.warn("N4-61", pointer, "a place in the plate of its own; the well is left out", path);
    return undefined;
  }

  /** Path and indices must agree (N4-61). */
  #compare(
    { row, column }: Place,
    names: readonly [string, string],
    path: string,
    pointer: string,
    log: ProblemLog,
  ) {
    const { rows, columns } = this.#lines;
    if (rows[row] === names[0] && columns[column] === names[1]) return;
    const received = `row ${row} (${rows[row] ?? "none"}), column ${column} (${columns[column] ?? "none"})`;
    log.warn("N4-61", pointer, `the row and column of "${path}"`, received);
  }

  #isFree({ row, column }: Place): boolean {
    const { rows, columns } = this.#lines;
    return row < rows.length && column < columns.length && !this.#taken.has(`${row}/${column}`);
  }
}

/** Of a name that stands twice, the first counts. */
function firstIndexByName(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...names.entries()].map(([index, name]) => [name, index] as const).reverse());
}
