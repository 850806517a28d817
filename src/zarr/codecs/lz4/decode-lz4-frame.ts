import { xxh32 } from "../checksums/xxh32.ts";
import { ChecksumMismatchError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";
import { corrupt, decodeLz4Part } from "./decode-lz4-part.ts";

const frameMagic = 0x184d2204;

/** LZ4 frames (LZ4 frame format 1.6.4), one or more, skippable ones between them. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const target = new Uint8Array(capacityOf(length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let s = 0;
  let end = 0;
  let fits = true;
  while (s < bytes.length) {
    if (bytes.length - s < 8) throw corrupt("no frame begins here");
    const magic = view.getUint32(s, true);
    if (magic >>> 4 === 0x184d2a5) {
      s += 8 + view.getUint32(s + 4, true);
      if (s > bytes.length) throw corrupt("a frame is cut off");
      continue;
    }
    if (magic !== frameMagic) throw corrupt("no frame begins here");
    const frame = decodeFrame(bytes, view, s + 4, target, end);
    s = frame.sourceEnd;
    end = frame.targetEnd;
    fits &&= frame.fits;
  }
  requireLength("lz4f", length, end);
  const decoded = target.subarray(0, end);
  if (!fits) throw new ChecksumMismatchError("lz4f: a checksum does not fit.", decoded);
  return decoded;
};

function decodeFrame(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  target: Uint8Array,
  targetStart: number,
) {
  const flags = bytes[start]!;
  if (flags >>> 6 !== 1 || flags & 2) throw corrupt("its flags are out of range");
  if (flags & 1)
    throw new UnsupportedCodecError(
      "lz4f",
      'The codec "lz4f" needs a dictionary, which is not read.',
    );
  const independent = (flags & 32) !== 0;
  const hasSize = (flags & 8) !== 0;
  const headerEnd = start + (hasSize ? 10 : 2);
  if (headerEnd >= bytes.length) throw corrupt("its header is cut off");
  if (((xxh32(bytes.subarray(start, headerEnd)) >>> 8) & 255) !== bytes[headerEnd])
    throw corrupt("its header is damaged");
  const blockSize = (bytes[start + 1]! >>> 4) & 7;
  if (blockSize < 4) throw corrupt("its block size is out of range");
  const maxBlock = 1 << (8 + 2 * blockSize);
  let s = headerEnd + 1;
  let d = targetStart;
  let fits = true;
  for (;;) {
    if (bytes.length - s < 4) throw corrupt("its end is cut off");
    const word = view.getUint32(s, true);
    s += 4;
    if (word === 0) break;
    const size = word & 0x7fffffff;
    if (size > bytes.length - s || size > maxBlock) throw corrupt("a block is cut off");
    const room = Math.min(target.length, d + maxBlock);
    if (word >>> 31 === 1) {
      if (size > room - d) throw corrupt("more bytes than were expected");
      target.set(bytes.subarray(s, s + size), d);
      d += size;
    } else {
      d = decodeLz4Part(bytes, s, s + size, target, independent ? d : targetStart, d, room);
    }
    if (flags & 16) {
      if (bytes.length - s - size < 4) throw corrupt("its end is cut off");
      fits &&= xxh32(bytes.subarray(s, s + size)) === view.getUint32(s + size, true);
      s += 4;
    }
    s += size;
  }
  if (hasSize && view.getBigUint64(start + 2, true) !== BigInt(d - targetStart))
    throw corrupt("its length does not fit");
  if (flags & 4) {
    if (bytes.length - s < 4) throw corrupt("its end is cut off");
    fits &&= xxh32(target.subarray(targetStart, d)) === view.getUint32(s, true);
    s += 4;
  }
  return { sourceEnd: s, targetEnd: d, fits };
}
