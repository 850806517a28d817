import { crc32 } from "../checksums/crc.ts";
import { UnsupportedCodecError } from "../codec.ts";
import { crc64 } from "./crc64.ts";
import { decodeLzma2 } from "./decode-lzma2.ts";
import { corrupt, LzmaDecoder } from "./lzma-decoder.ts";
import { undoByteDelta } from "./undo-delta.ts";

const checkBytes: readonly number[] = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** What was decoded, and whether all checksums of the data fitted. */
export type DecodedXz = { readonly end: number; readonly fits: boolean };

export function isXz(bytes: Uint8Array): boolean {
  return bytes[0] === 0xfd && bytes[1] === 0x37 && bytes[2] === 0x7a && bytes[3] === 0x58;
}

/** All streams of an xz file (format 1.1.0) with LZMA2 and delta filters. @throws CorruptChunkError, UnsupportedCodecError */
export function decodeXz(bytes: Uint8Array, target: Uint8Array): DecodedXz {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let s = 0;
  let end = 0;
  let fits = true;
  while (s < bytes.length) {
    if (bytes.length - s < 32 || !isXz(bytes.subarray(s)))
      throw corrupt("no xz stream begins here");
    const check = bytes[s + 7]!;
    if (bytes[s + 6] !== 0 || check > 15) throw corrupt("its flags are out of range");
    if (crc32(bytes.subarray(s + 6, s + 8)) !== view.getUint32(s + 8, true))
      throw corrupt("its header is damaged");
    s += 12;
    let blocks = 0;
    while (s < bytes.length && bytes[s] !== 0) {
      const block = decodeBlock(bytes, view, s, target, end, check);
      s = block.sourceEnd;
      end = block.targetEnd;
      fits &&= block.fits;
      blocks++;
    }
    s = skipIndex(bytes, view, s, blocks);
    while (s + 4 <= bytes.length && view.getUint32(s) === 0) s += 4;
  }
  return { end, fits };
}

function decodeBlock(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  target: Uint8Array,
  targetStart: number,
  check: number,
) {
  const headerEnd = start + 4 * (bytes[start]! + 1);
  if (headerEnd > bytes.length) throw corrupt("its end is cut off");
  if (crc32(bytes.subarray(start, headerEnd - 4)) !== view.getUint32(headerEnd - 4, true)) {
    throw corrupt("a block's header is damaged");
  }
  const delta = readFilters(bytes, start + 1, headerEnd - 4);
  const decoder = new LzmaDecoder(target, targetStart);
  let s = decodeLzma2(decoder, bytes, headerEnd, bytes.length);
  const decoded = target.subarray(targetStart, decoder.end);
  if (delta > 0) undoByteDelta(decoded, delta);
  while ((s - headerEnd) % 4 !== 0) if (bytes[s++] !== 0) throw corrupt("its padding is damaged");
  const checkEnd = s + checkBytes[check]!;
  if (checkEnd > bytes.length) throw corrupt("its end is cut off");
  return {
    sourceEnd: checkEnd,
    targetEnd: decoder.end,
    fits: checkFits(check, view, s, decoded),
  };
}

/** CRC-32 and CRC-64 are counted; SHA-256 and unknown checks are passed over, as xz does with unknown ones. */
function checkFits(check: number, view: DataView, at: number, decoded: Uint8Array): boolean {
  if (check === 1) return crc32(decoded) === view.getUint32(at, true);
  if (check !== 4) return true;
  const [low, high] = crc64(decoded);
  return low === view.getUint32(at, true) && high === view.getUint32(at + 4, true);
}

/** The distance of a delta filter before LZMA2, or 0. */
function readFilters(bytes: Uint8Array, at: number, end: number): number {
  const flags = bytes[at]!;
  if (flags & 0x3c) throw corrupt("a block's flags are out of range");
  let s = at + 1;
  const vli = () => {
    const { value, next } = readVli(bytes, s, end);
    s = next;
    return value;
  };
  if (flags & 0x40) vli();
  if (flags & 0x80) vli();
  let delta = 0;
  const count = (flags & 3) + 1;
  for (let filter = 0; filter < count; filter++) {
    const id = vli();
    const size = vli();
    if (size > end - s) throw corrupt("a filter is cut off");
    const isLast = filter === count - 1;
    if (id === 3 && size === 1 && !isLast) delta = bytes[s]! + 1;
    else if (id !== 0x21 || !isLast) {
      throw new UnsupportedCodecError(
        "lzma",
        `The codec "lzma" uses xz's filter ${id}, which is not read.`,
      );
    }
    s += size;
  }
  return delta;
}

/** Skips the index, whose checksum is held against it, and the footer. */
function skipIndex(bytes: Uint8Array, view: DataView, start: number, blocks: number): number {
  let { value, next: s } = readVli(bytes, start + 1, bytes.length);
  if (value !== blocks) throw corrupt("its index does not fit");
  for (; value > 0; value--) {
    s = readVli(bytes, s, bytes.length).next;
    s = readVli(bytes, s, bytes.length).next;
  }
  while ((s - start) % 4 !== 0) s++;
  if (bytes.length - s < 16) throw corrupt("its end is cut off");
  if (crc32(bytes.subarray(start, s)) !== view.getUint32(s, true))
    throw corrupt("its index is damaged");
  if (bytes[s + 14] !== 0x59 || bytes[s + 15] !== 0x5a) throw corrupt("its footer is damaged");
  if (crc32(bytes.subarray(s + 8, s + 14)) !== view.getUint32(s + 4, true))
    throw corrupt("its footer is damaged");
  return s + 16;
}

function readVli(bytes: Uint8Array, at: number, end: number): { value: number; next: number } {
  let value = 0;
  for (let s = at, scale = 1; s < end && s < at + 9; s++, scale *= 128) {
    const byte = bytes[s]!;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: s + 1 };
  }
  throw corrupt("a number is cut off");
}
