import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { parseAxes } from "./axes.ts";
import { parseTransformations } from "./coordinate-transformations.ts";
import { parseMultiscales } from "./multiscales.ts";
import { groupKind } from "./node-kind.ts";
import { omeAttributes } from "./ome-attributes.ts";
import { parseOmero } from "./omero.ts";
import { problemLog } from "./problem-log.ts";

const scale = (...values: JsonValue[]): JsonValue => ({ type: "scale", scale: values });
const translation = (...values: JsonValue[]): JsonValue => ({
  type: "translation",
  translation: values,
});

/** A rule-abiding 0.4 image; every override replaces one key of the multiscale. */
function multiscale(overrides: JsonObject = {}): JsonObject {
  return {
    version: "0.4",
    name: "cells",
    axes: [
      { name: "c", type: "channel" },
      { name: "y", type: "space", unit: "micrometer" },
      { name: "x", type: "space", unit: "micrometer" },
    ],
    datasets: [
      { path: "0", coordinateTransformations: [scale(1, 0.5, 0.5)] },
      { path: "1", coordinateTransformations: [scale(1, 1, 1)] },
    ],
    ...overrides,
  };
}

function read(multiscales: JsonValue, namespaced = false, ome: JsonObject = {}) {
  const log = problemLog("z#");
  const images = parseMultiscales({ ...ome, multiscales }, namespaced, log);
  return { images, codes: [...new Set(log.problems.map((problem) => problem.code))], log };
}

function readOne(overrides: JsonObject) {
  const { images, codes } = read([multiscale(overrides)]);
  const [image] = images;
  if (!image) throw new Error("no image");
  return { ...image, codes };
}

describe("multiscales", () => {
  test("a rule-abiding image raises no problem", () => {
    const { images, codes } = read([multiscale()]);
    expect(codes).toEqual([]);
    expect(images).toMatchObject([{ dialect: "0.4", version: "0.4", name: "cells" }]);
  });

  test("G-01, G-03, G-05: versions are hints; an unknown one is a notice", () => {
    expect(readOne({ version: "0.5-dev" }).codes).toEqual([]);
    expect(readOne({ version: null }).codes).toEqual([]);
    const newer = readOne({ version: "7.1" });
    expect(newer.codes).toEqual(["G-05"]);
    expect(newer.dialect).toBe("0.4");
  });

  test("G-02: a version may be a number", () => {
    expect(readOne({ version: 0.4 }).version).toBe("0.4");
  });

  test("N5-01: in the namespace the block's version counts, outside it the multiscale's own", () => {
    const { images, codes } = read([multiscale()], true, { version: "0.5" });
    expect(images).toMatchObject([{ version: "0.5" }]);
    // G-04: what a writer left over.
    expect(codes).toEqual(["G-04"]);
    const outside = read([multiscale()], false, { version: "12.3 of my data" });
    expect(outside.images).toMatchObject([{ version: "0.4" }]);
  });

  test("N4-20: all usable ones of several are read, with a notice", () => {
    const { images, codes } = read([
      { datasets: [] },
      multiscale({ name: "second" }),
      multiscale({ name: "" }),
    ]);
    expect(images.map(({ name }) => name)).toEqual(["second", undefined]);
    expect(codes).toContain("N4-20");
  });

  test("N5-01: in the namespace a version is a must", () => {
    expect(read([multiscale({ version: null })], true).codes).toEqual(["N5-01"]);
  });

  test("G-01: foo is no version", () => {
    expect(readOne({ version: "foo" }).codes).toEqual(["G-01"]);
  });

  test.each([[[]], [null], [{ tile_matrix_set: {} }], ["0"]])(
    "N4-21: multiscales %j is no image",
    (value) => {
      expect(read(value).images).toEqual([]);
    },
  );

  test("1.11, N3-01, N1-01: names for axes, or none, show 0.3 and 0.1", () => {
    const old = { version: "0.3", datasets: [{ path: "0" }] };
    const named = read([{ ...old, axes: ["c", "y", "x"] }]);
    expect(named.images).toMatchObject([
      { dialect: "0.3", axes: [{ name: "c" }, { name: "y" }, { name: "x" }] },
    ]);
    expect(named.codes).toEqual([]);
    const bare = read([{ ...old, version: "0.1" }]);
    expect(bare.images).toMatchObject([{ dialect: "0.1", axes: undefined }]);
    expect(bare.codes).toEqual([]);
  });

  test("N3-04: strings and objects may be mixed", () => {
    const { axes, dialect } = readOne({ axes: ["c", { name: "y", type: "space" }, "x"] });
    expect(dialect).toBe("0.4");
    expect(axes?.map((axis) => axis.name)).toEqual(["c", "y", "x"]);
  });

  test("N4-10: datasets without a path, and repeated ones, are left out", () => {
    const { datasets, codes } = readOne({
      datasets: [
        { path: "0", coordinateTransformations: [scale(1, 1, 1)] },
        { path: "0", coordinateTransformations: [scale(1, 1, 1)] },
        { coordinateTransformations: [scale(1, 1, 1)] },
        "1",
      ],
    });
    expect(datasets.map((dataset) => dataset.path)).toEqual(["0"]);
    expect(codes).toEqual(["N4-10"]);
  });

  test("N4-10: the level's number stands for its path", () => {
    const { datasets } = readOne({
      datasets: [{ path: 0, coordinateTransformations: [scale(1)] }],
    });
    expect(datasets[0]?.path).toBe("0");
  });

  test.each(["", ".", "/", "./", ".."])("N4-19: %j is no path of an array", (path) => {
    expect(read([multiscale({ datasets: [{ path }] })]).images).toEqual([]);
  });
});

