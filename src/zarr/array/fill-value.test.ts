import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../json.ts";
import type { DataType } from "./data-type.ts";
import { parseFillValue } from "./fill-value.ts";
import { float16FromBits, roundToFloat16 } from "./float16.ts";

const proper: [DataType, JsonValue | undefined, number | bigint][] = [
  ["uint16", 7, 7],
  ["int8", -128, -128],
  ["uint8", null, 0],
  ["int64", null, 0n],
  ["int64", -5, -5n],
  ["uint64", 2 ** 40, 2n ** 40n],
  ["float32", 0.1, Math.fround(0.1)],
  ["float64", 0.1, 0.1],
  ["float64", "NaN", Number.NaN],
  ["float32", "Infinity", Number.POSITIVE_INFINITY],
  ["float16", "-Infinity", Number.NEGATIVE_INFINITY],
  ["float64", Number.NaN, Number.NaN],
  ["float64", "0x3ff0000000000000", 1],
  ["float32", "0x7fc00000", Number.NaN],
  ["float32", "0xbf800000", -1],
  ["float16", "0x3c00", 1],
  ["float16", 0.1, 0.0999755859375],
  ["float64", null, 0],
  ["bool", true, 1],
  ["bool", false, 0],
  ["bool", null, 0],
];

const tolerated: [DataType, JsonValue | undefined, number | bigint][] = [
  ["uint16", "0", 0],
  ["uint16", "0.0", 0],
  ["int32", "-12", -12],
  ["int64", "9007199254740993", 9007199254740993n],
  ["uint8", "0xff", 255],
  ["uint8", true, 1],
  ["uint8", 256, 0],
  ["uint8", -1, 255],
  ["int8", 255, -1],
  ["uint8", 1.5, 0],
  ["uint8", Number.NaN, 0],
  ["int32", "NaN", 0],
  ["int32", "abc", 0],
  ["uint16", [1], 0],
  ["float32", "1.5", 1.5],
  ["float32", "nan", Number.NaN],
  ["float32", "-inf", Number.NEGATIVE_INFINITY],
  ["float32", "0x1", 2 ** -149],
  ["float32", "AAAA", 0],
  ["float32", true, 1],
  ["float32", { a: 1 }, 0],
  ["bool", 1, 1],
  ["bool", 0, 0],
  ["bool", "true", 1],
  ["bool", 2, 0],
];

describe("parseFillValue", () => {
  test.each(proper)("Z2-05, Z3-11: %s %j is %s", (dataType, value, expected) => {
    expect(parseFillValue(value, dataType)).toEqual({ value: expected });
  });

  test.each(tolerated)("Z2-05: %s %j is read as %s, with a remark", (dataType, value, expected) => {
    const parsed = parseFillValue(value, dataType);
    expect(parsed.value).toEqual(expected);
    expect(parsed.expected).toBeTypeOf("string");
  });

  test("Z3-12: 64-bit integers are exact", () => {
    expect(parseFillValue(2 ** 64, "uint64", 2n ** 64n - 1n)).toEqual({ value: 2n ** 64n - 1n });
    expect(parseFillValue(-(2 ** 63), "int64", -(2n ** 63n))).toEqual({ value: -(2n ** 63n) });
  });

  test("every value ends in the range of its type", () => {
    const types: DataType[] = [
      "bool",
      "int8",
      "uint16",
      "int32",
      "uint64",
      "int64",
      "float16",
      "float64",
    ];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...types), (value, dataType) => {
        const { value: used } = parseFillValue(value as JsonValue, dataType);
        expect(typeof used).toBe(
          /64$/.test(dataType) && !dataType.startsWith("f") ? "bigint" : "number",
        );
        if (dataType === "bool") expect([0, 1]).toContain(used);
        if (dataType === "int8") expect(Math.abs(Number(used))).toBeLessThanOrEqual(128);
      }),
    );
  });
});

describe("float16", () => {
  test("every bit pattern is its own nearest float16", () => {
    const unstable: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = float16FromBits(bits);
      if (!Object.is(roundToFloat16(value), value)) unstable.push(bits);
    }
    expect(unstable).toEqual([]);
  });

  test("rounds to nearest, ties to even", () => {
    expect(roundToFloat16(1 + 2 ** -11)).toBe(1);
    expect(roundToFloat16(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9);
    expect(roundToFloat16(65519)).toBe(65504);
    expect(roundToFloat16(65520)).toBe(Number.POSITIVE_INFINITY);
    expect(roundToFloat16(2 ** -25)).toBe(0);
    expect(roundToFloat16(-(2 ** -24))).toBe(-(2 ** -24));
  });
});
