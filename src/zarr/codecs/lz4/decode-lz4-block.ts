import { CorruptChunkError } from "../codec.ts";

/** The fast path writes up to 20 bytes and reads up to 18 at once, of which fewer may count. */
const targetMargin = 40;
const sourceMargin = 18;

/**
 * One raw LZ4 block (LZ4 block format) from `src[from, fromEnd)` into `dst[to, toEnd)`, which it must fill exactly.
 *
 * Short runs, which are most, are copied by whole words; bytes written too many are overwritten by the next run.
 * Near either end, and for distances below a word, bytes are counted.
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
  const source = new DataView(src.buffer, src.byteOffset, src.length);
  const target = new DataView(dst.buffer, dst.byteOffset, dst.length);
  const sourceSafe = fromEnd - sourceMargin;
  const targetSafe = toEnd - targetMargin;
  let s = from;
  let d = to;
  while (s < fromEnd) {
    const token = src[s++]!;

    let count = token >>> 4;
    if (count < 15 && s < sourceSafe && d < targetSafe) {
      target.setInt32(d, source.getInt32(s, true), true);
      if (count > 4) {
        target.setInt32(d + 4, source.getInt32(s + 4, true), true);
        if (count > 8) {
          target.setInt32(d + 8, source.getInt32(s + 8, true), true);
          target.setInt32(d + 12, source.getInt32(s + 12, true), true);
        }
      }
      s += count;
      d += count;
    } else {
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
    }

    const distance = source.getUint16(s, true);
    s += 2;
    if (distance === 0 || distance > d - to) throw corrupt("a distance leaves the block");
    count = token & 15;
    if (count < 15 && distance >= 4 && d < targetSafe) {
      const r = d - distance;
      target.setInt32(d, target.getInt32(r, true), true);
      if (count > 0) {
        target.setInt32(d + 4, target.getInt32(r + 4, true), true);
        if (count > 4) {
          target.setInt32(d + 8, target.getInt32(r + 8, true), true);
          target.setInt32(d + 12, target.getInt32(r + 12, true), true);
          if (count > 12) target.setInt32(d + 16, target.getInt32(r + 16, true), true);
        }
      }
      d += count + 4;
      continue;
    }
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

/** Below this many bytes a loop is faster than a call of `copyWithin`. */
const shortCopy = 32;

/**
 * Repeats `count` bytes of `dst` from `distance` before `at`; the ranges may overlap, then the bytes in between
 * repeat. The caller has checked both ends. Returns the new end.
 */
export function copyMatch(dst: Uint8Array, at: number, distance: number, count: number): number {
  const end = at + count;
  if (distance === 1 && count > shortCopy) {
    dst.fill(dst[at - 1]!, at, end);
    return end;
  }
  let d = at;
  if (distance < shortCopy || count < shortCopy) {
    for (const short = Math.min(end, at + shortCopy); d < short; d++) dst[d] = dst[d - distance]!;
  }
  // Each round copies whole repeats of what the rounds before have made, so the run doubles.
  const start = at - distance;
  while (d < end) {
    const ready = d - start;
    const length = Math.min(ready - (ready % distance), end - d);
    const from = d - (ready - (ready % distance));
    dst.copyWithin(d, from, from + length);
    d += length;
  }
  return end;
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`lz4: ${reason}.`);
}
