import { CorruptChunkError } from "../codec.ts";
import { copyMatch } from "../lz4/decode-lz4-block.ts";

/** Distances up to this are in 13 bits; a longer one follows in 16 bits, counted from here. */
const maxNearDistance = 8191;

/**
 * One BloscLZ stream (c-blosc's descendant of FastLZ) from `src[from, fromEnd)` into `dst[to, toEnd)`, filled exactly.
 *
 * @throws CorruptChunkError
 */
export function decodeBlosclz(
  src: Uint8Array,
  from: number,
  fromEnd: number,
  dst: Uint8Array,
  to: number,
  toEnd: number,
): void {
  let s = from;
  let d = to;
  // The upper bits of the first control byte are a version; it is always a run of literals.
  let mask = 31;
  while (s < fromEnd) {
    const control = src[s++]! & mask;
    mask = 255;
    if (control < 32) {
      const count = control + 1;
      if (count > fromEnd - s || count > toEnd - d) throw corrupt("literals leave the block");
      for (const end = s + count; s < end; ) dst[d++] = src[s++]!;
      continue;
    }
    let count = (control >>> 5) - 1;
    if (count === 6) {
      let more = 255;
      while (more === 255 && s < fromEnd) {
        more = src[s++]!;
        count += more;
      }
    }
    count += 3;
    if (s >= fromEnd) throw corrupt("a distance is cut off");
    const low = src[s++]!;
    let distance = ((control & 31) << 8) + low;
    if (distance === maxNearDistance) {
      if (fromEnd - s < 2) throw corrupt("a distance is cut off");
      distance = maxNearDistance + ((src[s]! << 8) | src[s + 1]!);
      s += 2;
    }
    distance += 1;
    if (distance > d - to) throw corrupt("a distance leaves the block");
    if (count > toEnd - d) throw corrupt("a match leaves the block");
    d = copyMatch(dst, d, distance, count);
  }
  if (d !== toEnd) throw corrupt(`${d - to} bytes where ${toEnd - to} were expected`);
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`blosclz: ${reason}.`);
}
