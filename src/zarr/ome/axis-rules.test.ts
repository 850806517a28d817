import { describe, expect, test } from "vitest";
import { parseAxes } from "./axes.ts";
import { problemLog } from "./problem-log.ts";

function codesOf(...names: string[]) {
  const log = problemLog("#");
  parseAxes(names, "/axes", log, "0.3");
  return [...new Set(log.problems.map(({ code }) => code))];
}

describe("axes of 0.3", () => {
  test.each(["yx", "zyx", "tyx", "cyx", "tcyx", "czyx", "tzyx", "tczyx"])(
    "N3-01, N3-03: %s is legal",
    (names) => {
      expect(codesOf(...names)).toEqual([]);
    },
  );

  test.each([
    ["the wrong order", ["c", "t", "y", "x"]],
    ["a name of its own", ["angle", "y", "x"]],
    ["one axis", ["x"]],
    ["six axes", ["t", "c", "z", "y", "x", "s"]],
  ])("N3-01: %s breaks a rule", (_, names) => {
    expect(codesOf(...names)).toEqual(["N3-01"]);
  });

  test("N4-01: nor may a name stand twice", () => {
    expect(codesOf("x", "x")).toContain("N4-01");
  });
});
