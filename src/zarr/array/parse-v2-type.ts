import type { JsonValue } from "../json.ts";
import { type DataType, numpyNumbers } from "./data-type.ts";
import { isJsonObject, type MetadataReading, shownJson } from "./metadata-reading.ts";
import { type RecordMember, type RecordType, recordBytes, recordItem } from "./record-type.ts";
import {
  type ItemType,
  type ScalarType,
  scalarBytes,
  scalarItem,
  scalarLanes,
  varyingItem,
} from "./scalar-type.ts";

/** A data type, lifted. */
export type ParsedType = {
  /** What the codecs decode to, or where elements have no fixed length, "uint8". */
  readonly dataType: DataType;
  readonly item?: ItemType;
  /** v2 only; undefined where single numbers have one byte. */
  readonly endian: "little" | "big" | undefined;
};

/** More than an element can need; keeps lengths from the metadata within what can be multiplied. */
const maxItemBytes = 2 ** 20;
const maxMembers = 1024;
const maxRecordDepth = 8;

/**
 * Lifts v2's `dtype` (checklist Z2-03): a type string such as "<u2", or a list of fields.
 * @param filters of the array: they say what objects (`|O`) are
 * @throws MetadataError for types that are not known, by their name
 */
export function parseV2Type(
  reading: MetadataReading,
  value: JsonValue | undefined,
  filters: JsonValue | undefined,
): ParsedType {
  if (Array.isArray(value)) {
    const record = parseRecord(reading, "/dtype", value, 0);
    const item = recordItem(record, shownJson(value));
    return { dataType: "uint8", item, endian: undefined };
  }
  if (typeof value !== "string") throw reading.error("Z2-03", "/dtype", "a type string", value);
  if (/^[|<>=]?O\d*$/.test(value)) {
    const item = varyingItem(isTextFilter(filters) ? "text" : "objects", value);
    return { dataType: "uint8", item, endian: undefined };
  }
  const { scalar, endian } = parseScalar(reading, "/dtype", value);
  if (scalar.kind === "number") return { dataType: scalar.dataType, endian };
  const { dataType } = scalarLanes(scalar);
  return { dataType, item: scalarItem(scalar, value), endian };
}

function parseScalar(
  reading: MetadataReading,
  pointer: string,
  value: string,
): { scalar: ScalarType; endian: "little" | "big" | undefined } {
  const match = /^([<>|=]?)([a-zA-Z])(\d*)(?:\[([a-zA-Z0-9]{1,12})\])?$/.exec(value);
  const [, order = "", kind = "", size = "", unit = ""] = match ?? [];
  const scalar = scalarOf(kind, size, unit);
  if (scalar === undefined || scalarBytes(scalar) > maxItemBytes) {
    throw refusedType(reading, "Z2-03", pointer, `"${value}"`);
  }
  const hasOrder = scalar.kind === "number" ? scalarBytes(scalar) > 1 : /[cMmU]/.test(kind);
  if (!hasOrder) return { scalar, endian: undefined };
  if (order !== "<" && order !== ">") {
    reading.warn("Z2-03", pointer, 'a byte order, "<" or ">"; read as "<"', value);
  }
  return { scalar, endian: order === ">" ? "big" : "little" };
}

function scalarOf(kind: string, size: string, unit: string): ScalarType | undefined {
  const dataType = numpyNumbers.get(`${kind}${size}`);
  if (dataType !== undefined && unit === "") return { kind: "number", dataType };
  if (kind === "c" && unit === "") {
    if (size === "8") return { kind: "complex", dataType: "float32" };
    if (size === "16") return { kind: "complex", dataType: "float64" };
    return undefined;
  }
  if (kind === "M" || kind === "m") {
    return size === "8" ? { kind: kind === "M" ? "date" : "duration", unit } : undefined;
  }
  if (size === "" || unit !== "") return undefined;
  if (kind === "S") return { kind: "text", characterBytes: 1, length: Number(size) };
  if (kind === "U") return { kind: "text", characterBytes: 4, length: Number(size) };
  return kind === "V" && size !== "0" ? { kind: "raw", bytes: Number(size) } : undefined;
}

function parseRecord(
  reading: MetadataReading,
  pointer: string,
  value: readonly JsonValue[],
  depth: number,
): RecordType {
  if (depth > maxRecordDepth || value.length === 0 || value.length > maxMembers) {
    throw reading.error("Z2-03", pointer, "a list of fields", [...value]);
  }
  const members = value.map((member, index): RecordMember => {
    const at = `${pointer}/${index}`;
    const [name, type, shape] = Array.isArray(member) ? member : [];
    if (typeof name !== "string" || type === undefined) {
      throw reading.error("Z2-03", at, "a field's name and type", member);
    }
    return {
      name,
      type: Array.isArray(type)
        ? parseRecord(reading, `${at}/1`, type, depth + 1)
        : parseFieldType(reading, `${at}/1`, type),
      shape: parseFieldShape(reading, `${at}/2`, shape),
    };
  });
  const record = { members };
  if (recordBytes(record) > maxItemBytes) {
    throw reading.error("Z2-03", pointer, `at most ${maxItemBytes} bytes`, [...value]);
  }
  return record;
}

function parseFieldType(reading: MetadataReading, pointer: string, value: JsonValue) {
  if (typeof value !== "string") throw reading.error("Z2-03", pointer, "a type string", value);
  const { scalar, endian = "little" } = parseScalar(reading, pointer, value);
  return { scalar, endian };
}

function parseFieldShape(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue | undefined,
): number[] {
  if (value === undefined) return [];
  const sizes = Array.isArray(value) ? value : [value];
  return sizes.map((size) => {
    if (
      typeof size !== "number" ||
      !Number.isSafeInteger(size) ||
      size < 1 ||
      size > maxItemBytes
    ) {
      throw reading.error("Z2-03", pointer, "sizes of a field", value);
    }
    return size;
  });
}

function isTextFilter(filters: JsonValue | undefined): boolean {
  const [first] = Array.isArray(filters) ? filters : [];
  return isJsonObject(first) && first.id === "vlen-utf8";
}

/** The error for a data type that nothing is known of. */
export function refusedType(
  reading: MetadataReading,
  code: "Z2-03" | "Z3-10",
  pointer: string,
  shown: string,
) {
  const expected = "a data type of the Zarr specifications, 64 bits at most";
  const sentence = `${reading.shownName} has the data type ${shown}, which cannot be shown.`;
  return reading.error(code, pointer, expected, shown, sentence);
}
