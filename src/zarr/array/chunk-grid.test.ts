import { expect, test } from "vitest";
import { chunkCounts, chunkKey } from "./chunk-grid.ts";

test("chunk counts round up; an empty dimension has none", () => {
  const chunkGrid = { kind: "regular", chunkShape: [1, 4, 4, 8] } as const;
  expect(chunkCounts({ shape: [3, 9, 0, 5], chunkGrid })).toEqual([3, 3, 0, 1]);
  expect(chunkCounts({ shape: [], chunkGrid: { kind: "regular", chunkShape: [] } })).toEqual([]);
});

test.each([
  ["default", "/", [0, 1], "c/0/1"],
  ["default", ".", [0, 1], "c.0.1"],
  ["default", "/", [], "c"],
  ["v2", ".", [0, 1], "0.1"],
  ["v2", "/", [0, 0, 12], "0/0/12"],
  ["v2", ".", [], "0"],
] as const)("Z3-21: key encoding %s with %s", (name, separator, coords, key) => {
  expect(chunkKey({ chunkKeyEncoding: { name, separator } }, coords)).toBe(key);
});
