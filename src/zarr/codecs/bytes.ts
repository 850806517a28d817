import { type DataType, elementCount, storedItemBytes } from "../array/data-type.ts";
import type { JsonObject } from "../json.ts";
import { type ChunkSpec, CorruptChunkError, UnsupportedCodecError } from "./codec.ts";
import type { ArrayToBytesCodec } from "./codec-definition.ts";
import { elementsFromBytes } from "./elements-from-bytes.ts";
import { placeClipped } from "./place-clipped.ts";

/** `bytes` (Zarr v3 core). A missing `endian` is read as little, which all writers that omit it mean (Z3-31). */
export const bytesCodec: ArrayToBytesCodec = {
  kind: "array-to-bytes",
  encodedLength(spec) {
    const itemBytes = storedItemBytes[spec.dataType];
    const shapes = spec.clippedShape ? [spec.shape, spec.clippedShape] : [spec.shape];
    return { kind: "exact", lengths: shapes.map((shape) => elementCount(shape) * itemBytes) };
  },
  async decode(bytes, spec, configuration) {
    const { dataType, shape, clippedShape } = spec;
    const littleEndian = isLittleEndian(configuration, dataType);
    const stored = storedShape(spec, bytes.length);
    const elements = elementsFromBytes(bytes, dataType, littleEndian);
    if (stored === shape || clippedShape === undefined) return { shape, dataType, elements };
    return placeClipped({ shape: clippedShape, dataType, elements }, spec);
  },
};

function storedShape(spec: ChunkSpec, byteLength: number): readonly number[] {
  const itemBytes = storedItemBytes[spec.dataType];
  for (const shape of [spec.shape, spec.clippedShape]) {
    if (shape && elementCount(shape) * itemBytes === byteLength) return shape;
  }
  throw new CorruptChunkError(
    `bytes: ${byteLength} bytes do not make ${spec.shape.join(" × ")} elements of ${spec.dataType}.`,
  );
}

function isLittleEndian(configuration: JsonObject, dataType: DataType): boolean {
  const { endian } = configuration;
  if (endian === undefined || endian === null || endian === "little") return true;
  if (endian === "big") return false;
  if (storedItemBytes[dataType] === 1) return true;
  throw new UnsupportedCodecError(
    "bytes",
    `The codec "bytes" has no byte order ${JSON.stringify(endian)}.`,
  );
}
