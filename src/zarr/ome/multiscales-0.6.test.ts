import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { parseMultiscales } from "./multiscales.ts";
import { problemLog } from "./problem-log.ts";

const space = (name: string): JsonObject => ({ name, type: "space", unit: "micrometer" });
const system = (name: string, ...axes: JsonValue[]): JsonObject => ({
  name,
  axes: axes.length > 0 ? axes : [space("y"), space("x")],
});
const scale = (...numbers: JsonValue[]): JsonObject => ({ type: "scale", scale: numbers });
const translation = (...numbers: JsonValue[]): JsonObject => ({
  type: "translation",
  translation: numbers,
});
const sequence = (...transformations: JsonObject[]): JsonObject => ({
  type: "sequence",
  transformations,
});

/** A dataset whose transformation leads from its path to "physical". */
const dataset = (path: string, transformation: JsonObject, ends: JsonObject = {}): JsonObject => ({
  path,
  coordinateTransformations: [
    { ...transformation, input: { path }, output: { name: "physical" }, ...ends },
  ],
});

function read(overrides: JsonObject = {}, version = "0.6") {
  const image: JsonObject = {
    coordinateSystems: [system("physical")],
    datasets: [dataset("0", scale(0.5, 0.5)), dataset("1", scale(1, 1))],
    ...overrides,
  };
  const log = problemLog("#");
  const [multiscale] = parseMultiscales({ version, multiscales: [image] }, true, log);
  const codes = [...new Set(log.problems.map(({ code, severity }) => `${severity} ${code}`))];
  return { multiscale, codes };
}

