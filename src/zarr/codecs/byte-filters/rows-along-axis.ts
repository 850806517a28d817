import { elementCount, storedItemBytes } from "../../array/data-type.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { parseNumpyType } from "../filters/numpy-type.ts";

/** How imagecodecs' predictors see their bytes: rows of `samples` items, in which equal components are `stride` items apart. */
export type PredictorRows = {
  readonly itemBytes: number;
  readonly littleEndian: boolean;
  readonly isFloat: boolean;
  /** Items in one row: the axis and all behind it. */
  readonly samples: number;
  readonly stride: number;
};

/** @throws UnsupportedCodecError for configurations, CorruptChunkError where `byteLength` is of another shape */
export function predictorRows(
  codec: string,
  { shape, dtype, axis = -1, dist = 1 }: JsonObject,
  byteLength: number,
): PredictorRows {
  const type =
    dtype === undefined || dtype === null ? parseNumpyType("|u1") : parseNumpyType(dtype);
  if (type === undefined || dist !== 1 || typeof axis !== "number")
    throw unsupported(codec, [dtype ?? null, axis, dist]);
  const itemBytes = storedItemBytes[type.dataType];
  const sizes =
    shape === undefined || shape === null ? [byteLength / itemBytes] : sizesOf(codec, shape);
  const at = axis < 0 ? sizes.length + axis : axis;
  if (!Number.isInteger(at) || at < 0 || at >= sizes.length) throw unsupported(codec, [axis]);
  const expected = elementCount(sizes) * itemBytes;
  if (expected !== byteLength) {
    throw new CorruptChunkError(`${codec}: ${byteLength} bytes where ${expected} were expected.`);
  }
  return {
    itemBytes,
    littleEndian: type.endian !== "big",
    isFloat: type.dataType.startsWith("float"),
    samples: elementCount(sizes.slice(at)),
    stride: elementCount(sizes.slice(at + 1)),
  };
}

function sizesOf(codec: string, shape: JsonValue): number[] {
  if (!Array.isArray(shape)) throw unsupported(codec, shape);
  return shape.map((size) => {
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 1)
      throw unsupported(codec, shape);
    return size;
  });
}

function unsupported(codec: string, configuration: JsonValue): UnsupportedCodecError {
  return new UnsupportedCodecError(
    codec,
    `The codec "${codec}" is configured by ${JSON.stringify(configuration).slice(0, 80)}, which is not read.`,
  );
}
