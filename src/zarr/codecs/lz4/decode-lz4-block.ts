import { CorruptChunkError } from "../codec.ts";

/**
 * One raw LZ4 block (LZ4 block format) from `src[from, fromEnd)` into `dst[to, toEnd)`, which it must fill exactly.
 *
 * @throws CorruptChunkError on any byte or distance that leaves either range, and on bytes left over
 */
export function decodeLz4Block(
  src: Uint8Array,
  from: number,
  fromEnd: number,
  dst: Uint8Array,
  to: number,
  toEnd: number,
): void {
  let s = from;
  let d = to;
  while (s < fromEnd) {
    const token = src[s++]!;

    let count = token >>> 4;
    if (count === 15) {
      let more = 255;
      while (more === 255 && s < fromEnd) {
        more = src[s++]!;
        count += more;
      }
    }
    if (count > fromEnd - s || count > toEnd - d) throw corrupt("literals leave the block");
    if (count < 24) {
      for (const end = s + count; s < end; ) dst[d++] = src[s++]!;
    } else {
      dst.set(src.subarray(s, s + count), d);
      s += count;
      d += count;
    }
    // The last sequence is literals only.
    if (s === fromEnd) break;

    if (fromEnd - s < 2) throw corrupt("a distance is cut off");
    const distance = src[s]! | (src[s + 1]! << 8);
    s += 2;
    if (distance === 0 || distance > d - to) throw corrupt("a distance leaves the block");
    count = token & 15;
    if (count === 15) {
      let more = 255;
      while (more === 255 && s < fromEnd) {
        more = src[s++]!;
        count += more;
      }
    }
    count += 4;
    if (count > toEnd - d) throw corrupt("a match leaves the block");
    d = copyMatch(dst, d, distance, count);
  }
  if (d !== toEnd) throw corrupt(`${d - to} bytes where ${toEnd - to} were expected`);
}

/**
 * Repeats `count` bytes of `dst` from `distance` before `at`; the ranges may overlap, then the bytes in between
 * repeat. The caller has checked both ends. Returns the new end.
 */
export function copyMatch(dst: Uint8Array, at: number, distance: number, count: number): number {
  const end = at + count;
  if (count < 24) {
    for (let d = at; d < end; d++) dst[d] = dst[d - distance]!;
    return end;
  }
  if (distance === 1) {
    dst.fill(dst[at - 1]!, at, end);
    return end;
  }
  // Each round copies what the rounds before have made, so the run doubles.
  const start = at - distance;
  for (let d = at; d < end; ) {
    const ready = d - start;
    const step = ready - (ready % distance);
    const length = Math.min(step, end - d);
    dst.copyWithin(d, start, start + length);
    d += length;
  }
  return end;
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`lz4: ${reason}.`);
}