describe("multiscales of 0.6", () => {
  test("N6-01, N6-05: axes are those of the system that the datasets lead to", () => {
    const { multiscale, codes } = read({
      coordinateSystems: [system("world", space("a"), space("b")), system("physical")],
    });
    expect(codes).toEqual([]);
    expect(multiscale).toMatchObject({
      dialect: "0.6",
      version: "0.6",
      axes: [{ name: "y" }, { name: "x" }],
      datasets: [
        { path: "0", transformations: [{ type: "scale", vector: [0.5, 0.5] }] },
        { path: "1", transformations: [{ type: "scale", vector: [1, 1] }] },
      ],
      transformations: [],
      systems: { intrinsic: "physical", all: [{ name: "world" }, { name: "physical" }], edges: [] },
    });
  });

  test("N6-05: identity, and a scale with a translation", () => {
    const datasets = [
      dataset("0", { type: "identity" }),
      dataset("1", sequence(scale(2, 2), translation(0.5, 0.5))),
    ];
    const { multiscale, codes } = read({ datasets });
    expect(codes).toEqual([]);
    expect(multiscale?.datasets.map(({ transformations }) => transformations)).toEqual([
      [{ type: "scale", vector: [1, 1] }],
      [
        { type: "scale", vector: [2, 2] },
        { type: "translation", vector: [0.5, 0.5] },
      ],
    ]);
  });

  test.each<[string, JsonObject]>([
    ["two transformations", { path: "0", coordinateTransformations: [scale(1, 1), scale(1, 1)] }],
    ["none", { path: "0", coordinateTransformations: [] }],
    ["no list", { path: "0" }],
    ["a translation alone", dataset("0", translation(1, 1))],
    ["a translation first", dataset("0", sequence(translation(1, 1), scale(2, 2)))],
    [
      "an affine",
      dataset("0", {
        type: "affine",
        affine: [
          [1, 0, 0],
          [0, 1, 0],
        ],
      }),
    ],
    ["another system's name", dataset("0", scale(1, 1), { output: { name: "elsewhere" } })],
    ["no name of the output", dataset("0", scale(1, 1), { output: { path: "physical" } })],
    ["no path of the input", dataset("0", scale(1, 1), { input: { name: "0" } })],
  ])("N6-05: %s breaks a rule, and the level stays", (_, item) => {
    const { multiscale, codes } = read({ datasets: [item] });
    expect(codes).toContain("warning N6-05");
    expect(multiscale?.datasets).toMatchObject([{ path: "0" }]);
    expect(multiscale?.axes?.map(({ name }) => name)).toEqual(["y", "x"]);
  });

  test("N6-05: datasets that lead to different systems", () => {
    const datasets = [
      dataset("0", scale(1, 1)),
      dataset("1", scale(2, 2), { output: { name: "other" } }),
    ];
    const { multiscale, codes } = read({
      datasets,
      coordinateSystems: [system("other"), system("physical")],
    });
    expect(codes).toEqual(["warning N6-05"]);
    expect(multiscale?.systems?.intrinsic).toBe("physical");
  });

  test("N6-06: the dataset's path counts where the input has another", () => {
    const { multiscale, codes } = read({
      datasets: [dataset("1", scale(1, 1), { input: { path: "s1" } })],
    });
    expect(codes).toEqual(["info N6-06"]);
    expect(multiscale?.datasets[0]?.path).toBe("1");
    expect(
      read({ datasets: [dataset("./1/", scale(1, 1), { input: { path: "1" } })] }).codes,
    ).toEqual([]);
  });

  test.each<[string, JsonValue | undefined]>([
    ["none", []],
    ["no list", {}],
    ["no name", [{ axes: [space("y"), space("x")] }]],
    ["no axes", [{ name: "physical" }]],
    ["one name twice", [system("physical"), system("physical")]],
    ["no object", ["physical"]],
  ])("N6-01: coordinateSystems: %s", (_, coordinateSystems) => {
    const { multiscale, codes } = read({ coordinateSystems: coordinateSystems ?? null });
    expect(codes).toContain("warning N6-01");
    expect(multiscale?.datasets).toHaveLength(2);
  });

  test("N6-01: axes beside coordinateSystems are of no use", () => {
    expect(read({ axes: [space("y"), space("x")] }).codes).toEqual(["warning N6-01"]);
  });

  test("N6-02: longName and discrete are kept", () => {
    const axes = [
      { ...space("y"), discrete: true, longName: "rows" },
      { ...space("x"), discrete: "no" },
    ];
    const { multiscale, codes } = read({ coordinateSystems: [system("physical", ...axes)] });
    expect(multiscale?.axes).toMatchObject([{ discrete: true, longName: "rows" }, { name: "x" }]);
    expect(codes).toEqual(["warning N6-02"]);
  });

  test("N6-02: a system of array indices needs no space; others do", () => {
    const index = (name: string) => ({ name, type: "array", discrete: true });
    expect(read({ coordinateSystems: [system("physical", index("i"), index("j"))] }).codes).toEqual(
      [],
    );
    const timed = system("physical", { name: "t", type: "time" }, space("x"));
    expect(read({ coordinateSystems: [timed] }).codes).toEqual(["warning N4-02"]);
  });

  test("N6-08: extra views are kept, never applied", () => {
    const view = { ...scale(2, 3), input: { name: "physical" }, output: { name: "world" } };
    const { multiscale, codes } = read({
      coordinateSystems: [system("physical"), system("world")],
      coordinateTransformations: [view],
    });
    expect(codes).toEqual([]);
    expect(multiscale?.transformations).toEqual([]);
    expect(multiscale?.systems?.edges).toMatchObject([
      {
        input: { name: "physical" },
        output: { name: "world" },
        transformation: { type: "scale", vector: [2, 3] },
      },
    ]);
  });

  test.each<[string, JsonObject, string]>([
    [
      "no end in the intrinsic system",
      { ...scale(1, 1), input: { name: "world" }, output: { name: "world" } },
      "N6-08",
    ],
    [
      "an unknown system",
      { ...scale(1, 1), input: { name: "physical" }, output: { name: "mars" } },
      "N6-08",
    ],
    [
      "an affine to a label image",
      {
        type: "affine",
        affine: [
          [1, 0, 0],
          [0, 1, 0],
        ],
        input: { name: "physical" },
        output: { name: "p", path: "labels/a" },
      },
      "N6-08",
    ],
    [
      "too many numbers",
      { ...scale(1, 1, 1), input: { name: "physical" }, output: { name: "world" } },
      "N6-20",
    ],
    [
      "no permutation",
      { type: "mapAxis", mapAxis: [0, 0], input: { name: "physical" }, output: { name: "world" } },
      "N6-21",
    ],
  ])("N6-08, N6-20, N6-21: %s", (_, view, code) => {
    const coordinateSystems = [system("physical"), system("world")];
    const { codes } = read({ coordinateSystems, coordinateTransformations: [view] });
    expect(codes).toContain(`warning ${code}`);
  });

  test("N6-28: a version inside the multiscale is one too many", () => {
    expect(read({ version: "0.5" }).codes).toEqual(["warning G-04"]);
  });
});

