import type { DataType } from "./data-type.ts";
import { storedItemBytes } from "./data-type.ts";
import {
  type ItemLanes,
  type ItemView,
  type NumpyType,
  numpyNumber,
  type RecordField,
  type StoredItem,
} from "./stored-item.ts";

/** A type without fields, as v2 and v3 metadata may name it. */
export type ScalarType =
  | { readonly kind: "number"; readonly dataType: DataType }
  | { readonly kind: "complex"; readonly dataType: "float32" | "float64" }
  /** `unit` as in NumPy's `<M8[10ms]`; "" if there is none. */
  | { readonly kind: "date" | "duration"; readonly unit: string }
  /** `length` characters of 1 byte (any encoding) or 4 bytes (UTF-32). */
  | { readonly kind: "text"; readonly characterBytes: 1 | 4; readonly length: number }
  | { readonly kind: "raw"; readonly bytes: number };

/** All about an item but its fill value. */
export type ItemType = Omit<StoredItem, "fill">;

/** Bytes of one stored element. */
export function scalarBytes(type: ScalarType): number {
  const { dataType, count } = scalarLanes(type);
  return storedItemBytes[dataType] * count;
}

/** The numbers it is made of; text of length 0 has none. */
export function scalarLanes(type: ScalarType): ItemLanes {
  switch (type.kind) {
    case "number":
      return { dataType: type.dataType, count: 1 };
    case "complex":
      return { dataType: type.dataType, count: 2 };
    case "date":
    case "duration":
      return { dataType: "int64", count: 1 };
    case "text":
      return { dataType: type.characterBytes === 1 ? "uint8" : "uint32", count: type.length };
    case "raw":
      return { dataType: "uint8", count: type.bytes };
  }
}

/** NumPy's name. @param order of the bytes */
export function scalarNumpyType(type: ScalarType, order: "<" | ">" = "<"): string {
  switch (type.kind) {
    case "number":
      return numpyNumber(type.dataType, order);
    case "complex":
      return `${order}c${type.dataType === "float32" ? 8 : 16}`;
    case "date":
    case "duration":
      return `${order}${type.kind === "date" ? "M8" : "m8"}${type.unit && `[${type.unit}]`}`;
    case "text":
      return type.characterBytes === 1 ? `|S${type.length}` : `${order}U${type.length}`;
    case "raw":
      return `|V${type.bytes}`;
  }
}

/** The numbers in a field of this type; none where they mean no quantity. */
export function scalarFields(
  type: ScalarType,
  name: string,
  offset: number,
  endian: "little" | "big",
): RecordField[] {
  if (type.kind === "number") return [{ name, offset, dataType: type.dataType, endian }];
  if (type.kind !== "complex") return [];
  const { dataType } = type;
  return [
    { name: `${name}.real`, offset, dataType, endian },
    { name: `${name}.imaginary`, offset: offset + storedItemBytes[dataType], dataType, endian },
  ];
}

/** The item that a type which is no plain number makes. @param name as the metadata spell it */
export function scalarItem(type: Exclude<ScalarType, { kind: "number" }>, name: string): ItemType {
  const lanes = scalarLanes(type);
  const numpyType: NumpyType = scalarNumpyType(type);
  const item = { name, kind: type.kind, numpyType, fields: [], view: scalarView(type) };
  return lanes.count === 0
    ? { ...item, lanes: undefined, numpyType: undefined }
    : { ...item, lanes };
}

/** Unsigned integers of the lengths that there are. */
const rawNumbers: ReadonlyMap<number, DataType> = new Map<number, DataType>([
  [2, "uint16"],
  [4, "uint32"],
  [8, "uint64"],
]);

function scalarView(type: ScalarType): ItemView | undefined {
  if (type.kind === "complex") return { kind: "complex", part: "magnitude" };
  if (type.kind !== "raw") return undefined;
  if (type.bytes === 1) return { kind: "lane" };
  const dataType = rawNumbers.get(type.bytes);
  // Raw bits have no byte order; what one sees of them is read as little-endian.
  const field = dataType && ({ name: "", offset: 0, dataType, endian: "little" } as const);
  return field && { kind: "field", field };
}

/** Items whose length varies from one to the next: they can be named, not read. */
export function varyingItem(kind: "text" | "objects" | "raw", name: string): ItemType {
  return { name, kind, lanes: undefined, numpyType: undefined, fields: [], view: undefined };
}
