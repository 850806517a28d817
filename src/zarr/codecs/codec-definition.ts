import type { JsonObject } from "../json.ts";
import type { ChunkArray, ChunkSpec } from "./codec.ts";
import type { DecodedLength } from "./decoded-length.ts";

/**
 * One file per codec exports one of these; `codec-table.ts` gives it its names. Definitions are small and load
 * nothing: a decoder of any weight is imported inside `decode`, so that it becomes a chunk of its own.
 *
 * Errors of every `decode`: `CorruptChunkError` for bytes, `UnsupportedCodecError` for configurations.
 */
export type CodecDefinition = ArrayToArrayCodec | ArrayToBytesCodec | BytesToBytesCodec;

export type ArrayToArrayCodec = {
  readonly kind: "array-to-array";
  /** What the next codec in encoding order was given, e.g. the permuted shape. */
  encodedSpec(spec: ChunkSpec, configuration: JsonObject): ChunkSpec;
  /** The same with shape and fill value right, where `encodedSpec` is right only in data type and count of elements. */
  readonly encodedSpecInFull?: (spec: ChunkSpec, configuration: JsonObject) => Promise<ChunkSpec>;
  decode(
    encoded: ChunkArray,
    spec: ChunkSpec,
    configuration: JsonObject,
  ): ChunkArray | Promise<ChunkArray>;
};

export type ArrayToBytesCodec = {
  readonly kind: "array-to-bytes";
  /** Every length in bytes that `decode` accepts, or an upper bound where the encoding has no fixed size. */
  encodedLength(spec: ChunkSpec, configuration: JsonObject): DecodedLength;
  decode(
    bytes: Uint8Array<ArrayBuffer>,
    spec: ChunkSpec,
    configuration: JsonObject,
  ): Promise<ChunkArray>;
};

export type BytesToBytesCodec = {
  readonly kind: "bytes-to-bytes";
  /** Bytes that this codec adds, for the codecs whose output length follows from their input's. */
  readonly addedBytes?: number;
  /** For the others: no encoding is longer than so many times what it encodes, and 4 KiB; 9/8 if nothing is said. */
  readonly maxExpansion?: number;
  /** Decodes to a length that `length` accepts, or throws. May return a view of `bytes`. */
  decode(
    bytes: Uint8Array<ArrayBuffer>,
    length: DecodedLength,
    configuration: JsonObject,
  ): Promise<Uint8Array<ArrayBuffer>>;
};
