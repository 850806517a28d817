import { CorruptChunkError } from "../codec.ts";
import { copyMatch } from "../lz4/decode-lz4-block.ts";

/**
 * One raw Snappy stream (format_description.txt) from `src[from, fromEnd)` into `dst[to, toEnd)`, filled exactly.
 *
 * @throws CorruptChunkError
 */
export function decodeSnappy(
  src: Uint8Array,
  from: number,
  fromEnd: number,
  dst: Uint8Array,
  to: number,
  toEnd: number,
): void {
  let s = from;
  let d = to;
  let claimed = 0;
  for (let shift = 1; ; shift *= 128) {
    if (s >= fromEnd || s - from > 4) throw corrupt("its length is cut off");
    const byte = src[s++]!;
    claimed += (byte & 127) * shift;
    if (byte < 128) break;
  }
  if (claimed !== toEnd - to) throw corrupt(`claims ${claimed} bytes, not ${toEnd - to}`);
  while (s < fromEnd) {
    const tag = src[s++]!;
    if ((tag & 3) === 0) {
      let count = tag >>> 2;
      const extra = count - 59;
      if (extra > 0) {
        if (extra > fromEnd - s) throw corrupt("a length is cut off");
        count = littleEndian(src, s, extra);
        s += extra;
      }
      count += 1;
      if (count > fromEnd - s || count > toEnd - d) throw corrupt("literals leave the block");
      if (count < 24) {
        for (const end = s + count; s < end; ) dst[d++] = src[s++]!;
      } else {
        dst.set(src.subarray(s, s + count), d);
        s += count;
        d += count;
      }
      continue;
    }
    const near = (tag & 3) === 1;
    const distanceBytes = near ? 1 : (tag & 3) === 2 ? 2 : 4;
    if (distanceBytes > fromEnd - s) throw corrupt("a distance is cut off");
    const count = near ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    const distance = (near ? (tag >>> 5) << 8 : 0) + littleEndian(src, s, distanceBytes);
    s += distanceBytes;
    if (distance === 0 || distance > d - to) throw corrupt("a distance leaves the block");
    if (count > toEnd - d) throw corrupt("a match leaves the block");
    d = copyMatch(dst, d, distance, count);
  }
  if (d !== toEnd) throw corrupt(`${d - to} bytes where ${toEnd - to} were expected`);
}

function littleEndian(src: Uint8Array, at: number, bytes: number): number {
  let value = 0;
  for (let i = bytes - 1; i >= 0; i--) value = value * 256 + src[at + i]!;
  return value;
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`snappy: ${reason}.`);
}
