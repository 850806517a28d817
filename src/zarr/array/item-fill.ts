import type { JsonValue } from "../json.ts";
import { allocateElements, type DataType, elementCount } from "./data-type.ts";
import { parseFillValue } from "./fill-value.ts";
import { bitsFromFloat16 } from "./float16.ts";
import { isJsonObject } from "./metadata-reading.ts";
import type { ItemType } from "./scalar-type.ts";
import type { RecordField } from "./stored-item.ts";

/** A fill value of elements that are no plain numbers: one number per lane, and what was wrong with how it is spelt. */
export type ParsedItemFill = {
  readonly fill: readonly (number | bigint)[];
  readonly expected?: string;
};

/** NumPy's "not a time". */
const notATime = -(2n ** 63n);

/**
 * Reads the fill value of an item (checklist Z2-05, Z3-11): complex numbers as pairs; dates as integers or "NaT"; text as it is or in
 * base64; raw bytes as a list or in base64; records in base64, as an object, or as a list by field. null, undefined and what cannot be read are
 * all zeros.
 *
 * @param exact the integer that stood there, where `value` holds it only rounded
 */
export function parseItemFill(
  value: JsonValue | undefined,
  item: ItemType,
  exact?: bigint,
): ParsedItemFill {
  const { lanes } = item;
  if (lanes === undefined) return { fill: [] };
  const zeros = Array.from({ length: lanes.count }, () => (lanes.dataType === "int64" ? 0n : 0));
  if (value === null || value === undefined) return { fill: zeros };
  switch (item.kind) {
    case "complex":
      return complexFill(value, lanes.dataType) ?? { fill: zeros, expected: "two numbers" };
    case "date":
    case "duration": {
      if (value === "NaT") return { fill: [notATime] };
      const { value: time, expected } = parseFillValue(value, "int64", exact);
      return expected === undefined ? { fill: [time] } : { fill: [time], expected };
    }
    case "text":
    case "raw":
    case "record":
    case "objects": {
      const fill = bytesFill(value, item) ?? textFill(value, item) ?? recordFill(value, item);
      if (fill !== undefined) return { fill };
      const isZero = value === 0 || value === "" || value === "0";
      const expected = `a value of type ${item.name.slice(0, 60)}, or its bytes in base64`;
      return isZero && item.kind !== "text" ? { fill: zeros } : { fill: zeros, expected };
    }
  }
}

function complexFill(value: JsonValue, dataType: DataType): ParsedItemFill | undefined {
  const parts = Array.isArray(value) ? value : [value, 0];
  const [real, imaginary] = parts;
  if (parts.length !== 2) return undefined;
  const parsed = [parseFillValue(real, dataType), parseFillValue(imaginary, dataType)];
  const fill = parsed.map((part) => part.value);
  const wrong = Array.isArray(value)
    ? parsed.find((part) => part.expected !== undefined)?.expected
    : "two numbers, the real and the imaginary part";
  return wrong === undefined ? { fill } : { fill, expected: wrong };
}

/** A list of bytes, or base64, of exactly the item's length in bytes. */
function bytesFill(value: JsonValue, { lanes }: ItemType): number[] | undefined {
  if (lanes?.dataType !== "uint8") return undefined;
  const bytes = Array.isArray(value) ? value.filter(isByte) : bytesFromBase64(value);
  const isWhole = !Array.isArray(value) || bytes?.length === value.length;
  return isWhole && bytes?.length === lanes.count ? bytes : undefined;
}

function bytesFromBase64(value: JsonValue): number[] | undefined {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return undefined;
  if (value.length % 4 !== 0) return undefined;
  return Array.from(atob(value), (character) => character.charCodeAt(0));
}

function isByte(value: JsonValue): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}

/** Text that fits, padded with zeros. */
function textFill(value: JsonValue, { kind, lanes }: ItemType): number[] | undefined {
  if (kind !== "text" || typeof value !== "string" || lanes === undefined) return undefined;
  const units =
    lanes.dataType === "uint32"
      ? Array.from(value, (character) => character.codePointAt(0) ?? 0)
      : Array.from(new TextEncoder().encode(value));
  if (units.length > lanes.count) return undefined;
  return [...units, ...new Array<number>(lanes.count - units.length).fill(0)];
}

/** Fields by name or in order; all fields must be numbers. */
function recordFill(value: JsonValue, { kind, fields, lanes }: ItemType): number[] | undefined {
  if (kind !== "record" || lanes === undefined) return undefined;
  const listed = Array.isArray(value) ? value : undefined;
  const named = isJsonObject(value) ? value : undefined;
  if (listed === undefined && named === undefined) return undefined;
  if (listed !== undefined && listed.length !== fields.length) return undefined;
  const bytes = new Uint8Array(lanes.count);
  for (const [index, field] of fields.entries()) {
    const stated = listed
      ? listed[index]
      : named && Object.hasOwn(named, field.name)
        ? named[field.name]
        : undefined;
    writeNumber(bytes, field, parseFillValue(stated, field.dataType).value);
  }
  return [...bytes];
}

function writeNumber(bytes: Uint8Array, field: RecordField, value: number | bigint): void {
  const { dataType, offset, endian } = field;
  const isHalf = dataType === "float16";
  const number = allocateElements(isHalf ? "uint16" : dataType, elementCount([]));
  number[0] = isHalf ? bitsFromFloat16(Number(value)) : value;
  const stored = new Uint8Array(number.buffer);
  bytes.set(endian === "big" ? stored.reverse() : stored, offset);
}
