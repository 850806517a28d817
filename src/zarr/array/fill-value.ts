import type { JsonValue } from "../json.ts";
import type { FillValue } from "./array-metadata.ts";
import { type DataType, storedItemBytes } from "./data-type.ts";
import { float16FromBits, roundToFloat16 } from "./float16.ts";

/** A fill value as used, and what was wrong with how it is spelt. */
export type ParsedFillValue = {
  readonly value: FillValue;
  /** What was expected instead; undefined if nothing is wrong. */
  readonly expected?: string;
};

type IntegerRange = { readonly bits: number; readonly signed: boolean };

const integerRanges: Readonly<Partial<Record<DataType, IntegerRange>>> = {
  int8: { bits: 8, signed: true },
  int16: { bits: 16, signed: true },
  int32: { bits: 32, signed: true },
  int64: { bits: 64, signed: true },
  uint8: { bits: 8, signed: false },
  uint16: { bits: 16, signed: false },
  uint32: { bits: 32, signed: false },
  uint64: { bits: 64, signed: false },
};

/**
 * Reads a fill value in any spelling seen in v2 and v3 (checklist Z2-05, Z3-11): numbers, booleans, "NaN", "Infinity",
 * "-Infinity", bit patterns "0x…", numbers as strings. What cannot be read is 0, with `expected` saying so.
 *
 * @param value undefined and null are 0; whether they are allowed is the caller's to know
 * @param exact the integer that stood there, where `value` holds it only rounded
 */
export function parseFillValue(
  value: JsonValue | undefined,
  dataType: DataType,
  exact?: bigint,
): ParsedFillValue {
  if (dataType === "bool") return parseBool(value);
  const range = integerRanges[dataType];
  return range === undefined
    ? parseFloat64(value, dataType)
    : parseInteger(exact ?? value, dataType, range);
}

function parseBool(value: JsonValue | undefined): ParsedFillValue {
  if (value === true || value === false) return { value: value ? 1 : 0 };
  const text = String(value ?? 0)
    .trim()
    .toLowerCase();
  const expected = "true or false";
  if (/^(true|1|1\.0)$/.test(text)) return { value: 1, expected };
  if (/^(false|0|0\.0)$/.test(text))
    return value === null || value === undefined ? { value: 0 } : { value: 0, expected };
  return { value: 0, expected };
}

function parseInteger(
  value: JsonValue | bigint | undefined,
  dataType: DataType,
  range: IntegerRange,
): ParsedFillValue {
  const zero: FillValue = range.bits === 64 ? 0n : 0;
  if (value === null || value === undefined) return { value: zero };
  const expected = `a whole number of type ${dataType}`;
  const whole = wholeNumber(value);
  if (whole === undefined) return { value: zero, expected };
  // Out of range, numpy's wrap-around is what the writers of such values relied on.
  const wrapped = range.signed
    ? BigInt.asIntN(range.bits, whole)
    : BigInt.asUintN(range.bits, whole);
  const used = range.bits === 64 ? wrapped : Number(wrapped);
  const isProper = (typeof value === "number" || typeof value === "bigint") && wrapped === whole;
  return isProper ? { value: used } : { value: used, expected };
}

function wholeNumber(value: JsonValue | bigint): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text.length > 40) return undefined;
  if (/^(-?\d+|0x[\da-f]+)$/i.test(text)) return BigInt(text);
  const number = /^-?\d*\.?\d+(e[+-]?\d+)?$|^-?\d+\.0*$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isInteger(number) ? BigInt(number) : undefined;
}

function parseFloat64(value: JsonValue | undefined, dataType: DataType): ParsedFillValue {
  if (value === null || value === undefined) return { value: 0 };
  if (typeof value === "number") return { value: roundTo(value, dataType) };
  const expected = `a number of type ${dataType}, "NaN", "Infinity", "-Infinity" or its bits as "0x…"`;
  if (typeof value === "boolean") return { value: value ? 1 : 0, expected };
  if (typeof value !== "string") return { value: 0, expected };
  switch (value) {
    case "NaN":
      return { value: Number.NaN };
    case "Infinity":
      return { value: Number.POSITIVE_INFINITY };
    case "-Infinity":
      return { value: Number.NEGATIVE_INFINITY };
  }
  const text = value.trim();
  const digits = storedItemBytes[dataType] * 2;
  if (/^0x[\da-f]+$/i.test(text) && text.length <= digits + 2) {
    const used = floatFromBits(BigInt(text), dataType);
    return text.length === digits + 2 ? { value: used } : { value: used, expected };
  }
  const word = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text);
  if (word !== null) {
    if (word[2]!.toLowerCase() === "nan") return { value: Number.NaN, expected };
    const infinity = word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return { value: infinity, expected };
  }
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : 0;
  return { value: roundTo(number, dataType), expected };
}

function roundTo(value: number, dataType: DataType): number {
  if (dataType === "float16") return roundToFloat16(value);
  return dataType === "float32" ? Math.fround(value) : value;
}

function floatFromBits(bits: bigint, dataType: DataType): number {
  if (dataType === "float16") return float16FromBits(Number(bits));
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return dataType === "float32" ? view.getFloat32(4) : view.getFloat64(0);
}
