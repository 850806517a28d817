import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DataType, type ElementArray, storedItemBytes } from "../../zarr/array/data-type.ts";
import type { DecodedPlane } from "../../zarr/chunks/chunk-state.ts";
import { labelKey } from "../labels/label-key.ts";
import { labelFormat, labelTexelKind, labelTexels } from "./label-texels.ts";

function planeOf(elements: ElementArray): DecodedPlane {
  const rest = { texels: undefined, statistics: undefined, byteLength: 0 };
  return { width: elements.length, height: 1, elements, ...rest };
}

describe("ids on the graphics card", () => {
  test.each<[DataType, string, string]>([
    ["bool", "r8uint", "uint"],
    ["uint8", "r8uint", "uint"],
    ["uint16", "r16uint", "uint"],
    ["uint32", "r32uint", "uint"],
    ["int8", "r8sint", "int"],
    ["int16", "r16sint", "int"],
    ["int32", "r32sint", "int"],
    ["int64", "rg32uint", "pair"],
    ["uint64", "rg32uint", "pair"],
    ["float32", "rg32uint", "pair"],
    ["float64", "rg32uint", "pair"],
  ])("N4-53: %s is kept whole, as %s", (dataType, name, kind) => {
    const format = labelFormat(dataType);
    expect(format.name).toBe(name);
    expect(labelTexelKind(format)).toBe(kind);
    expect(format.texelBytes).toBeGreaterThanOrEqual(storedItemBytes[dataType]);
  });

  test("N4-53: ids of 64 bits are the same two words as their keys", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (ids) => {
        const words = labelTexels(planeOf(BigInt64Array.from(ids)));
        const keys = ids.flatMap((id) => [labelKey(id)!.low, labelKey(id)!.high]);
        expect(Array.from(words ?? [])).toEqual(keys);
      }),
    );
    const largest = labelTexels(planeOf(BigUint64Array.of(2n ** 64n - 1n)));
    expect(Array.from(largest ?? [])).toEqual([2 ** 32 - 1, 2 ** 32 - 1]);
  });

  test("floats that are whole are ids, all else becomes 0", () => {
    const floats = [1, 2.5, -1, Number.NaN, Infinity, 2 ** 40, 2 ** 64, 16777216];
    const words = Array.from(labelTexels(planeOf(Float64Array.from(floats))) ?? []);
    const keys = [1, 0, -1, 0, 0, 2 ** 40, 0, 16777216].map((id) => labelKey(id)!);
    expect(words).toEqual(keys.flatMap(({ low, high }) => [low, high]));
  });

  test("a plane of the wrong length is none", () => {
    const plane = { ...planeOf(new Uint8Array(6)), width: 4 };
    expect(labelTexels(plane)).toBeUndefined();
  });
});
