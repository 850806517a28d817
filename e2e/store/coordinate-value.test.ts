import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DataType, storedItemBytes } from "../../src/zarr/array/data-type.ts";
import { asReadout, coordinateValue } from "./coordinate-value.ts";

const dataTypes = Object.keys(storedItemBytes) as DataType[];
const coordinate = fc.record({
  t: fc.nat(500),
  c: fc.nat(50),
  z: fc.nat(500),
  y: fc.nat(400_000),
  x: fc.nat(1_000_000),
  level: fc.nat(12),
});

/** Through the type's own array, a value that the type can hold stays what it is. */
function stored(dataType: DataType, value: number | bigint): number | bigint {
  const big = BigInt(value === Math.trunc(Number(value)) || typeof value === "bigint" ? value : 0);
  switch (dataType) {
    case "bool":
      return value === 0 || value === 1 ? value : Number.NaN;
    case "uint8":
      return Uint8Array.of(Number(value))[0]!;
    case "int8":
      return Int8Array.of(Number(value))[0]!;
    case "uint16":
      return Uint16Array.of(Number(value))[0]!;
    case "int16":
      return Int16Array.of(Number(value))[0]!;
    case "uint32":
      return Uint32Array.of(Number(value))[0]!;
    case "int32":
      return Int32Array.of(Number(value))[0]!;
    case "uint64":
      return BigUint64Array.of(big)[0]!;
    case "int64":
      return BigInt64Array.of(big)[0]!;
    case "float16":
      return Number.isInteger(value) && Math.abs(Number(value)) <= 2048 ? value : Number.NaN;
    case "float32":
      return Math.fround(Number(value));
    case "float64":
      return value;
  }
}

describe.each(dataTypes)("coordinateValue of %s", (dataType) => {
  it.each(["ramp", "hash"] as const)("is exact in the type (%s)", (pattern) => {
    fc.assert(
      fc.property(coordinate, (at) => {
        const value = coordinateValue(dataType, at, pattern);
        expect(stored(dataType, value)).toBe(value);
      }),
    );
  });

  it("tells any axis moved by one, almost always (hash)", () => {
    for (const axis of ["t", "c", "z", "y", "x", "level"] as const) {
      let same = 0;
      for (let i = 0; i < 1000; i++) {
        const at = { t: i, c: 2, z: 3, y: i * 7, x: i * 11, level: 1 };
        const moved = { ...at, [axis]: at[axis] + 1 };
        if (coordinateValue(dataType, at, "hash") === coordinateValue(dataType, moved, "hash"))
          same++;
      }
      // bool has two values only; a byte agrees by chance once in 256.
      expect(same / 1000).toBeLessThan(dataType === "bool" ? 0.58 : 0.02);
    }
  });
});

it("ramps without a jump, so that bilinear filtering of it is exact between its folds", () => {
  for (let x = 0; x < 3000; x++) {
    const here = coordinateValue("uint16", { x, y: 5, level: 0 }) as number;
    const next = coordinateValue("uint16", { x: x + 1, y: 5, level: 0 }) as number;
    expect(Math.abs(next - here)).toBeLessThanOrEqual(16);
  }
});

it("reads integers beyond 2^53 as decimal strings", () => {
  expect(asReadout(2n ** 53n)).toBe("9007199254740992");
  expect(asReadout(-5n)).toBe(-5);
  expect(asReadout(1.5)).toBe(1.5);
});
