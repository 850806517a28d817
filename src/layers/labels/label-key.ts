import type { DataType } from "../../zarr/array/data-type.ts";
import type { LabelValue } from "../../zarr/ome/image-label.ts";

/** An id as two words of 32 bits: the two's complement of 64, so that −1 of any signed type is one key. */
export type LabelKey = { readonly low: number; readonly high: number };

const twoTo32 = 2 ** 32;

/** The key of an id; undefined for what is not a whole number, or has no room in 64 bits. */
export function labelKey(value: LabelValue): LabelKey | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value)) {
    return { low: value >>> 0, high: Math.floor(value / twoTo32) >>> 0 };
  }
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  const exact = BigInt(value);
  if (exact < -(2n ** 63n) || exact >= 2n ** 64n) return undefined;
  const bits = BigInt.asUintN(64, exact);
  return { low: Number(bits & 0xffffffffn), high: Number(bits >> 32n) };
}

/** Tells which ids arrays of a type can hold: −1 is not the largest id of an unsigned type. */
export function idsOf(dataType: DataType): (value: LabelValue) => boolean {
  const match = /^(u?)int(\d+)$/.exec(dataType);
  const bits = Number(match?.[2] ?? 64);
  const isUnsigned = match?.[1] === "u";
  const least = isUnsigned ? 0 : -(2 ** (bits - 1));
  const end = dataType === "bool" ? 2 : 2 ** (isUnsigned ? bits : bits - 1);
  const first = dataType === "bool" ? 0 : least;
  // Powers of two: comparing with them is exact, also for a bigint.
  return (value) =>
    (typeof value === "bigint" || Number.isInteger(value)) && value >= first && value < end;
}
