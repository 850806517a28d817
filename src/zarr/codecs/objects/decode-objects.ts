import type { ElementArray } from "../../array/data-type.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { elementsFromBytes } from "../elements-from-bytes.ts";
import { parseNumpyType } from "../filters/numpy-type.ts";
import { decodeVlenBytes, decodeVlenUtf8 } from "./variable-length.ts";

/** One element of an array of objects: text, bytes, numbers, or any JSON. */
export type ObjectItem = JsonValue | Uint8Array<ArrayBuffer> | ElementArray;

/**
 * The elements of a chunk of strings or objects, by the codec that turned them into bytes; compressors are undone before. Such
 * elements have no pixels: this is for names and labels, and pickle is never among them.
 *
 * @param name as in v3, with or without "numcodecs."
 * @param count elements of the chunk
 * @throws CorruptChunkError, UnsupportedCodecError
 */
export function decodeObjects(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  configuration: JsonObject,
): ObjectItem[] {
  switch (name.replace(/^numcodecs\./, "")) {
    case "vlen-utf8":
      return decodeVlenUtf8(bytes, count);
    case "vlen-bytes":
      return decodeVlenBytes(bytes, count);
    case "vlen-array":
      return decodeVlenArrays(name, bytes, count, configuration);
    case "json":
    case "json2":
      return decodeJson(bytes, count);
    case "categorize":
      return decodeCategories(name, bytes, count, configuration);
    default:
      throw new UnsupportedCodecError(name);
  }
}

/** numcodecs' `vlen-array`: items of one numeric type, each an array of its own. */
function decodeVlenArrays(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  { dtype }: JsonObject,
) {
  const type = parseNumpyType(dtype);
  if (type === undefined) throw unsupported(name, dtype);
  return decodeVlenBytes(bytes, count).map((item) => {
    try {
      return elementsFromBytes(item.slice(), type.dataType, type.endian !== "big");
    } catch (cause) {
      throw new CorruptChunkError("vlen-array: an item is no whole number of elements.", { cause });
    }
  });
}

/** numcodecs' `json2`: the elements, nested like the array's shape, then its data type and its shape. */
function decodeJson(bytes: Uint8Array<ArrayBuffer>, count: number): JsonValue[] {
  let list: JsonValue;
  try {
    list = JSON.parse(withoutNaN(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw new CorruptChunkError("json2: it is no JSON.", { cause });
  }
  if (!Array.isArray(list) || list.length < 2) throw new CorruptChunkError("json2: it is no list.");
  const shape = list[list.length - 1];
  // The older `json` has no shape: whatever is a list there, is a row or an element.
  let items: JsonValue[] = list.slice(0, Array.isArray(shape) ? -2 : -1);
  const rank = Array.isArray(shape)
    ? shape.length
    : items.length < count
      ? Number.POSITIVE_INFINITY
      : 1;
  for (let dim = 1; dim < rank && items.length < count; dim++) items = items.flat();
  if (items.length !== count) {
    throw new CorruptChunkError(`json2: ${items.length} items where ${count} were expected.`);
  }
  return items;
}

/** Python's NaN and infinities, which JSON lacks; as elements they stand for nothing. */
function withoutNaN(text: string): string {
  const stringOrNaN = /"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g;
  return text.replace(stringOrNaN, (found) => (found.startsWith('"') ? found : "null"));
}

/** numcodecs' `categorize`: numbers that count the labels from 1; 0 is none of them. */
function decodeCategories(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  { labels, astype = "|u1" }: JsonObject,
) {
  const type = parseNumpyType(astype);
  if (type === undefined || !Array.isArray(labels)) throw unsupported(name, astype);
  let codes: ElementArray;
  try {
    codes = elementsFromBytes(bytes.slice(), type.dataType, type.endian !== "big");
  } catch (cause) {
    throw new CorruptChunkError("categorize: it is no whole number of elements.", { cause });
  }
  if (codes.length !== count) {
    throw new CorruptChunkError(`categorize: ${codes.length} items where ${count} were expected.`);
  }
  return Array.from({ length: count }, (_, i) => labels[Number(codes[i]) - 1] ?? "");
}

function unsupported(name: string, dtype: JsonValue | undefined): UnsupportedCodecError {
  return new UnsupportedCodecError(
    name,
    `The codec "${name}" works on ${JSON.stringify(dtype) ?? "nothing"}, which is not read.`,
  );
}
