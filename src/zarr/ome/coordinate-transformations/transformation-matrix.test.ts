import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../json.ts";
import { problemLog } from "../problem-log.ts";
import { applyMatrix } from "./affine-matrix.ts";
import { parseTransformation } from "./parse-transformation.ts";
import { readStoredParameters } from "./stored-parameters.ts";
import { inverseMatrixOf, matrixOf, type TransformationEnd } from "./transformation-matrix.ts";

function parsed(value: JsonValue) {
  const log = problemLog("z#");
  const transformation = parseTransformation(value, "/t", log);
  return { transformation, codes: log.problems.map(({ code }) => code) };
}

function outcome(value: JsonValue, input: TransformationEnd, output?: TransformationEnd) {
  return matrixOf(parsed(value).transformation, input, output);
}

/** Where a transformation of `point.length` axes takes a point. */
function apply(value: JsonValue, point: readonly number[], output?: TransformationEnd) {
  const result = outcome(value, { count: point.length }, output);
  if (result.kind === "none") throw new Error(`${result.code} ${result.reason}`);
  return applyMatrix(result.matrix, point);
}

describe("each type takes a point where RFC-5 says", () => {
  const point = [3, 5];

  test.each<[string, JsonValue, readonly number[]]>([
    ["N6-20 identity", { type: "identity" }, [3, 5]],
    ["N6-20 scale", { type: "scale", scale: [2, 3.12] }, [6, 15.600000000000001]],
    ["N6-20 translation", { type: "translation", translation: [9, -1.42] }, [12, 3.58]],
    [
      "N6-20 sequence, the first step first",
      {
        type: "sequence",
        transformations: [
          { type: "translation", translation: [1, 2] },
          { type: "scale", scale: [2, 3] },
        ],
      },
      [8, 21],
    ],
    ["N6-21 mapAxis: output i is input mapAxis[i]", { type: "mapAxis", mapAxis: [1, 0] }, [5, 3]],
    [
      "N6-22 projectAxis creates zeros",
      { type: "projectAxis", createdOutputs: [0, 2] },
      [0, 3, 0, 5],
    ],
    [
      "N6-22 projectAxis drops and creates",
      { type: "projectAxis", droppedInputs: [0], createdOutputs: [1] },
      [5, 0],
    ],
    [
      "N6-23 affine",
      {
        type: "affine",
        affine: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      [16, 43],
    ],
    [
      "N6-33 affine of 2 to 3 axes",
      {
        type: "affine",
        affine: [
          [1, 0, 0],
          [2, 3, 4],
          [5, 6, 7],
        ],
      },
      [3, 25, 52],
    ],
    [
      "N6-23 rotation",
      {
        type: "rotation",
        rotation: [
          [0, -1],
          [1, 0],
        ],
      },
      [-5, 3],
    ],
    [
      "N6-24 byDimension",
      {
        type: "byDimension",
        transformations: [
          {
            transformation: { type: "translation", translation: [-1] },
            inputAxes: [1],
            outputAxes: [1],
          },
          { transformation: { type: "scale", scale: [2] }, inputAxes: [0], outputAxes: [0] },
        ],
      },
      [6, 4],
    ],
    [
      "N6-25 bijection goes forward",
      {
        type: "bijection",
        forward: { type: "scale", scale: [2, 2] },
        inverse: { type: "scale", scale: [0.5, 0.5] },
      },
      [6, 10],
    ],
  ])("%s", (_, value, expected) => {
    expect(parsed(value).codes).toEqual([]);
    expect(apply(value, point)).toEqual(expected);
  });
});

describe("N6-29: dialects before 0.6 mean the same", () => {
  const ends = [
    { count: 2, names: ["i", "j"] },
    { count: 2, names: ["x", "y"] },
  ] as const;

  test.each<[string, JsonValue]>([
    ["a map of names", { type: "mapAxis", mapAxis: { x: "j", y: "i" } }],
    ["names in a list", { type: "mapAxis", mapAxis: ["j", "i"] }],
    ["a flat affine", { type: "affine", affine: [0, 1, 0, 1, 0, 0] }],
    [
      "a homogeneous affine",
      {
        type: "affine",
        affine: [
          [0, 1, 0],
          [1, 0, 0],
          [0, 0, 1],
        ],
      },
    ],
    [
      "byDimension with underscores",
      {
        type: "byDimension",
        transformations: [
          { transformation: { type: "identity" }, input_axes: [0], output_axes: [1] },
          { transformation: { type: "identity" }, input_axes: [1], output_axes: [0] },
        ],
      },
    ],
    [
      "byDimension with names inside its transformations",
      {
        type: "byDimension",
        transformations: [
          { type: "scale", scale: [1, 1], input_axes: ["i", "j"], output_axes: ["y", "x"] },
        ],
      },
    ],
  ])("%s", (_, value) => {
    const { transformation, codes } = parsed(value);
    expect(codes.filter((code) => code !== "N6-29")).toEqual([]);
    const result = matrixOf(transformation, ends[0], ends[1]);
    expect(result).toEqual({
      kind: "matrix",
      matrix: {
        inputs: 2,
        rows: [
          [0, 1, 0],
          [1, 0, 0],
        ],
      },
    });
  });
});

describe("what cannot be a matrix says why, by the rule's name", () => {
  test.each<[string, JsonValue]>([
    ["N6-20", { type: "scale", scale: [1, 2, 3] }],
    ["N6-21", { type: "mapAxis", mapAxis: [0, 0] }],
    ["N6-21", { type: "mapAxis", mapAxis: [0] }],
    ["N6-22", { type: "projectAxis", droppedInputs: [7] }],
    ["N6-23", { type: "affine", affine: [[1, 2, 3, 4, 5]] }],
    ["N6-23", { type: "rotation", rotation: [[1, 0]] }],
    [
      "N6-24",
      {
        type: "byDimension",
        transformations: [
          { transformation: { type: "identity" }, inputAxes: [0], outputAxes: [1] },
          { transformation: { type: "identity" }, inputAxes: [1], outputAxes: [1] },
        ],
      },
    ],
    ["N6-26", { type: "displacements", path: "field" }],
    ["N6-26", { type: "coordinates", path: "field", interpolation: "nearest" }],
    ["N6-10", { type: "affine", path: "parameters" }],
    ["N6-27", { type: "thinPlateSpline" }],
  ])("%s", (code, value) => {
    expect(outcome(value, { count: 2 }, { count: 2 })).toMatchObject({ kind: "none", code });
  });

  test.each<[string, JsonValue]>([
    ["N6-20", { type: "scale", scale: [1, null] }],
    ["N6-20", { type: "scale", scale: [1, 0] }],
    ["N6-20", { type: "sequence", transformations: [] }],
    ["N6-21", { type: "mapAxis", mapAxis: [-1, 0] }],
    ["N6-22", { type: "projectAxis" }],
    ["N6-23", { type: "affine", affine: [[1, 2, 3], [4]] }],
    ["N6-24", { type: "byDimension", transformations: [] }],
    ["N6-26", { type: "displacements" }],
    ["N6-26", { type: "displacements", path: "f", interpolation: "cubic" }],
    ["N6-27", { type: "affin" }],
    ["N6-29", { type: "scale", path: "parameters" }],
  ])("%s is reported while reading", (code, value) => {
    expect(parsed(value).codes).toContain(code);
  });

  test("hostile nesting is bounded", () => {
    let value: JsonValue = { type: "identity" };
    for (let i = 0; i < 1000; i++) value = { type: "sequence", transformations: [value] };
    expect(outcome(value, { count: 2 })).toMatchObject({ kind: "none", code: "N6-27" });
  });

  test("no JSON value makes reading fail", () => {
    const anything = fc.jsonValue() as fc.Arbitrary<JsonValue>;
    const types = fc.constantFrom(
      "scale",
      "affine",
      "mapAxis",
      "byDimension",
      "bijection",
      "sequence",
      "projectAxis",
      "rotation",
    );
    const keys = fc.constantFrom(
      "scale",
      "affine",
      "mapAxis",
      "transformations",
      "forward",
      "path",
      "rotation",
      "createdOutputs",
      "droppedInputs",
    );
    fc.assert(
      fc.property(types, fc.dictionary(keys, anything), (type, rest) => {
        outcome({ ...rest, type }, { count: 2 }, { count: 3 });
      }),
    );
  });
});

test("N6-25: a bijection of a field is drawn by its inverse, if that is a matrix, and the other way round", () => {
  const { transformation } = parsed({
    type: "bijection",
    forward: { type: "displacements", path: "field" },
    inverse: { type: "scale", scale: [2, 4] },
  });
  const ends = [{ count: 2 }, { count: 2 }] as const;
  expect(matrixOf(transformation, ...ends)).toMatchObject({
    matrix: {
      rows: [
        [0.5, 0, 0],
        [0, 0.25, 0],
      ],
    },
  });
  expect(inverseMatrixOf(transformation, ...ends)).toMatchObject({
    matrix: {
      rows: [
        [2, 0, 0],
        [0, 4, 0],
      ],
    },
  });
});

test("N6-30: what collapses an axis has no way back", () => {
  const { transformation } = parsed({ type: "scale", scale: [2, 0] });
  const back = inverseMatrixOf(transformation, { count: 2 }, { count: 2 });
  expect(back).toMatchObject({ kind: "none", code: "N6-30" });
});

test("N6-10: numbers in arrays are read wherever a transformation keeps them", async () => {
  const { transformation } = parsed({
    type: "sequence",
    transformations: [
      { type: "scale", path: "s" },
      { type: "affine", path: "a" },
    ],
  });
  const arrays = new Map([
    ["s", { shape: [2], values: [2, 3] }],
    ["a", { shape: [2, 3], values: [1, 0, 10, 0, 1, 20] }],
  ]);
  const log = problemLog("z#");
  const read = async (path: string) => {
    const numbers = arrays.get(path);
    if (!numbers) throw new Error("There is nothing.");
    return numbers;
  };
  const complete = await readStoredParameters(transformation, "/t", read, log);
  expect(log.problems).toEqual([]);
  expect(matrixOf(complete, { count: 2 })).toMatchObject({
    matrix: {
      rows: [
        [2, 0, 10],
        [0, 3, 20],
      ],
    },
  });

  arrays.delete("a");
  const incomplete = await readStoredParameters(transformation, "/t", read, log);
  expect(log.problems).toMatchObject([{ code: "N6-10", received: '"There is nothing."' }]);
  expect(matrixOf(incomplete, { count: 2 })).toMatchObject({ kind: "none", code: "N6-10" });
});
