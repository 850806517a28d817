import type { DataType } from "../../src/zarr/array/data-type.ts";

/** Where a pixel stands: indices at its own level. `other` is the sum of the indices of all further axes. */
export type Coordinate = {
  readonly t?: number;
  readonly c?: number;
  readonly z?: number;
  readonly y: number;
  readonly x: number;
  readonly other?: number;
  readonly level: number;
};

/**
 * "ramp": a plane folded at its ends, continuous, so that bilinear filtering of it is exact but at the folds;
 * "hash": neighbours are unrelated, so that any wrong pixel is a wrong value;
 * "speckle" (uint16 only): a ramp in the high byte, noise in the low one; compresses about 2:1, like camera data.
 */
export type Pattern = "ramp" | "hash" | "speckle";

/** Folds n into 0…top without a jump: 0 … top … 0 … */
function fold(n: number, top: number): number {
  const phase = n % (2 * top);
  return phase <= top ? phase : 2 * top - phase;
}

/** 32 well-mixed bits of one position (xxHash32's rounds and avalanche on six words). */
function mix(
  t: number,
  c: number,
  z: number,
  y: number,
  x: number,
  other: number,
  level: number,
): number {
  let h = 374761393 + Math.imul(level + 1, 668265263) + Math.imul(other, 461845907);
  h = Math.imul((h << 17) | (h >>> 15), 2246822519) + Math.imul(t, 3266489917);
  h = Math.imul((h << 17) | (h >>> 15), 668265263) + Math.imul(c, 2654435761);
  h = Math.imul((h << 17) | (h >>> 15), 2246822519) + Math.imul(z, 3266489917);
  h = Math.imul((h << 17) | (h >>> 15), 668265263) + Math.imul(y, 2654435761);
  h = Math.imul((h << 17) | (h >>> 15), 2246822519) + Math.imul(x, 3266489917);
  h = Math.imul(h ^ (h >>> 15), 2246822519);
  h = Math.imul(h ^ (h >>> 13), 3266489917);
  return (h ^ (h >>> 16)) >>> 0;
}

function hashed(dataType: DataType, h: number): number | bigint {
  switch (dataType) {
    case "bool":
      return h >>> 31;
    case "uint8":
      return h >>> 24;
    case "int8":
      return (h | 0) >> 24;
    case "uint16":
      return h >>> 16;
    case "int16":
      return (h | 0) >> 16;
    case "uint32":
      return h;
    case "int32":
      return h | 0;
    case "uint64":
      return (BigInt(h) << 32n) | BigInt(Math.imul(h, 2654435761) >>> 0);
    case "int64":
      return (BigInt(h | 0) << 32n) | BigInt(Math.imul(h, 2654435761) >>> 0);
    case "float16":
      return (h >>> 21) - 1024;
    case "float32":
      return ((h | 0) >> 8) / 4096;
    case "float64":
      return (h | 0) / 3;
  }
}

function ramped(dataType: DataType, n: number): number | bigint {
  switch (dataType) {
    case "bool":
      return n > 125 ? 1 : 0;
    case "uint8":
    case "uint16":
      return n;
    case "int8":
      return n - 125;
    case "int16":
    case "float16":
      return n - 2000;
    case "uint32":
      return n * 1000;
    case "int32":
      return (n - 2000) * 1000;
    case "uint64":
      return BigInt(n) * 2n ** 45n + 1n;
    case "int64":
      return BigInt(n - 2000) * 2n ** 45n + 1n;
    case "float32":
    case "float64":
      return (n - 2000) / 8;
  }
}

/** Same as `coordinateValue`, positional: made for loops over all elements of a chunk. */
export function coordinateValueOf(
  dataType: DataType,
  pattern: Pattern,
  t: number,
  c: number,
  z: number,
  y: number,
  x: number,
  other: number,
  level: number,
): number | bigint {
  if (pattern === "hash") return hashed(dataType, mix(t, c, z, y, x, other, level));
  const isByte = dataType === "uint8" || dataType === "int8" || dataType === "bool";
  const n = isByte
    ? fold(x + 2 * y + 67 * t + 41 * c + 23 * z + 13 * other + 97 * level, 250)
    : fold(16 * x + 36 * y + 1009 * t + 613 * c + 353 * z + 211 * other + 1511 * level, 4000);
  if (pattern === "ramp") return ramped(dataType, n);
  if (dataType !== "uint16")
    throw new Error(`The pattern "speckle" is for uint16, not ${dataType}.`);
  return ((n >> 4) << 8) | (mix(t, c, z, y, x, other, level) & 0xff);
}

/**
 * The one right value of a pixel of a coordinate image. Pure: the store computes chunks with it, tests compare with it.
 * bigint for int64 and uint64. Ramp values lie in 0…4000 (uint16), 0…250 (uint8), −2000…2000 (int16, float16), ±250 in
 * eighths (float32, float64), thousands of that (32-bit), multiples of 2^45 plus 1 (64-bit).
 */
export function coordinateValue(
  dataType: DataType,
  at: Coordinate,
  pattern: Pattern = "ramp",
): number | bigint {
  const { t = 0, c = 0, z = 0, y, x, other = 0, level } = at;
  return coordinateValueOf(dataType, pattern, t, c, z, y, x, other, level);
}

/** As the automation API reports a value: integers beyond 2^53 as decimal strings. */
export function asReadout(value: number | bigint): number | string {
  if (typeof value === "number") return value;
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value.toString();
}