describe("axes", () => {
  const axesOf = (value: JsonValue) => {
    const log = problemLog("z#");
    const axes = parseAxes(value, "/axes", log);
    return { axes, codes: [...new Set(log.problems.map((problem) => problem.code))] };
  };
  const space = (name: string) => ({ name, type: "space" });

  test("N4-01: names are unique, and none that every object inherits", () => {
    const { axes, codes } = axesOf([space("x"), space("x"), space("__proto__"), space("")]);
    expect(axes?.map((axis) => axis.name)).toEqual(["x", "dim_1", "dim_2", "dim_3"]);
    expect(codes).toContain("N4-01");
  });

  test("N4-02: number, types and order are checked", () => {
    const [t, c, y, x] = [
      { name: "t", type: "time" },
      { name: "c", type: "channel" },
      space("y"),
      space("x"),
    ];
    expect(axesOf([t, c, y, x]).codes).toEqual([]);
    expect(axesOf([c, t, y, x]).codes).toEqual(["N4-02"]);
    expect(axesOf([y, x, c]).codes).toEqual(["N4-02"]);
    expect(axesOf([t, x]).codes).toEqual(["N4-02"]);
    expect(axesOf([t, { name: "t2", type: "time" }, y, x]).codes).toEqual(["N4-02"]);
    expect(axesOf([c, { name: "angle", type: "angle" }, y, x]).codes).toEqual(["N4-02"]);
    expect(axesOf([y]).codes).toEqual(["N4-02"]);
  });

  test("N4-03: the order of space is free", () => {
    expect(axesOf([space("x"), space("y"), space("z")]).codes).toEqual([]);
  });

  test("N4-05: type null and custom types are accepted", () => {
    const { axes, codes } = axesOf([{ name: "angle", type: null }, space("y"), space("x")]);
    expect(axes?.[0]).toEqual({ name: "angle", type: undefined, unit: undefined });
    expect(codes).toEqual([]);
  });

  test("N4-08: units stay as they are spelled; others than strings are none", () => {
    const { axes, codes } = axesOf([
      { ...space("y"), unit: "µm" },
      { ...space("x"), unit: 3 },
    ]);
    expect(axes?.map((axis) => axis.unit)).toEqual(["µm", undefined]);
    expect(codes).toEqual(["N4-08"]);
  });
});

describe("coordinate transformations", () => {
  const stepsOf = (value: JsonValue | undefined, ofDataset = true) => {
    const log = problemLog("z#");
    const steps = parseTransformations(value, "/t", log, ofDataset);
    return { steps, codes: [...new Set(log.problems.map((problem) => problem.code))] };
  };

  test("N4-10: scale and translation, in stated order", () => {
    expect(stepsOf([scale(2, 3), translation(4, 5)])).toEqual({
      steps: [
        { type: "scale", vector: [2, 3] },
        { type: "translation", vector: [4, 5] },
      ],
      codes: [],
    });
  });

  test("N4-11: identity is accepted, a path and unknown types are passed over", () => {
    expect(stepsOf([{ type: "identity" }], false)).toEqual({ steps: [], codes: [] });
    expect(stepsOf([{ type: "scale", path: "s" }, scale(1)]).codes).toEqual(["N4-11"]);
    expect(stepsOf([{ type: "affine", affine: [] }, scale(1)]).codes).toEqual(["N4-11"]);
  });

  test("N4-14: a missing scale, two translations, a translation first are noted", () => {
    expect(stepsOf(undefined)).toEqual({ steps: undefined, codes: ["N4-14"] });
    expect(stepsOf([]).codes).toEqual(["N4-14"]);
    expect(stepsOf([scale(1), translation(1), translation(2)]).codes).toEqual(["N4-14"]);
    expect(stepsOf([translation(1), scale(1)]).codes).toEqual(["N4-14"]);
  });

  test("N4-14: numbers as strings are read, what is no number is NaN", () => {
    const { steps, codes } = stepsOf([scale("0.5", "wide", null, Number.NaN)]);
    expect(steps?.[0]?.vector).toEqual([0.5, Number.NaN, Number.NaN, Number.NaN]);
    expect(codes).toEqual(["N4-14"]);
  });

  test("N4-13: a multiscale needs none", () => {
    expect(stepsOf(undefined, false)).toEqual({ steps: undefined, codes: [] });
  });
});

