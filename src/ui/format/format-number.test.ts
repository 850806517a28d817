import { describe, expect, it } from "vitest";
import { formatBytes, formatCoordinate, formatValue } from "./format-number.ts";
import { parseTypedNumber } from "./typed-number.ts";

describe("formatValue", () => {
  it("gives integers in full and others to seven digits", () => {
    expect(formatValue(4_294_967_295)).toBe("4294967295");
    expect(formatValue("18446744073709551615")).toBe("18446744073709551615");
    expect(formatValue(0.1 + 0.2)).toBe("0.3");
    expect(formatValue(1.234_567_89e-12)).toBe("1.234568e-12");
    expect(formatValue(Number.NaN)).toBe("NaN");
    expect(formatValue(Number.NEGATIVE_INFINITY)).toBe("−∞");
  });
});

describe("formatCoordinate", () => {
  it("has the digits that the step makes meaningful", () => {
    expect(formatCoordinate(59, 0.5)).toBe("59.0");
    expect(formatCoordinate(97.563, 0.36)).toBe("97.6");
    expect(formatCoordinate(12, 1)).toBe("12");
    expect(formatCoordinate(0.001_234_5, 1e-4)).toBe("0.0012");
    expect(formatCoordinate(Number.NaN, 1)).toBe("—");
  });
});

it("formatBytes is decimal with few digits", () => {
  expect([0, 999, 1000, 6_123_000, 9_960_000, 123_400_000, 999_600_000].map(formatBytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "6.1 MB",
    "10 MB",
    "123 MB",
    "1.0 GB",
  ]);
});

it("parseTypedNumber takes what people type", () => {
  expect(["12", " -3 ", "−3", "0,5", ".5", "1e-5", "+2"].map(parseTypedNumber)).toEqual([
    12, -3, -3, 0.5, 0.5, 1e-5, 2,
  ]);
  for (const text of ["", "x", "1 2", "0x10", "1e999", "Infinity", "--1"]) {
    expect(parseTypedNumber(text)).toBeUndefined();
  }
});
