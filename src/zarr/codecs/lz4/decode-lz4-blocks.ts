import { xxh32 } from "../checksums/xxh32.ts";
import { ChecksumMismatchError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, type DecodedLength, requireLength } from "../decoded-length.ts";
import { decodeLz4Block } from "./decode-lz4-block.ts";
import { corrupt } from "./decode-lz4-part.ts";

/** HDF5's LZ4 filter: decoded length in 8 bytes, block length in 4, then each block after its stored length, all big-endian. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  if (bytes.length < 12) throw corrupt("too short to hold a header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decodedBytes = Number(view.getBigUint64(0));
  requireLength("lz4h5", length, decodedBytes);
  const blockBytes = view.getUint32(8);
  if (blockBytes === 0 && decodedBytes > 0) throw corrupt("its blocks have no length");
  const target = new Uint8Array(decodedBytes);
  let s = 12;
  for (let d = 0; d < decodedBytes; d += blockBytes) {
    const end = Math.min(d + blockBytes, decodedBytes);
    if (bytes.length - s < 4) throw corrupt("a block is cut off");
    const stored = view.getUint32(s);
    s += 4;
    if (stored > bytes.length - s) throw corrupt("a block is cut off");
    if (stored === end - d) target.set(bytes.subarray(s, s + stored), d);
    else decodeLz4Block(bytes, s, s + stored, target, d, end);
    s += stored;
  }
  if (s !== bytes.length) throw corrupt("bytes are left over");
  return target;
};

/** Seed of the checksums in lz4-java's block streams, of which 28 bits are kept. */
const javaSeed = 0x9747b28c;

export function isJavaBlockStream(bytes: Uint8Array): boolean {
  return "LZ4Block".split("").every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

/** lz4-java's `LZ4BlockOutputStream`, which N5 writes (ZA-03): each block has a magic word, lengths and a checksum. */
export function decodeJavaBlocks(
  bytes: Uint8Array<ArrayBuffer>,
  length: DecodedLength,
): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(capacityOf(length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let s = 0;
  let d = 0;
  let fits = true;
  while (s < bytes.length) {
    if (bytes.length - s < 21 || !isJavaBlockStream(bytes.subarray(s)))
      throw corrupt("no block begins here");
    const method = bytes[s + 8]! & 0xf0;
    const stored = view.getUint32(s + 9, true);
    const decoded = view.getUint32(s + 13, true);
    const checksum = view.getUint32(s + 17, true);
    s += 21;
    if (stored > bytes.length - s) throw corrupt("a block is cut off");
    if (decoded > target.length - d) throw corrupt("more bytes than were expected");
    if (method === 0x10 && stored === decoded) target.set(bytes.subarray(s, s + stored), d);
    else if (method === 0x20) decodeLz4Block(bytes, s, s + stored, target, d, d + decoded);
    else throw corrupt("a block is of no known kind");
    if (decoded > 0) {
      fits &&= (xxh32(target.subarray(d, d + decoded), javaSeed) & 0xfffffff) === checksum;
    }
    s += stored;
    d += decoded;
  }
  requireLength("lz4", length, d);
  if (!fits)
    throw new ChecksumMismatchError("lz4: a checksum does not fit.", target.subarray(0, d));
  return target.subarray(0, d);
}
