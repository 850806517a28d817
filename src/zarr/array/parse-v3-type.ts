import type { JsonObject, JsonValue } from "../json.ts";
import type { DataType } from "./data-type.ts";
import { parseExtension } from "./extension.ts";
import { isJsonObject, type MetadataReading, shownJson } from "./metadata-reading.ts";
import { type ParsedType, refusedType } from "./parse-v2-type.ts";
import { type RecordMember, recordBytes, recordItem } from "./record-type.ts";
import {
  type ScalarType,
  scalarBytes,
  scalarItem,
  scalarLanes,
  varyingItem,
} from "./scalar-type.ts";

const numbers: ReadonlyMap<string, DataType> = new Map<string, DataType>(
  (
    [
      ...([
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
      ] as const),
      ...(["float16", "float32", "float64"] as const),
    ] as const
  ).map((name) => [name, name]),
);

const complexes: ReadonlyMap<string, "float32" | "float64"> = new Map([
  ["complex64", "float32"],
  ["complex128", "float64"],
  ["complex_float32", "float32"],
  ["complex_float64", "float64"],
]);

/** Types whose elements' lengths vary, with their aliases (zarr-extensions `string`, `bytes`). */
const varying: ReadonlyMap<string, "text" | "raw"> = new Map([
  ["string", "text"],
  ["variable_length_utf8", "text"],
  ["bytes", "raw"],
  ["variable_length_bytes", "raw"],
  ["binary", "raw"],
]);

const maxItemBytes = 2 ** 20;
const maxMembers = 1024;

/**
 * Reads v3's `data_type` (checklist Z3-10, 2.4): numbers, complex numbers, `r*`, dates, text, records.
 * @param endian of the codec "bytes", in which the fields of a record are stored
 * @throws MetadataError for types that are not known, by their name
 */
export function parseV3Type(
  reading: MetadataReading,
  value: JsonValue | undefined,
  endian: "little" | "big",
): ParsedType {
  const { name, configuration } = parseExtension(reading, "/data_type", value);
  const kind = varying.get(name);
  if (kind !== undefined) {
    return { dataType: "uint8", item: varyingItem(kind, name), endian: undefined };
  }
  if (name === "struct" || name === "structured") {
    const item = recordItem({ members: parseMembers(reading, configuration, endian) }, name);
    return { dataType: "uint8", item, endian: undefined };
  }
  const scalar = scalarOf(name, configuration);
  if (scalar === undefined || scalarBytes(scalar) > maxItemBytes) {
    throw refusedType(reading, "Z3-10", "/data_type", shownJson(name));
  }
  if (scalar.kind === "number") return { dataType: scalar.dataType, endian: undefined };
  const item = scalarItem(scalar, shownName(name, scalar));
  return { dataType: scalarLanes(scalar).dataType, item, endian: undefined };
}

function scalarOf(name: string, configuration: JsonObject): ScalarType | undefined {
  const dataType = numbers.get(name);
  if (dataType !== undefined) return { kind: "number", dataType };
  const part = complexes.get(name);
  if (part !== undefined) return { kind: "complex", dataType: part };
  const raw = /^r(\d{1,8})$/.exec(name);
  if (raw !== null) {
    const bits = Number(raw[1]);
    return bits > 0 && bits % 8 === 0 ? { kind: "raw", bytes: bits / 8 } : undefined;
  }
  const { length_bytes: length, unit, scale_factor: scale = 1 } = configuration;
  const isLength = typeof length === "number" && Number.isSafeInteger(length) && length >= 0;
  switch (name) {
    case "numpy.datetime64":
    case "numpy.timedelta64": {
      if (typeof unit !== "string" || !/^[a-zA-Zμ]{1,9}$/.test(unit)) return undefined;
      if (typeof scale !== "number" || !Number.isSafeInteger(scale) || scale < 1) return undefined;
      const kind = name === "numpy.datetime64" ? "date" : "duration";
      const steps = `${scale === 1 ? "" : scale}${unit === "μs" ? "us" : unit}`;
      return { kind, unit: unit === "generic" ? "" : steps };
    }
    case "fixed_length_utf32":
      if (!isLength || length % 4 !== 0) return undefined;
      return { kind: "text", characterBytes: 4, length: length / 4 };
    case "null_terminated_bytes":
      return isLength ? { kind: "text", characterBytes: 1, length } : undefined;
    case "raw_bytes":
      return isLength && length > 0 ? { kind: "raw", bytes: length } : undefined;
    default:
      return undefined;
  }
}

function shownName(name: string, scalar: ScalarType): string {
  if (scalar.kind === "date" || scalar.kind === "duration") {
    return scalar.unit === "" ? name : `${name}[${scalar.unit}]`;
  }
  return name;
}

/** Fields as objects (zarr-extensions `struct`) or as pairs (the older `structured`). */
function parseMembers(
  reading: MetadataReading,
  { fields }: JsonObject,
  endian: "little" | "big",
): RecordMember[] {
  const pointer = "/data_type/configuration/fields";
  if (!Array.isArray(fields) || fields.length === 0 || fields.length > maxMembers) {
    throw reading.error("Z3-10", pointer, "a list of fields", fields);
  }
  const members = fields.map((field, index): RecordMember => {
    const [name, type] = Array.isArray(field)
      ? field
      : isJsonObject(field)
        ? [field.name, field.data_type]
        : [];
    if (typeof name !== "string" || type === undefined) {
      throw reading.error("Z3-10", `${pointer}/${index}`, "a field's name and type", field);
    }
    const extension = parseExtension(reading, `${pointer}/${index}`, type);
    const scalar = scalarOf(extension.name, extension.configuration);
    if (scalar === undefined) {
      throw refusedType(reading, "Z3-10", `${pointer}/${index}`, shownJson(extension.name));
    }
    return { name, type: { scalar, endian }, shape: [] };
  });
  if (recordBytes({ members }) > maxItemBytes) {
    throw reading.error("Z3-10", pointer, `at most ${maxItemBytes} bytes`, fields);
  }
  return members;
}
