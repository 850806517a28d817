import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { lineName, type PlateWell, parsePlateWells } from "./plate-wells.ts";
import type { ProblemLog } from "./problem-log.ts";
import { statedInteger, statedText } from "./stated-fields.ts";
import { blockVersion } from "./version.ts";

/** A multi-well plate as its metadata state it, of any version (N1-13, N4-60 to N4-66), repaired where it breaks a rule. */
export type Plate = {
  readonly name: string | undefined;
  /** As stated, for people. */
  readonly version: string | undefined;
  /** Names in the order of display (N4-66); every well's `rowIndex` points into it. Names may repeat in broken metadata. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Sparse, in stated order; no two have the same path, nor the same place (N4-63). */
  readonly wells: readonly PlateWell[];
  /** Empty if the plate states none. */
  readonly acquisitions: readonly Acquisition[];
  /** The most fields that any well has; may be wrong (N4-65). */
  readonly fieldCount: number | undefined;
};

/** One acquisition of a plate (N4-62). `id` 0 is legal. */
export type Acquisition = {
  readonly id: number;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly maximumFieldCount: number | undefined;
  /** Epoch; the specification does not say whether seconds or milliseconds. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
};

const maxLines = 10_000;
const maxAcquisitions = 10_000;

/** Reads `plate` of a group's OME-NGFF keys (`omeAttributes`). `undefined` if there is no such object. */
export function parsePlate(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
): Plate | undefined {
  const { plate } = ome;
  if (!isJsonObject(plate)) return undefined;
  const version = blockVersion(ome, "plate", namespaced, log);
  if (plate.name === undefined) log.info("N4-60", "/plate/name", "a name", undefined);
  const rows = lineNames(plate.rows, "/plate/rows", log);
  const columns = lineNames(plate.columns, "/plate/columns", log);
  const wells = parsePlateWells(plate.wells, { rows, columns, version }, log);
  return {
    name: statedText(plate.name, "N4-60", "/plate/name", log),
    version,
    ...wells,
    acquisitions: parseAcquisitions(plate.acquisitions, log),
    fieldCount: statedInteger(plate.field_count, 1, "N4-65", "/plate/field_count", log),
  };
}

/** Names of rows or columns, one for each item, in stated order. */
function lineNames(value: JsonValue | undefined, pointer: string, log: ProblemLog): string[] {
  if (!Array.isArray(value) || value.length === 0) {
    log.warn("N4-60", pointer, "a list with at least one name", value);
    return [];
  }
  const names: string[] = [];
  const seen = new Set<string>();
  for (const [index, item] of value.slice(0, maxLines).entries()) {
    const here = `${pointer}/${index}/name`;
    const stated = isJsonObject(item) ? item.name : undefined;
    // 01 and 1 are two names; a number is read as it is spelled in JSON (N4-66).
    const name = typeof stated === "number" ? String(stated) : stated;
    if (typeof stated !== "string" || stated === "") log.warn("N4-60", here, "a name", stated);
    else if (!/^[A-Za-z0-9]+$/.test(stated)) log.warn("N4-60", here, "letters and digits", stated);
    else if (seen.has(stated)) log.warn("N4-60", here, "a name of its own", stated);
    const shown = typeof name === "string" && name !== "" ? lineName(name) : `${index + 1}`;
    seen.add(shown);
    names.push(shown);
  }
  return names;
}

function parseAcquisitions(value: JsonValue | undefined, log: ProblemLog): readonly Acquisition[] {
  const pointer = "/plate/acquisitions";
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    log.warn("N4-62", pointer, "a list", value);
    return [];
  }
  const acquisitions = new Map<number, Acquisition>();
  for (const [index, item] of value.slice(0, maxAcquisitions).entries()) {
    const here = `${pointer}/${index}`;
    if (!isJsonObject(item)) {
      log.warn("N4-62", here, "an object with an id", item);
      continue;
    }
    if (item.id === undefined) log.warn("N4-62", `${here}/id`, "an id", undefined);
    const id = statedInteger(item.id, 0, "N4-62", `${here}/id`, log) ?? index;
    if (acquisitions.has(id)) log.warn("N4-62", `${here}/id`, "an id of its own", id);
    else acquisitions.set(id, parseAcquisition(item, id, here, log));
  }
  return [...acquisitions.values()];
}

function parseAcquisition(
  item: JsonObject,
  id: number,
  pointer: string,
  log: ProblemLog,
): Acquisition {
  for (const key of ["name", "maximumfieldcount"]) {
    if (item[key] === undefined) log.info("N4-62", `${pointer}/${key}`, `a ${key}`, undefined);
  }
  // The text of 0.1 spells it with one t in places (N1-17).
  const start = item.starttime ?? item.startime;
  const count = item.maximumfieldcount;
  return {
    id,
    name: statedText(item.name, "N4-62", `${pointer}/name`, log),
    description: statedText(item.description, "N4-62", `${pointer}/description`, log, 2000),
    maximumFieldCount: statedInteger(count, 1, "N4-62", `${pointer}/maximumfieldcount`, log),
    startTime: statedInteger(start, 0, "N4-62", `${pointer}/starttime`, log),
    endTime: statedInteger(item.endtime, 0, "N4-62", `${pointer}/endtime`, log),
  };
}
