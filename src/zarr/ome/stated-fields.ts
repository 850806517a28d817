import type { JsonValue } from "../json.ts";
import type { ProblemCode } from "../problem-rules.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";

/** A text for people, trimmed and cut to `length`; `undefined` with a warning if something else stands there. */
export function statedText(
  value: JsonValue | undefined,
  code: ProblemCode,
  pointer: string,
  log: ProblemLog,
  length = 200,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") {
    const text = shortText(value.trim(), length);
    return text === "" ? undefined : text;
  }
  log.warn(code, pointer, "a string", value);
  return typeof value === "number" ? String(value) : undefined;
}

/** An integer of at least `min`; `undefined` with a warning if something else stands there. Integers written as strings are read. */
export function statedInteger(
  value: JsonValue | undefined,
  min: number,
  code: ProblemCode,
  pointer: string,
  log: ProblemLog,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min) return value;
  log.warn(
    code,
    pointer,
    min === -Infinity ? "an integer" : `an integer of at least ${min}`,
    value,
  );
  if (typeof value !== "string" || !/^\d{1,15}$/.test(value)) return undefined;
  const number = Number(value);
  return number >= min ? number : undefined;
}

/** Longest path of a node that is followed. */
const maxPathLength = 1024;

/** A path below the group, as stated. What it resolves to, and whether it may be followed, is `joinPath`'s to say. */
export function isUsablePath(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value.length <= maxPathLength && !/^[./]*$/.test(value);
}

const maxPaths = 100_000;

/** A list of different, usable paths, as stated; `undefined` if there is no list. Numbers are read as paths. */
export function statedPaths(
  value: JsonValue | undefined,
  code: ProblemCode,
  pointer: string,
  log: ProblemLog,
): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    log.warn(code, pointer, "a list of paths", value);
    return undefined;
  }
  const paths = new Set<string>();
  for (const [index, item] of value.slice(0, maxPaths).entries()) {
    const path = typeof item === "number" ? String(item) : item;
    if (typeof item !== "string" || !isUsablePath(path)) {
      log.warn(code, `${pointer}/${index}`, "a path", item);
    }
    if (!isUsablePath(path)) continue;
    if (paths.has(path)) log.warn(code, `${pointer}/${index}`, "a path of its own", path);
    paths.add(path);
  }
  return [...paths];
}