describe("omero", () => {
  const omeroOf = (value: JsonValue | undefined) => {
    const log = problemLog("z#");
    const omero = parseOmero(value, "/omero", log);
    return { omero, codes: [...new Set(log.problems.map((problem) => problem.code))] };
  };
  const colorOf = (color: JsonValue) =>
    omeroOf({ channels: [{ color }] }).omero?.channels[0]?.color;
  const windowOf = (window: JsonValue) => omeroOf({ channels: [{ window }] });

  test.each([
    ["00ff7F", "00FF7F"],
    ["#0af", "00AAFF"],
    ["FF00FF80", "FF00FF"],
    ["rebeccapurple", "663399"],
    ["Lime", "00FF00"],
    [0x00ff00, "00FF00"],
    [-16776961, "FF0000"],
    [[255, 0, 128], "FF0080"],
    [[0, 0.5, 1], "0080FF"],
  ])("N4-34: colour %j is %s", (color, expected) => {
    expect(colorOf(color)).toBe(expected);
  });

  test.each([
    "red;background:url(//evil)",
    "#12",
    "",
    {},
    [1, 2],
    [-1, 0, 0],
    1.5,
    "constructor",
    true,
  ])("N4-34: colour %j is none", (color) => {
    expect(colorOf(color)).toBeUndefined();
  });

  test("N4-33: limits are kept, the slider's limits hold them", () => {
    const { omero, codes } = windowOf({ start: -5, end: 900, min: 0, max: 255 });
    expect(omero?.channels[0]?.window).toEqual({ start: -5, end: 900, min: -5, max: 900 });
    expect(codes).toEqual([]);
  });

  test.each([
    { start: 5, end: 5, min: 0, max: 9 },
    { start: 6, end: 5, min: 0, max: 9 },
    { start: 0, end: 9, min: 0, max: 0 },
    { start: "0", end: "9", min: "0", max: "9" },
    { end: 9, min: 0, max: 9 },
    { start: Number.NaN, end: 9, min: 0, max: 9 },
    { start: 0, end: Number.POSITIVE_INFINITY, min: 0, max: 9 },
    [0, 1],
    "full",
  ])("N4-35: window %j gives way to auto-contrast", (window) => {
    const { omero, codes } = windowOf(window);
    expect(omero?.channels[0]?.window).toBeUndefined();
    expect(codes).toEqual(["N4-35"]);
  });

  test("N5-06, N9-05: color, window, min and max may be absent", () => {
    const { omero, codes } = omeroOf({
      channels: [{ label: "a" }, { window: { start: 1, end: 2 } }],
    });
    expect(codes).toEqual([]);
    expect(omero?.channels[1]?.window).toEqual({ start: 1, end: 2, min: 1, max: 2 });
  });

  test("N4-36: {} and null do no harm", () => {
    expect(omeroOf(null)).toEqual({ omero: undefined, codes: [] });
    expect(omeroOf({}).omero?.channels).toEqual([]);
  });

  test("N4-38, N4-39: inverted, greyscale and the default plane", () => {
    const rdefs = { defaultZ: 3, defaultT: "1", model: "greyscale" };
    const { omero, codes } = omeroOf({ channels: [{ inverted: true }], rdefs });
    expect(codes).toEqual(["N4-39"]);
    expect(omero).toMatchObject({
      channels: [{ inverted: true }],
      defaultZ: 3,
      defaultT: undefined,
      greyscale: true,
    });
  });

  test("N4-30: before 0.5 every channel states colour and window", () => {
    const log = problemLog("z#");
    parseOmero({ channels: [{ label: "a" }] }, "/omero", log, true);
    expect(log.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "N4-30 z#/omero/channels/0/color",
      "N4-30 z#/omero/channels/0/window",
    ]);
  });

  test("N4-31: polynomial is a power, other families are shown as linear", () => {
    const curve = (family: JsonValue, coefficient: JsonValue) => {
      const { omero, codes } = omeroOf({ channels: [{ family, coefficient }] });
      return [omero?.channels[0]?.gamma, codes];
    };
    expect(curve("linear", 1)).toEqual([1, []]);
    expect(curve("polynomial", 1.5)).toEqual([1.5, []]);
    expect(curve("polynomial", 0)).toEqual([1, ["N4-31"]]);
    expect(curve("logarithmic", 1)).toEqual([1, ["N4-31"]]);
    expect(curve("wavy", 1)).toEqual([1, ["N4-31"]]);
  });

  test("N4-31: booleans and texts are held to their types", () => {
    const { omero, codes } = omeroOf({
      channels: [{ active: 1, inverted: "yes", label: 7, lut: "fire.lut" }, { lut: 3 }],
    });
    expect(omero?.channels).toMatchObject([
      { active: true, inverted: false, label: "7", lut: "fire.lut" },
      { lut: undefined },
    ]);
    expect(codes).toEqual(["N4-31"]);
  });

  test("N4-32: the whole of OMERO's block does no harm; a model is color or greyscale", () => {
    const block = { id: 1, pixel_range: [0, 255], meta: {}, tiles: true, size: {}, channels: [] };
    expect(omeroOf({ ...block, rdefs: { model: "color", projection: "normal" } }).codes).toEqual(
      [],
    );
    expect(omeroOf({ ...block, rdefs: { model: "rainbow" } }).codes).toEqual(["N4-32"]);
  });
});

