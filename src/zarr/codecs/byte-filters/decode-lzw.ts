import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";

const clearCode = 256;
const endCode = 257;
const tableSize = 4096;

/** TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, widened one code early. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const target = new Uint8Array(capacityOf(length));
  // Each code stands for bytes that were decoded before: where they begin, and how many.
  const starts = new Uint32Array(tableSize);
  const lengths = new Uint32Array(tableSize);
  let next = endCode + 1;
  let width = 9;
  let previousStart = -1;
  let previousLength = 0;
  let bits = 0;
  let bitCount = 0;
  let s = 0;
  let d = 0;
  for (;;) {
    while (bitCount < width && s < bytes.length) {
      bits = ((bits << 8) | bytes[s++]!) & 0xffffff;
      bitCount += 8;
    }
    // Some writers leave the end code out.
    if (bitCount < width) break;
    bitCount -= width;
    const code = (bits >>> bitCount) & ((1 << width) - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      next = endCode + 1;
      width = 9;
      previousStart = -1;
      continue;
    }
    if (d >= target.length) throw corrupt("more bytes than were expected");
    const start = d;
    if (code < clearCode) {
      target[d++] = code;
    } else if (code < next) {
      d = repeat(target, starts[code]!, lengths[code]!, d);
    } else if (code === next && previousStart >= 0) {
      d = repeat(target, previousStart, previousLength, d);
      if (d >= target.length) throw corrupt("more bytes than were expected");
      target[d++] = target[start]!;
    } else {
      throw corrupt("a code is unknown");
    }
    if (previousStart >= 0 && next < tableSize) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
      if (next >= (1 << width) - 1 && width < 12) width++;
    }
    previousStart = start;
    previousLength = d - start;
  }
  requireLength("lzw", length, d);
  return target.subarray(0, d);
};

function repeat(target: Uint8Array, from: number, count: number, d: number): number {
  if (count > target.length - d) throw corrupt("more bytes than were expected");
  for (let i = 0; i < count; i++) target[d + i] = target[from + i]!;
  return d + count;
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`lzw: ${reason}.`);
}
