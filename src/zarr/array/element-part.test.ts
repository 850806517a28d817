import { describe, expect, test } from "vitest";
import type { JsonValue } from "../json.ts";
import { nodePath } from "../store/node-path.ts";
import { defaultPart, elementParts, withPart } from "./element-part.ts";
import { parseArrayV2 } from "./parse-v2.ts";

function array(dtype: JsonValue, fill_value: JsonValue = null) {
  const document = { zarr_format: 2, shape: [4], chunks: [2], dtype, compressor: null, fill_value };
  return parseArrayV2(document, {}, { path: nodePath("a") }).metadata;
}

const record: JsonValue = [
  ["id", "<u4"],
  ["height", "<f8"],
  ["name", "|S3"],
];

describe("what of an element is shown", () => {
  test("of complex numbers the magnitude, or another part", () => {
    const metadata = array("<c8", [3, -4]);
    const parts = elementParts(metadata)!;
    expect(parts).toMatchObject({ kind: "complex", shown: "magnitude" });
    expect(defaultPart(parts)).toBe("magnitude");
    const fills = parts.names.map((name) => withPart(metadata, name).fillValue);
    expect(fills).toEqual([5, expect.closeTo(Math.atan2(-4, 3)), 3, -4]);
    expect(elementParts(withPart(metadata, "phase"))?.shown).toBe("phase");
  });

  test("of a record its first number, or another field; text is none", () => {
    const metadata = array(record);
    expect(elementParts(metadata)).toEqual({
      kind: "record",
      names: ["id", "height"],
      shown: "id",
    });
    expect(metadata.dataType).toBe("uint32");
    expect(withPart(metadata, "height").dataType).toBe("float64");
  });

  test("a part that there is not changes nothing", () => {
    const complex = array("<c8");
    expect(withPart(complex, "constructor")).toBe(complex);
    expect(withPart(array(record), "name")).toEqual(array(record));
    const numbers = array("<u2");
    expect(withPart(numbers, "magnitude")).toBe(numbers);
  });

  test("where there is one way only, there is no choice", () => {
    expect(elementParts(array("<u2"))).toBeUndefined();
    expect(elementParts(array("|V4"))).toBeUndefined();
    expect(elementParts(array([["a", "<u2"]]))).toBeUndefined();
    expect(elementParts(array("|S4"))).toBeUndefined();
  });
});
