import { CorruptChunkError } from "../codec.ts";
import { copyMatch } from "./decode-lz4-block.ts";

/**
 * One raw LZ4 block of unknown decoded length from `src[from, fromEnd)` into `dst` from `to` on, with what was decoded
 * since `history` to refer to. Returns the end, `toEnd` at most.
 *
 * @throws CorruptChunkError
 */
export function decodeLz4Part(
  src: Uint8Array,
  from: number,
  fromEnd: number,
  dst: Uint8Array,
  history: number,
  to: number,
  toEnd: number,
): number {
  let s = from;
  let d = to;
  while (s < fromEnd) {
    const token = src[s++]!;
    let count = token >>> 4;
    if (count === 15) {
      let more: number;
      do {
        if (s >= fromEnd) throw corrupt("a length is cut off");
        more = src[s++]!;
        count += more;
      } while (more === 255);
    }
    if (count > fromEnd - s) throw corrupt("literals are cut off");
    if (count > toEnd - d) throw corrupt("more bytes than were expected");
    for (const end = s + count; s < end; ) dst[d++] = src[s++]!;
    if (s === fromEnd) return d;
    if (fromEnd - s < 2) throw corrupt("a distance is cut off");
    const distance = src[s]! | (src[s + 1]! << 8);
    s += 2;
    if (distance === 0 || distance > d - history) throw corrupt("a distance leaves the data");
    let length = (token & 15) + 4;
    if (length === 19) {
      let more: number;
      do {
        if (s >= fromEnd) throw corrupt("a length is cut off");
        more = src[s++]!;
        length += more;
      } while (more === 255);
    }
    if (length > toEnd - d) throw corrupt("more bytes than were expected");
    d = copyMatch(dst, d, distance, length);
  }
  throw corrupt("its end is cut off");
}

export function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`lz4: ${reason}.`);
}