describe("dialects before 0.6", () => {
  const older: JsonObject = {
    datasets: [
      {
        path: "s0",
        coordinateTransformations: [{ ...scale(1, 2), input: "/s0", output: "physical" }],
      },
    ],
  };

  test("N6-29: ends as plain strings are read, with a note", () => {
    const { multiscale, codes } = read(older, "0.6.dev1");
    expect(codes).toEqual(["info N6-29"]);
    expect(multiscale?.datasets[0]?.transformations).toEqual([{ type: "scale", vector: [1, 2] }]);
  });

  test("N6-29: where the metadata state 0.6 itself, they break a rule", () => {
    expect(read(older, "0.6rc0").codes).toEqual(["warning N6-29"]);
  });

  test("N6-29: a dataset may be placed by any transformation; it is kept for whoever draws it", () => {
    const item = { type: "mapAxis", mapAxis: [1, 0], input: "array", output: "physical" };
    const datasets = [{ path: "array", coordinateTransformations: [item] }];
    const { multiscale, codes } = read({ datasets }, "0.6.dev1");
    expect(codes).toEqual(["info N6-29", "warning N6-05"]);
    expect(multiscale?.datasets[0]).toMatchObject({
      transformations: undefined,
      placement: { type: "mapAxis", inputs: [1, 0] },
    });
  });
});

describe("multiscales of 0.9", () => {
  const withAxes = (...axes: JsonValue[]) => {
    const numbers = axes.map(() => 1);
    const datasets = [dataset("0", scale(...numbers))];
    return read({ coordinateSystems: [system("physical", ...axes)], datasets }, "0.9.dev1");
  };
  const oriented = (name: string, value: JsonValue): JsonObject => ({
    ...space(name),
    orientation: { type: "anatomical", value },
  });

  test("N9-01: any number, order and types of axes", () => {
    const [c, t] = [
      { name: "c", type: "channel" },
      { name: "t", type: "time" },
    ];
    expect(withAxes({ name: "ecg" }).codes).toEqual([]);
    expect(withAxes(space("x"), space("y"), c).codes).toEqual([]);
    expect(
      withAxes(t, { name: "lag", type: "time" }, c, space("z"), space("y"), space("x")).codes,
    ).toEqual([]);
  });

  test("N9-01: names that differ by case only are noted", () => {
    expect(withAxes(space("X"), space("x")).codes).toEqual(["info N9-01"]);
  });

  test("N9-03: orientation of space", () => {
    const { multiscale, codes } = withAxes(
      oriented("y", "anterior-to-posterior"),
      oriented("x", "right-to-left"),
    );
    expect(codes).toEqual([]);
    expect(multiscale?.axes?.map(({ orientation }) => orientation)).toEqual([
      { from: "anterior", to: "posterior" },
      { from: "right", to: "left" },
    ]);
    expect(withAxes({ ...space("y"), orientation: null }, space("x")).codes).toEqual([]);
  });

  test.each<[string, JsonObject[]]>([
    [
      "on time",
      [
        { name: "t", type: "time", orientation: { type: "anatomical", value: "left-to-right" } },
        space("x"),
      ],
    ],
    ["without a value", [{ ...space("y"), orientation: { type: "anatomical" } }, space("x")]],
    [
      "of another type",
      [{ ...space("y"), orientation: { type: "compass", value: "north" } }, space("x")],
    ],
    ["as a string", [{ ...space("y"), orientation: "left-to-right" }, space("x")]],
    ["between two pairs", [oriented("y", "left-to-posterior"), space("x")]],
    ["twice of one pair", [oriented("y", "left-to-right"), oriented("x", "right-to-left")]],
  ])("N9-04: orientation %s is ignored, with a warning", (_, axes) => {
    const { multiscale, codes } = withAxes(...axes);
    expect(codes).toEqual(["warning N9-04"]);
    expect(multiscale?.axes?.filter(({ orientation }) => orientation).length).toBeLessThan(2);
  });
});
