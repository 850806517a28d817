import type { DataType, ElementArray } from "../array/data-type.ts";
import type { JsonObject } from "../json.ts";

/** A codec as metadata names it (Zarr v3 core: extension object). v2 ids are lifted: `zlib` → `numcodecs.zlib`, `lz4` → `numcodecs.lz4`. */
export type CodecSpec = { readonly name: string; readonly configuration: JsonObject };

/** A codec pipeline whose order was validated: array→array*, one array→bytes, bytes→bytes* (in encoding order). */
export type CodecChain = {
  readonly arrayToArray: readonly CodecSpec[];
  readonly arrayToBytes: CodecSpec;
  readonly bytesToBytes: readonly CodecSpec[];
};

/** What one stored chunk must decode to; from this the exact length in bytes is known beforehand. */
export type ChunkSpec = {
  readonly shape: readonly number[];
  readonly dataType: DataType;
  readonly fillValue: number | bigint;
  /** Where the last dimension is the numbers of one element (`laneShape`): the fill value, one number each. */
  readonly fillLanes?: readonly (number | bigint)[];
  /** At the array's edge: the part inside the array. Some v2 and N5-like writers store just that; accepted at its exact length only. */
  readonly clippedShape?: readonly number[];
};

/** Decoded elements of one chunk, C order, native byte order; `elements.length` is the product of `shape`. */
export type ChunkArray = {
  readonly shape: readonly number[];
  readonly dataType: DataType;
  readonly elements: ElementArray;
  /** A checksum did not match, and the caller asked for the data all the same. */
  readonly unverified?: true;
};

/** The stored bytes contradict their checksum, their header or their metadata. Never shown, never padded. */
export class CorruptChunkError extends Error {
  override readonly name = "CorruptChunkError";
}

/** Every length fits, only a checksum does not. `decoded` is what the bytes say regardless; it is shown on demand, and marked. */
export class ChecksumMismatchError extends CorruptChunkError {
  readonly decoded: Uint8Array<ArrayBuffer>;
  constructor(message: string, decoded: Uint8Array<ArrayBuffer>) {
    super(message);
    this.decoded = decoded;
  }
}

/** No decoder for this codec or configuration. The message names the codec. */
export class UnsupportedCodecError extends Error {
  override readonly name = "UnsupportedCodecError";
  readonly codec: string;
  constructor(codec: string, message = `The codec "${codec}" is not supported.`) {
    super(message);
    this.codec = codec;
  }
}
