import type { JsonValue } from "../json.ts";
import type { DataType } from "./data-type.ts";
import { type MetadataReading, shownJson } from "./metadata-reading.ts";

/** A v2 type string, taken apart. `endian` is undefined where the items have one byte. */
export type V2DataType = {
  readonly dataType: DataType;
  readonly endian: "little" | "big" | undefined;
};

const v2DataTypes: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ["b1", "bool"],
  ["i1", "int8"],
  ["i2", "int16"],
  ["i4", "int32"],
  ["i8", "int64"],
  ["u1", "uint8"],
  ["u2", "uint16"],
  ["u4", "uint32"],
  ["u8", "uint64"],
  ["f2", "float16"],
  ["f4", "float32"],
  ["f8", "float64"],
]);

const v3DataTypes: ReadonlyMap<string, DataType> = new Map(
  [...v2DataTypes.values()].map((name) => [name, name]),
);

/** numpy's kinds, for people. */
const v2Kinds: ReadonlyMap<string, string> = new Map([
  ["c", "complex numbers"],
  ["f", "floats of unusual length"],
  ["m", "time spans"],
  ["M", "dates"],
  ["O", "objects"],
  ["S", "text"],
  ["U", "text"],
  ["V", "raw bytes"],
]);

/**
 * Lifts a v2 type string (checklist Z2-03) such as "<u2".
 * @throws MetadataError for every type that is not a plain number, by its name
 */
export function parseV2DataType(
  reading: MetadataReading,
  value: JsonValue | undefined,
): V2DataType {
  if (Array.isArray(value)) throw refused(reading, "/dtype", "a record of several fields");
  if (typeof value !== "string") throw reading.error("Z2-03", "/dtype", "a type string", value);
  const match = /^([<>|=]?)([a-zA-Z])(\d*)(\[.*\])?$/.exec(value);
  const [, order = "", kind = "", size = ""] = match ?? [];
  const dataType = v2DataTypes.get(`${kind}${size}`);
  if (dataType === undefined) {
    const meaning = v2Kinds.get(kind);
    throw refused(reading, "/dtype", `"${value}"${meaning === undefined ? "" : ` (${meaning})`}`);
  }
  if (size === "1") return { dataType, endian: undefined };
  if (order !== "<" && order !== ">") {
    reading.warn("Z2-03", "/dtype", 'a byte order, "<" or ">"; read as "<"', value);
  }
  return { dataType, endian: order === ">" ? "big" : "little" };
}

/** @throws MetadataError for every data type that is not a plain number, by its name */
export function parseV3DataType(reading: MetadataReading, name: string): DataType {
  const dataType = v3DataTypes.get(name);
  if (dataType === undefined) throw refused(reading, "/data_type", shownJson(name));
  return dataType;
}

function refused(reading: MetadataReading, pointer: string, shown: string) {
  const expected = "bool, (u)int8 to 64 or float16 to 64";
  const sentence = `${reading.shownName} has the data type ${shown}, which cannot be shown.`;
  return reading.error(
    pointer === "/dtype" ? "Z2-03" : "Z3-10",
    pointer,
    expected,
    shown,
    sentence,
  );
}
