import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { labelValue, parseImageLabel } from "./image-label.ts";
import { parseLabelsList } from "./labels-list.ts";
import { problemLog } from "./problem-log.ts";
import { checkBioformats2rawLayout, parseSeries } from "./series.ts";

function read(label: JsonValue, beside: JsonObject = {}, exact = new Map<string, bigint>()) {
  const log = problemLog("#");
  const block =
    typeof label === "object" && label !== null
      ? { version: "0.4", colors: [color(1)], ...label }
      : label;
  const parsed = parseImageLabel({ ...beside, "image-label": block }, false, log, exact);
  const codes = [...new Set(log.problems.map(({ code, severity }) => `${severity} ${code}`))];
  return { label: parsed, codes };
}
const color = (id: JsonValue, rgba: JsonValue = [1, 2, 3, 255]): JsonObject => ({
  "label-value": id,
  rgba,
});

describe("image-label", () => {
  test("N1-09, N4-54: colours by label; the source is two levels up", () => {
    const { label, codes } = read({ colors: [color(1), color(0, [0, 0, 0, 0])] });
    expect(codes).toEqual([]);
    expect(label?.sourceImage).toBe("../../");
    expect([...(label?.colors ?? [])]).toEqual([
      [1, [1, 2, 3, 255]],
      [0, [0, 0, 0, 0]],
    ]);
  });

  test("N1-09: a stated source", () => {
    expect(read({ source: { image: "../.." } }).label?.sourceImage).toBe("../..");
    expect(read({ source: { image: "../../../other/0" } }).label?.sourceImage).toBe(
      "../../../other/0",
    );
    expect(read({ source: { image: 3 } })).toMatchObject({
      label: { sourceImage: "../../" },
      codes: ["warning N1-09"],
    });
  });

  test("N1-12: the source may stand beside image-label", () => {
    expect(read({}, { source: { image: "../../0" } }).label?.sourceImage).toBe("../../0");
  });

  test("N1-10: of duplicates the last counts", () => {
    const { label, codes } = read({ colors: [color(7, [9, 9, 9, 9]), color(7)] });
    expect(label?.colors.get(7)).toEqual([1, 2, 3, 255]);
    expect(codes).toEqual(["warning N1-10"]);
  });

  test("N2-02, N4-57: properties keep their free keys", () => {
    const { label, codes } = read({ properties: [{ "label-value": 4, area: 12, class: "cell" }] });
    expect(label?.properties.get(4)).toEqual({ area: 12, class: "cell" });
    expect(codes).toEqual([]);
  });

  test.each([
    [{ colors: [] }, "warning N4-54"],
    [{ colors: "red" }, "warning N4-54"],
    [{ colors: [{ rgba: [0, 0, 0, 0] }] }, "warning N4-54"],
    [{ colors: [color(1.5)] }, "warning N4-54"],
    [{ colors: null }, undefined],
    [{ properties: [] }, "warning N4-57"],
    [{ properties: [{ area: 1 }] }, "warning N4-57"],
  ] as [JsonObject, string | undefined][])("N4-54, N4-57: %j", (label, code) => {
    expect(read(label).codes).toEqual(code === undefined ? [] : [code]);
  });

  test("N4-54: no colours at all, and no version, are notes", () => {
    const log = problemLog("#");
    expect(parseImageLabel({ "image-label": {} }, false, log)?.colors.size).toBe(0);
    expect(log.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "info G-03",
      "info N4-54",
    ]);
  });

  test.each<[JsonValue, readonly number[] | undefined]>([
    [
      [255, 0, 10],
      [255, 0, 10, 255],
    ],
    [
      [0.5, 0, 1],
      [128, 0, 255, 255],
    ],
    [
      [0, 0.5, 1, 0.5],
      [0, 128, 255, 128],
    ],
    [
      [300, -5, 12, 256],
      [255, 0, 12, 255],
    ],
    ["red", undefined],
    [[1, 2], undefined],
    [[1, 2, "3", 4], undefined],
  ])("N4-55: rgba %j is read as %j, with a warning", (rgba, expected) => {
    const { label, codes } = read({ colors: [color(3, rgba)] });
    expect(label?.colors.get(3)).toEqual(expected);
    expect(codes).toEqual(["warning N4-55"]);
  });

  test("N4-55: rgba may be absent: the label has no colour of its own", () => {
    const { label, codes } = read({ colors: [{ "label-value": 3 }] });
    expect(label?.colors.has(3)).toBe(false);
    expect(codes).toEqual([]);
  });

  test("N4-53: ids of 64 bits are exact, -1 is one", () => {
    const exact = new Map([["/image-label/colors/0/label-value", 9007199254740993n]]);
    const { label } = read({ colors: [color(9007199254740992), color(-1)] }, {}, exact);
    expect([...(label?.colors.keys() ?? [])]).toEqual([9007199254740993n, -1]);
  });

  test("a pixel's value finds its label, whatever type it was read as", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (id) => {
        const key = labelValue(id);
        expect(BigInt(key)).toBe(id);
        if (typeof key === "number") expect(labelValue(Number(id))).toBe(key);
      }),
    );
    expect(labelValue(-0)).toBe(0);
  });

  test("N4-58: no such key, no problem", () => {
    expect(read(null)).toEqual({ label: undefined, codes: [] });
  });
});

describe("lists of images", () => {
  const listOf = (value: JsonValue) => {
    const log = problemLog("#");
    const paths = parseLabelsList({ labels: value }, false, log);
    return { paths, codes: [...new Set(log.problems.map(({ code }) => code))] };
  };

  test("N1-08, N4-50: label images, nested ones too; the list may be empty", () => {
    expect(listOf(["cells", "a/b"])).toEqual({ paths: ["cells", "a/b"], codes: [] });
    expect(listOf([])).toEqual({ paths: [], codes: [] });
    expect(listOf("cells")).toEqual({ paths: undefined, codes: ["N4-50"] });
  });

  test("N4-50: what is no path, or stands twice, is left out", () => {
    expect(listOf(["a", "a", 7, null, "..", ""])).toEqual({ paths: ["a", "7"], codes: ["N4-50"] });
  });

  test("N4-72, N4-75: series, nested ones too", () => {
    const log = problemLog("#");
    expect(parseSeries({ series: ["0", "A/1/0"] }, false, log)).toEqual(["0", "A/1/0"]);
    expect(log.problems).toEqual([]);
    expect(parseSeries({ series: { 0: "0" } }, false, log)).toBeUndefined();
    expect(log.problems.map(({ code }) => code)).toEqual(["N4-72"]);
  });

  test("N5-01, N5-05: in the namespace a list has a version", () => {
    const log = problemLog("#");
    parseLabelsList({ labels: ["a"] }, true, log);
    expect(log.problems.map(({ code }) => code)).toEqual(["N5-01"]);
  });

  test.each([
    [3, []],
    [2, ["N4-70"]],
    ["3", ["N4-70"]],
  ])("N4-70: layout %j", (layout, codes) => {
    const log = problemLog("#");
    checkBioformats2rawLayout({ "bioformats2raw.layout": layout }, false, log);
    expect(log.problems.map(({ code }) => code)).toEqual(codes);
  });
});
