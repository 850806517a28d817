import type { JsonValue } from "../../json.ts";
import type { ProblemLog } from "../problem-log.ts";

/** More dimensions than any image has. */
const maxLength = 4096;

/** A list of finite numbers; else undefined, and reported. */
export function parseVector(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): readonly number[] | undefined {
  if (isVector(value)) return value;
  log.warn("N6-20", pointer, "a list of finite numbers", value);
  return undefined;
}

/** Rows of equal length; a flat list, which some dialects have, is one row that holds all (N6-29). */
export function parseMatrix(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): readonly (readonly number[])[] | undefined {
  if (isVector(value) && value.length > 0) {
    log.info("N6-29", pointer, "a list of rows", "a flat list");
    return [value];
  }
  if (Array.isArray(value) && value.length > 0 && value.length <= 64) {
    const rows = value.filter(isVector);
    const width = rows[0]?.length ?? 0;
    if (rows.length === value.length && width > 0 && rows.every((row) => row.length === width)) {
      return rows;
    }
  }
  log.warn("N6-23", pointer, "rows of equally many finite numbers", value);
  return undefined;
}

/** Whole numbers from 0 on, each once. */
export function parseIndices(
  value: JsonValue,
  pointer: string,
  log: ProblemLog,
): readonly number[] | undefined {
  const isList = isVector(value) && new Set(value).size === value.length;
  if (isList && value.every((index) => Number.isSafeInteger(index) && index >= 0)) return value;
  log.warn("N6-22", pointer, "a list of different indices", value);
  return undefined;
}

function isVector(value: JsonValue | undefined): value is number[] {
  return (
    Array.isArray(value) &&
    value.length <= maxLength &&
    value.every((item) => typeof item === "number" && Number.isFinite(item))
  );
}
