import { type CodecChain, CorruptChunkError, UnsupportedCodecError } from "./codec.ts";
import type { ArrayToBytesCodec } from "./codec-definition.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { decodeChunk } from "./pipeline.ts";
import { placeClipped } from "./place-clipped.ts";

/**
 * `n5_default` (registered extension): an N5 block in default mode. Its header gives its shape, which is the chunk's or, at the
 * array's edge, the part inside the array.
 */
export const decode: ArrayToBytesCodec["decode"] = async (bytes, spec, configuration) => {
  const rank = spec.shape.length;
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes) throw corrupt("its header is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  if (view.getUint16(0) !== 0) throw corrupt(`its mode is ${view.getUint16(0)}, not 0`);
  if (view.getUint16(2) !== rank)
    throw corrupt(`it has ${view.getUint16(2)} dimensions, not ${rank}`);
  const shape = spec.shape.map((_, axis) => view.getUint32(4 + 4 * axis));
  const isFull = shape.every((size, axis) => size === spec.shape[axis]);
  const fits = shape.every(
    (size, axis) => size === spec.shape[axis] || size === spec.clippedShape?.[axis],
  );
  if (!fits)
    throw corrupt(`a block of ${shape.join(" × ")} is no chunk of ${spec.shape.join(" × ")}`);
  const { dataType, fillValue } = spec;
  const block = await decodeChunk(innerChain(configuration.codecs), bytes.slice(headerBytes), {
    shape,
    dataType,
    fillValue,
  });
  return isFull ? block : placeClipped(block, spec);
};

function innerChain(codecs: unknown): CodecChain {
  if (!Array.isArray(codecs))
    throw new UnsupportedCodecError("n5_default", 'The codec "n5_default" has no list of codecs.');
  return parseCodecChain(codecs, "n5_default/codecs");
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`n5_default: ${reason}.`);
}
