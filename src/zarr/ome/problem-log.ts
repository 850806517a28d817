import type { Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-rules.ts";

/** Longest list of problems that is kept for one document; hostile metadata could break a rule a million times. */
const maxProblems = 200;

/** Where parsers report broken rules. `pointer` is a JSON pointer below the block that the log was made for, e.g. "/multiscales/0/axes". */
export interface ProblemLog {
  readonly problems: readonly Problem[];
  warn(code: ProblemCode, pointer: string, expected: string, received: unknown): void;
  info(code: ProblemCode, pointer: string, expected: string, received: unknown): void;
}

/** An empty log for one block of a document, e.g. `problemLog("0/zarr.json#/attributes/ome")`. */
export function problemLog(block: string): ProblemLog {
  const problems: Problem[] = [];
  const add = (
    severity: Problem["severity"],
    code: ProblemCode,
    pointer: string,
    expected: string,
    received: unknown,
  ) => {
    if (problems.length >= maxProblems) return;
    problems.push({
      code,
      severity,
      path: block + pointer,
      expected,
      received: describeValue(received),
    });
  };
  return {
    problems,
    warn: (...rest) => add("warning", ...rest),
    info: (...rest) => add("info", ...rest),
  };
}

/** A foreign value in a few words, never at length. Plain text. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `"${shortText(value, 60)}"`;
  if (Array.isArray(value)) {
    if (value.length <= 5 && value.every((item) => typeof item !== "object" || item === null)) {
      return `[${value.map(describeValue).join(", ")}]`;
    }
    return `a list of ${value.length}`;
  }
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** `text` without control characters and cut to `length`, for labels and messages. */
export function shortText(text: string, length: number): string {
  // Cut before cleaning, so that a label of many megabytes costs nothing.
  const clean = text.slice(0, length + 1).replace(/\p{Cc}/gu, " ");
  return clean.length > length ? `${clean.slice(0, length)}…` : clean;
}
