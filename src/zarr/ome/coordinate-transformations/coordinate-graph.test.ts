import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../json.ts";
import { problemLog } from "../problem-log.ts";
import { applyMatrix } from "./affine-matrix.ts";
import { coordinateGraph } from "./coordinate-graph.ts";
import { parseTransformation } from "./parse-transformation.ts";
import { parseEdges } from "./transformation-edges.ts";

const axes = ["y", "x"].map((name) => ({ name, type: "space", unit: undefined }));
const systems = (...keys: string[]) => keys.map((key) => ({ key, axes }));

function edge(from: string, to: string, transformation: JsonValue) {
  const parsed = parseTransformation(transformation, "", problemLog("z#"));
  return { from, to, transformation: parsed, pointer: `/${from}-${to}` };
}

const shift = (y: number, x: number) => ({ type: "translation", translation: [y, x] });

function graphOf(keys: readonly string[], edges: readonly ReturnType<typeof edge>[]) {
  const log = problemLog("z#");
  const graph = coordinateGraph(systems(...keys), edges, "/scene", log);
  return { graph, codes: log.problems.map(({ code }) => code) };
}

describe("a graph of coordinate systems", () => {
  test("N6-30: transformations lead both ways, also through other systems", () => {
    const { graph, codes } = graphOf(
      ["a", "b", "c"],
      [edge("a", "b", { type: "scale", scale: [2, 4] }), edge("c", "b", shift(10, 20))],
    );
    expect(codes).toEqual([]);
    const there = graph.matrixBetween("a", "c");
    expect(there).toMatchObject({ kind: "matrix" });
    if (there.kind === "matrix") expect(applyMatrix(there.matrix, [1, 1])).toEqual([-8, -16]);
    const back = graph.matrixBetween("c", "a");
    if (back.kind === "matrix") expect(applyMatrix(back.matrix, [-8, -16])).toEqual([1, 1]);
  });

  test("N6-33: a circle is told, and the shortest way is taken", () => {
    const { graph, codes } = graphOf(
      ["a", "b", "c"],
      [edge("a", "b", shift(1, 1)), edge("b", "c", shift(1, 1)), edge("c", "a", shift(5, 5))],
    );
    expect(codes).toEqual(["N6-33"]);
    expect(graph.matrixBetween("a", "c")).toMatchObject({
      matrix: {
        rows: [
          [1, 0, -5],
          [0, 1, -5],
        ],
      },
    });
  });

  test("N6-09, N6-33: systems that nothing connects are told", () => {
    const { graph, codes } = graphOf(["a", "b", "c"], [edge("a", "b", shift(1, 1))]);
    expect(codes).toEqual(["N6-09"]);
    expect(graph.matrixBetween("a", "c")).toMatchObject({ kind: "none", code: "N6-09" });
  });

  test("N6-26, N6-27: a longer way that can be drawn beats a field; without one the reason is the field's", () => {
    const field = edge("a", "c", { type: "displacements", path: "field" });
    const around = [edge("a", "b", shift(1, 0)), edge("b", "c", shift(1, 0))];
    expect(
      graphOf(["a", "b", "c"], [field, ...around]).graph.matrixBetween("a", "c"),
    ).toMatchObject({
      matrix: {
        rows: [
          [1, 0, 2],
          [0, 1, 0],
        ],
      },
    });
    expect(graphOf(["a", "c"], [field]).graph.matrixBetween("a", "c")).toMatchObject({
      code: "N6-26",
    });
  });

  test("N6-08: a transformation whose outputs its system does not have leads nowhere", () => {
    const { graph } = graphOf(
      ["a", "b"],
      [edge("a", "b", { type: "projectAxis", droppedInputs: [0] })],
    );
    expect(graph.matrixBetween("a", "b")).toMatchObject({ kind: "none", code: "N6-08" });
  });

  test("in a tree of shifts every way is the difference of positions", () => {
    const tree = fc.array(fc.tuple(fc.nat(), fc.integer({ min: -50, max: 50 }), fc.boolean()), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(tree, (nodes) => {
        const position = [0];
        const edges = nodes.map(([pick, by, isForward], i) => {
          const parent = pick % (i + 1);
          position[i + 1] = position[parent]! + by;
          return isForward
            ? edge(`${parent}`, `${i + 1}`, shift(-by, 0))
            : edge(`${i + 1}`, `${parent}`, shift(by, 0));
        });
        const { graph, codes } = graphOf(
          position.map((_, i) => `${i}`),
          edges,
        );
        expect(codes).toEqual([]);
        const last = position.length - 1;
        const outcome = graph.matrixBetween("0", `${last}`);
        expect(outcome).toMatchObject({ kind: "matrix" });
        // A point at the origin of 0 has the coordinate −position in the other system.
        if (outcome.kind === "matrix") {
          expect(applyMatrix(outcome.matrix, [0, 0])[0]! + position[last]!).toBe(0);
        }
      }),
    );
  });
});

test("N6-08, N6-09, N6-29: ends are objects, or names in earlier dialects; a path of null is the group itself", () => {
  const log = problemLog("z#");
  const edges = parseEdges(
    [
      { type: "identity", input: "array", output: { name: "world", path: null }, name: "placing" },
      { type: "identity", input: { path: "tile_0", name: "physical" }, output: "world" },
      { type: "identity", input: {}, output: "world" },
      7,
    ],
    "/scene",
    log,
  );
  expect(edges).toMatchObject([
    { input: { name: "array" }, output: { path: undefined, name: "world" }, name: "placing" },
    { input: { path: "tile_0", name: "physical" }, pointer: "/scene/1" },
  ]);
  const warnings = log.problems.filter(({ severity }) => severity === "warning");
  expect(warnings.map(({ code, path }) => [code, path])).toEqual([
    ["N6-08", "z#/scene/2/input"],
    ["N6-08", "z#/scene/3"],
  ]);
});
