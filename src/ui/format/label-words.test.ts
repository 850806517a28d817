import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelImage } from "../../zarr/image/label-image.ts";
import type { JsonObject } from "../../zarr/json.ts";
import type { LabelValue, Rgba } from "../../zarr/ome/image-label.ts";
import { fakeImage } from "../testing/fake-image.ts";
import {
  isObjectFound,
  knownIds,
  labelProperties,
  parseLabelId,
  propertySummary,
} from "./label-words.ts";

const label: LabelImage = {
  name: "nuclei",
  image: fakeImage(),
  colors: new Map<LabelValue, Rgba>([
    [2n ** 63n, [1, 2, 3, 255]],
    [7, [1, 2, 3, 255]],
  ]),
  properties: new Map<LabelValue, JsonObject>([
    [4711, { class: "Mitotic", area: 88 }],
    [-1, {}],
  ]),
  sourceImage: "../../",
  isPlaced: true,
  problems: [],
};

describe("words for objects", () => {
  it("N4-57: properties in words, foreign text without control characters and never at length", () => {
    expect(propertySummary({ class: "mitotic", area: 88 }, 2)).toBe("class mitotic · area 88");
    expect(propertySummary({ a: 1, b: [2], c: null, d: true }, 2)).toBe("a 1 · b [2] · 2 more");
    expect(propertySummary(undefined, 2)).toBe("");
    const [property] = labelProperties({ note: `\u0007${"x".repeat(500)}` });
    expect(property?.text).toHaveLength(201);
    expect(property?.text).toMatch(/^ x+…$/);
  });

  it("lists every id of which the metadata say anything, once and ascending", () => {
    expect(knownIds(label)).toEqual([-1, 7, 4711, 2n ** 63n]);
  });

  it("finds objects by the beginning of their id and by anything in their properties", () => {
    expect(isObjectFound(label, 4711, "47")).toBe(true);
    expect(isObjectFound(label, 4711, "mito")).toBe(true);
    expect(isObjectFound(label, 4711, "area")).toBe(true);
    expect(isObjectFound(label, 4711, "11")).toBe(false);
    expect(isObjectFound(label, 7, "mito")).toBe(false);
  });

  it("N4-53: ids are read exactly from decimal text, and nothing else is one", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (id) => {
        expect(String(parseLabelId(String(id)))).toBe(String(id));
      }),
    );
    for (const text of ["", "1.5", "0x1", "one", "-", "1e3"])
      expect(parseLabelId(text)).toBeUndefined();
    expect(parseLabelId(2.5)).toBeUndefined();
  });
});