describe("kind of a group, in the order of 1.11", () => {
  const wells = [{ path: "A/1" }, { path: 3 }, null];
  test.each([
    [{ type: "collection", nodes: [], plate: {} }, { kind: "collection" }],
    [{ plate: { wells, name: "p" }, "bioformats2raw.layout": 3 }, { kind: "plate" }],
    [{ well: { images: [{ path: "0" }] } }, { kind: "well" }],
    [{ "bioformats2raw.layout": 3, multiscales: [{}] }, { kind: "bioformats2raw" }],
    [{ scene: {} }, { kind: "scene" }],
    [
      { multiscales: [{}], "image-label": {} },
      { kind: "multiscales", isLabel: true },
    ],
    [{ multiscales: [], labels: ["a", 1] }, { kind: "labels" }],
    [{ multiscales: { layout: [] } }, { kind: "group" }],
    [{ series: ["0"] }, { kind: "series" }],
    [{ type: "table" }, { kind: "group" }],
    [{ plate: null, well: 3 }, { kind: "group" }],
  ])("%j", (attributes, expected) => {
    expect(groupKind(attributes)).toMatchObject(expected);
    // N5-01: the same below `ome`.
    expect(groupKind({ ome: attributes })).toMatchObject(expected);
  });

  test("N5-08: an empty or foreign ome leaves the attributes to speak", () => {
    expect(groupKind({ ome: {}, multiscales: [{}] }).kind).toBe("multiscales");
    expect(omeAttributes({ ome: "0.5", multiscales: [] }).namespaced).toBe(false);
  });
});

describe("hostile metadata", () => {
  const valid = multiscale();
  const keys = [
    "multiscales",
    "omero",
    "plate",
    "well",
    "labels",
    "series",
    "ome",
    "scene",
    "__proto__",
  ];
  const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;

  const readAll = (attributes: JsonObject) => {
    const { ome, namespaced } = omeAttributes(attributes);
    const log = problemLog("z#");
    groupKind(attributes);
    parseMultiscales(ome, namespaced, log);
    parseOmero(ome.omero, "/omero", log);
    return log.problems;
  };

  test("parsers never throw, never pollute, and keep their lists short", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), anything), (attributes) => {
        expect(readAll(attributes).length).toBeLessThanOrEqual(200);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("nor does a valid document with any one value replaced", () => {
    const document = {
      multiscales: [valid],
      omero: { channels: [{ color: "FF0000", window: {} }] },
    };
    const pointers = pathsOf(document);
    fc.assert(
      fc.property(fc.constantFrom(...pointers), anything, (pointer, value) => {
        const mutated = structuredClone(document) as JsonObject;
        replaceAt(mutated, pointer, value);
        for (const { received } of readAll(mutated)) expect(received.length).toBeLessThan(1000);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("a million of everything is cut short", () => {
    const many = (item: JsonValue) => new Array<JsonValue>(1_000_000).fill(item);
    const started = performance.now();
    readAll({
      multiscales: [{ axes: many({}), datasets: many({}), coordinateTransformations: many(7) }],
      omero: { channels: many(0) },
    });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length === 0 ? [] : [[...path]];
  if (typeof value !== "object" || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaceAt(document: JsonObject, [key = "", ...rest]: readonly string[], value: JsonValue) {
  if (rest.length === 0) {
    document[key] = value;
    return;
  }
  replaceAt(document[key] as JsonObject, rest, value);
}
