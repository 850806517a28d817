import { type DataType, elementCount, storedItemBytes } from "./data-type.ts";

/** The equal numbers that one element consists of, as codecs see it; they are a last dimension of a chunk if there are several. */
export type ItemLanes = { readonly dataType: DataType; readonly count: number };

/** What a complex number is shown as. */
export const complexParts = ["magnitude", "phase", "real", "imaginary"] as const;
export type ComplexPart = (typeof complexParts)[number];

/** A number inside an element of several fields. */
export type RecordField = {
  /** Unique within the record: "a", "a.b" of a nested record, "a[2]" of a field that is a list, "a.real" of a complex one. */
  readonly name: string;
  /** In bytes from the element's start. */
  readonly offset: number;
  readonly dataType: DataType;
  readonly endian: "little" | "big";
};

/** Which number of an element is shown. "lane": the element is one number under another name. */
export type ItemView =
  | { readonly kind: "lane" }
  | { readonly kind: "complex"; readonly part: ComplexPart }
  | { readonly kind: "field"; readonly field: RecordField };

/**
 * Elements that are no plain numbers (Zarr v3 core `complex64`, `r*`; v2 `c`, `V`, `S`, `U`, `M`, `m`, structured). What of them can be shown
 * has a view; the others can only be named, and read as bytes if their length is fixed.
 */
export type StoredItem = {
  /** As the metadata spell it, for people. */
  readonly name: string;
  readonly kind: "complex" | "raw" | "record" | "date" | "duration" | "text" | "objects";
  /** undefined: the elements' length varies, or is 0. */
  readonly lanes: ItemLanes | undefined;
  /** The fill value, one number per lane. */
  readonly fill: readonly (number | bigint)[];
  /** Of `numpy.dtype`, for files in NumPy's format; undefined where the length varies. */
  readonly numpyType: NumpyType | undefined;
  /** What a record can be shown as; empty for all others. */
  readonly fields: readonly RecordField[];
  readonly view: ItemView | undefined;
};

/** A type string with its byte order, or the fields of a record: the `descr` of NumPy's file format. */
export type NumpyType =
  | string
  | readonly (
      | readonly [name: string, type: NumpyType]
      | readonly [name: string, type: NumpyType, shape: readonly number[]]
    )[];

type TypedArray = { readonly dataType: DataType; readonly item?: StoredItem | undefined };

/** The numbers that codecs decode to. */
export function codedType({ dataType, item }: TypedArray): DataType {
  return item?.lanes?.dataType ?? dataType;
}

/** What chunks have behind the array's dimensions: nothing, or one dimension of the element's numbers. */
export function laneShape({ item }: TypedArray): readonly number[] {
  const count = item?.lanes?.count ?? 1;
  return count > 1 ? [count] : [];
}

/** Size of one stored element in bytes, uncompressed; 0 if it varies. */
export function itemBytes(array: TypedArray): number {
  if (array.item && array.item.lanes === undefined) return 0;
  return storedItemBytes[codedType(array)] * elementCount(laneShape(array));
}

/** The data type as the metadata spell it. */
export function dataTypeName({ dataType, item }: TypedArray): string {
  return item?.name ?? dataType;
}

const numpyKinds: Readonly<Record<DataType, string>> = {
  bool: "b",
  int8: "i",
  int16: "i",
  int32: "i",
  int64: "i",
  uint8: "u",
  uint16: "u",
  uint32: "u",
  uint64: "u",
  float16: "f",
  float32: "f",
  float64: "f",
};

/** NumPy's name of a number, e.g. "<u2"; single bytes have no order. */
export function numpyNumber(dataType: DataType, order: "<" | ">" = "<"): string {
  const bytes = storedItemBytes[dataType];
  return `${bytes === 1 ? "|" : order}${numpyKinds[dataType]}${bytes}`;
}

/** NumPy's name of an array's elements in little-endian order (those of records keep their own); undefined where their length varies. */
export function numpyTypeOf({ dataType, item }: TypedArray): NumpyType | undefined {
  return item === undefined ? numpyNumber(dataType) : item.numpyType;
}
