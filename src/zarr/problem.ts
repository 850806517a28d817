import type { ProblemCode } from "./problem-rules.ts";

/**
 * One broken rule, found while reading metadata. Reading goes on unless `severity` is "error"
 * (pixels would be wrong or unreachable).
 */
export type Problem = {
  /** Checklist id such as "N4-14", or "ZS-…" for rules of our own; `problemRules` has it in words. */
  readonly code: ProblemCode;
  readonly severity: "error" | "warning" | "info";
  /** Where: node path and JSON path, e.g. "0/.zarray#/chunks". Plain text, never markup. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
};

/** A problem that ends reading. `message` is one sentence a person can act on. */
export class MetadataError extends Error {
  override readonly name = "MetadataError";
  readonly problem: Problem;
  constructor(problem: Problem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
