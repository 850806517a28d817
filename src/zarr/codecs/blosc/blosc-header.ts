import { CorruptChunkError } from "../codec.ts";
import { type DecodedLength, requireLength } from "../decoded-length.ts";

/** Compressor of the blocks, from the header's three format bits; lz4hc writes lz4's format. */
export type BloscInner = "blosclz" | "lz4" | "snappy" | "zlib" | "zstd";

/** The 16 bytes before a Blosc 1 chunk (c-blosc, README_CHUNK_FORMAT), checked against what surrounds them. */
export type BloscHeader = {
  readonly inner: BloscInner;
  readonly shuffle: "none" | "bytes" | "bits";
  /** The data follow uncompressed and unshuffled. */
  readonly memcpyed: boolean;
  /** Blocks are one stream each even where they could be one stream per byte of the type. */
  readonly dontSplit: boolean;
  readonly typeBytes: number;
  readonly decodedBytes: number;
  readonly blockBytes: number;
};

export const bloscHeaderBytes = 16;

const innerFormats: readonly (BloscInner | undefined)[] = [
  "blosclz",
  "lz4",
  "snappy",
  "zlib",
  "zstd",
];

/**
 * Nothing is allocated by what the header claims: its decoded length must be one that metadata expects, its encoded
 * length that of `bytes`.
 *
 * @throws CorruptChunkError
 */
export function readBloscHeader(
  bytes: Uint8Array<ArrayBuffer>,
  length: DecodedLength,
): BloscHeader {
  if (bytes.length < bloscHeaderBytes) throw corrupt("shorter than its header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bloscHeaderBytes);
  const version = view.getUint8(0);
  const flags = view.getUint8(2);
  const typeBytes = view.getUint8(3);
  const decodedBytes = view.getUint32(4, true);
  const blockBytes = view.getUint32(8, true);
  const encodedBytes = view.getUint32(12, true);
  const inner = innerFormats[flags >>> 5];
  if (version !== 2) throw corrupt(`its header has the version ${version}, not 2`);
  if (flags & 8) throw corrupt("its header has a reserved flag");
  if (!inner) throw corrupt(`its header names the unknown compressor ${flags >>> 5}`);
  requireLength("blosc", length, decodedBytes);
  if (encodedBytes !== bytes.length) {
    throw corrupt(`${bytes.length} bytes where its header has ${encodedBytes}`);
  }
  if (typeBytes === 0) throw corrupt("its header has a type of 0 bytes");
  if (decodedBytes > 0 && (blockBytes === 0 || blockBytes > decodedBytes)) {
    throw corrupt(`its header has blocks of ${blockBytes} bytes in ${decodedBytes}`);
  }
  const memcpyed = (flags & 2) !== 0;
  if (memcpyed && encodedBytes !== decodedBytes + bloscHeaderBytes) {
    throw corrupt(`${encodedBytes} bytes hold no plain copy of ${decodedBytes}`);
  }
  return {
    inner,
    shuffle: flags & 1 ? "bytes" : flags & 4 ? "bits" : "none",
    memcpyed,
    dontSplit: (flags & 16) !== 0,
    typeBytes,
    decodedBytes,
    blockBytes,
  };
}

export function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`blosc: ${reason}.`);
}
