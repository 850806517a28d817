import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { parsePlate } from "./plate.ts";
import { problemLog } from "./problem-log.ts";
import { parseWell } from "./well.ts";

const names = (...items: JsonValue[]): JsonValue => items.map((name) => ({ name }));

/** A rule-abiding plate of 0.4 with two wells; every override replaces one key. */
function plateWith(overrides: JsonObject = {}): JsonObject {
  return {
    version: "0.4",
    name: "screen",
    rows: names("A", "B"),
    columns: names("1", "2", "3"),
    wells: [
      { path: "A/1", rowIndex: 0, columnIndex: 0 },
      { path: "B/3", rowIndex: 1, columnIndex: 2 },
    ],
    ...overrides,
  };
}

function read(overrides: JsonObject = {}) {
  const log = problemLog("#");
  const plate = parsePlate({ plate: plateWith(overrides) }, false, log);
  if (!plate) throw new Error("no plate");
  const codes = [...new Set(log.problems.map(({ code, severity }) => `${severity} ${code}`))];
  return { plate, codes, log };
}

describe("plates", () => {
  test("N1-13, N4-60: names, places and counts, without a problem", () => {
    const { plate, codes } = read({
      field_count: 4,
      acquisitions: [{ id: 0, name: "first", maximumfieldcount: 4 }],
    });
    expect(codes).toEqual([]);
    expect(plate).toEqual({
      name: "screen",
      version: "0.4",
      rows: ["A", "B"],
      columns: ["1", "2", "3"],
      wells: [
        { path: "A/1", rowIndex: 0, columnIndex: 0 },
        { path: "B/3", rowIndex: 1, columnIndex: 2 },
      ],
      acquisitions: [{ id: 0, name: "first", maximumFieldCount: 4 }],
      fieldCount: 4,
    });
  });

  test("N4-60: missing name and version are notes", () => {
    expect(read({ name: null, version: null }).codes).toEqual(["info G-03"]);
    const log = problemLog("#");
    const { name: _, version: __, ...bare } = plateWith();
    parsePlate({ plate: bare }, false, log);
    expect(log.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "info G-03",
      "info N4-60",
    ]);
  });

  test("N1-14: before 0.4 places come from the last two segments of the path", () => {
    const { plate, codes } = read({ version: "0.2", wells: [{ path: "B/2" }, { path: "A/3" }] });
    expect(codes).toEqual([]);
    expect(plate.wells).toEqual([
      { path: "B/2", rowIndex: 1, columnIndex: 1 },
      { path: "A/3", rowIndex: 0, columnIndex: 2 },
    ]);
  });

  test("N1-15: a well of 0.1 may have a directory more", () => {
    const { plate, codes } = read({ version: "0.1", wells: [{ path: "2020-10-10/A/2" }] });
    expect(codes).toEqual([]);
    expect(plate.wells).toEqual([{ path: "2020-10-10/A/2", rowIndex: 0, columnIndex: 1 }]);
  });

  test("N1-17, N4-62: acquisitions; id 0 is one, startime is read", () => {
    const { plate, codes } = read({
      acquisitions: [
        { id: 0, name: "a", maximumfieldcount: 1, startime: 12, endtime: 13, description: "dry" },
        { id: 0, name: "twice", maximumfieldcount: 1 },
        { id: -1, name: "b", maximumfieldcount: "2" },
        "third",
      ],
    });
    expect(codes).toEqual(["warning N4-62"]);
    expect(plate.acquisitions).toEqual([
      { id: 0, name: "a", description: "dry", maximumFieldCount: 1, startTime: 12, endTime: 13 },
      { id: 2, name: "b", maximumFieldCount: 2 },
    ]);
  });

  test("N4-62: a missing name or maximumfieldcount is a note", () => {
    expect(read({ acquisitions: [{ id: 1 }] }).codes).toEqual(["info N4-62"]);
  });

  test.each([
    ["rows", undefined],
    ["rows", []],
    ["rows", names("A", "A")],
    ["rows", names("A", "B-2")],
    ["rows", [{ concentration: 3 }, { name: "B" }]],
    ["columns", undefined],
    ["columns", {}],
    ["wells", undefined],
    ["wells", []],
  ] as [string, JsonValue | undefined][])("N4-60: %s %j is a broken rule", (key, value) => {
    const plate: JsonObject = plateWith();
    if (value === undefined) delete plate[key];
    else plate[key] = value;
    const log = problemLog("#");
    parsePlate({ plate }, false, log);
    expect(log.problems).toContainEqual(
      expect.objectContaining({ code: "N4-60", severity: "warning" }),
    );
  });

  test("N4-60: rows and columns that only wells name are added, in the order of people", () => {
    const { plate, codes } = read({
      rows: [],
      columns: names("2"),
      wells: ["B/10", "A/2", "B/9"].map((path) => ({ path })),
      version: "0.1",
    });
    expect(codes).toEqual(["warning N4-60"]);
    expect(plate.rows).toEqual(["A", "B"]);
    expect(plate.columns).toEqual(["2", "9", "10"]);
    expect(plate.wells.map(({ rowIndex, columnIndex }) => [rowIndex, columnIndex])).toEqual([
      [1, 2],
      [0, 0],
      [1, 1],
    ]);
  });

  test("N4-61: indices win over the path for drawing, with a warning", () => {
    const { plate, codes } = read({ wells: [{ path: "A/1", rowIndex: 1, columnIndex: 1 }] });
    expect(codes).toEqual(["warning N4-61"]);
    expect(plate.wells).toEqual([{ path: "A/1", rowIndex: 1, columnIndex: 1 }]);
  });

  test("N4-61: where all indices are alike, the paths tell the wells apart", () => {
    const wells = ["A/1", "A/2", "B/1"].map((path) => ({ path, rowIndex: 0, columnIndex: 0 }));
    const { plate, codes } = read({ wells });
    expect(codes).toEqual(["warning N4-61"]);
    expect(plate.wells.map(({ rowIndex, columnIndex }) => [rowIndex, columnIndex])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  test.each([
    { rowIndex: 0, columnIndex: 0 },
    { path: "", rowIndex: 0, columnIndex: 0 },
    { path: "A/1", rowIndex: 0 },
    { path: "A/1", rowIndex: "0", columnIndex: -1 },
    { path: "A1", rowIndex: 0, columnIndex: 0 },
    { path: "plate/A/1", rowIndex: 0, columnIndex: 0 },
    "A/1",
  ])("N4-61: well %j breaks a rule", (well) => {
    expect(read({ wells: [well] }).codes).toContain("warning N4-61");
  });

  test("N4-63: wells are sparse, in stated order", () => {
    expect(read().plate.wells.map(({ path }) => path)).toEqual(["A/1", "B/3"]);
  });

  test("N4-65: a field count that is none is left out", () => {
    const { plate, codes } = read({ field_count: 0 });
    expect(plate.fieldCount).toBeUndefined();
    expect(codes).toEqual(["warning N4-65"]);
  });

  test("N4-66: 01 and 1 are two names, more than 26 rows have two letters, the lists give the order", () => {
    const { plate, codes } = read({
      rows: names("B", "A", "AF"),
      columns: names("01", "1"),
      wells: [
        { path: "AF/1", rowIndex: 2, columnIndex: 1 },
        { path: "B/01", rowIndex: 0, columnIndex: 0 },
      ],
    });
    expect(codes).toEqual([]);
    expect([plate.rows, plate.columns]).toEqual([
      ["B", "A", "AF"],
      ["01", "1"],
    ]);
  });

  test("N5-01, N5-02, G-04: the version of the namespace counts, another one beside it is noted", () => {
    const log = problemLog("#");
    const plate = parsePlate({ version: "0.5", plate: plateWith() }, true, log);
    expect(plate?.version).toBe("0.5");
    expect(log.problems.map(({ code }) => code)).toEqual(["G-04"]);
  });

  test("no plate, no problem", () => {
    const log = problemLog("#");
    expect(parsePlate({ plate: null }, false, log)).toBeUndefined();
    expect(log.problems).toEqual([]);
  });

  test("whatever stands there, every well has a path and a place of its own inside the plate", () => {
    const index = fc.oneof(fc.integer({ min: -1, max: 4 }), fc.constant("1"), fc.constant(null));
    const path = fc.stringMatching(/^[AB1-3/.]{0,5}$/);
    const well = fc.record({ path, rowIndex: index, columnIndex: index }, { requiredKeys: [] });
    const line = fc.array(fc.record({ name: fc.constantFrom("A", "B", "1", "2", 3) }), {
      maxLength: 3,
    });
    const plates = fc.record({
      rows: line,
      columns: line,
      wells: fc.array(well, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(plates, fc.boolean(), (plate, namespaced) => {
        const log = problemLog("#");
        const parsed = parsePlate({ plate: plate as JsonObject }, namespaced, log);
        const { rows = [], columns = [], wells = [] } = parsed ?? {};
        const places = wells.map((item) => `${item.rowIndex}/${item.columnIndex}`);
        expect(new Set(places).size).toBe(wells.length);
        expect(new Set(wells.map((item) => item.path)).size).toBe(wells.length);
        for (const { rowIndex, columnIndex } of wells) {
          expect(rows[rowIndex]).toBeDefined();
          expect(columns[columnIndex]).toBeDefined();
        }
      }),
    );
  });
});

describe("wells", () => {
  const wellOf = (images: JsonValue, version = "0.4") => {
    const log = problemLog("#");
    const well = parseWell({ well: { version, images } }, false, log);
    return { images: well?.images, codes: [...new Set(log.problems.map(({ code }) => code))] };
  };

  test("N1-16, N4-64: fields in stated order, acquisition 0 is one", () => {
    expect(wellOf([{ path: "1", acquisition: 0 }, { path: "0" }])).toEqual({
      images: [{ path: "1", acquisition: 0 }, { path: "0" }],
      codes: [],
    });
  });

  test("N4-64: fields without a path, and repeated ones, are left out", () => {
    const { images, codes } = wellOf([
      { path: "0" },
      { path: "0" },
      {},
      null,
      { path: "1", acquisition: "0" },
    ]);
    expect(images).toEqual([{ path: "0" }, { path: "1", acquisition: 0 }]);
    expect(codes).toEqual(["N4-64"]);
  });

  test("N4-64: a well without fields is empty, not broken", () => {
    expect(wellOf([])).toEqual({ images: [], codes: ["N4-64"] });
  });

  test.each([
    ["0_a-b.image", "0.6rc0", []],
    ["0_a-b.image", "0.4", ["N4-64"]],
    ["..x/y", "0.6", ["N6-32"]],
    ["__hidden", "0.6", ["N6-32"]],
    ["!@#$%", "0.6.dev2", ["N6-32"]],
    ["12", "0.9.dev1", []],
  ])("N6-32: field %j of %s", (path, version, codes) => {
    expect(wellOf([{ path }], version)).toEqual({ images: [{ path }], codes });
  });

  test("G-01: foo is no version", () => {
    expect(wellOf([{ path: "0" }], "foo").codes).toEqual(["G-01"]);
  });
});
