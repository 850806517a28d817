import type { Problem } from "../../zarr/problem.ts";

/** How grave a broken rule is, for people. */
export const severityWords = {
  error: "Error",
  warning: "Warning",
  info: "Note",
} as const satisfies Record<Problem["severity"], string>;

/** The sentence about a broken rule up to what was found, which is foreign text and may have to be set apart. */
export function expectationInWords(expected: string): string {
  return `Expected ${expected}; found`;
}

/** The whole sentence, as plain text. */
export function problemInWords({ expected, received }: Problem): string {
  return `${expectationInWords(expected)} ${received}`;
}
