import { copyMatch } from "./copy-match";
import * as failure from "./failure";

/** Distances up to this are in 13 bits; a longer one follows in 16 bits, counted from here. */
const maxNearDistance: usize = 8191;

/** One BloscLZ stream; ranges and result as of `lz4`. */
export function blosclz(source: usize, sourceEnd: usize, target: usize, targetEnd: usize): i32 {
  let s = source;
  let d = target;
  // The upper bits of the first control byte are a version; it is always a run of literals.
  let mask: usize = 31;
  while (s < sourceEnd) {
    const control = <usize>load<u8>(s++) & mask;
    mask = 255;
    if (control < 32) {
      const count = control + 1;
      if (count > sourceEnd - s || count > targetEnd - d) return failure.literalsOutside;
      v128.store(d, v128.load(s));
      v128.store(d, v128.load(s, 16), 16);
      s += count;
      d += count;
      continue;
    }
    let count = (control >> 5) - 1;
    if (count === 6) {
      let more: usize = 255;
      while (more === 255 && s < sourceEnd) {
        more = <usize>load<u8>(s++);
        count += more;
      }
    }
    count += 3;
    if (s >= sourceEnd) return failure.cutOff;
    let distance = ((control & 31) << 8) + <usize>load<u8>(s++);
    if (distance === maxNearDistance) {
      if (sourceEnd - s < 2) return failure.cutOff;
      distance = maxNearDistance + (((<usize>load<u8>(s)) << 8) | <usize>load<u8>(s + 1));
      s += 2;
    }
    distance += 1;
    if (distance > d - target) return failure.tooFarBack;
    if (count > targetEnd - d) return failure.tooLong;
    copyMatch(d, distance, count);
    d += count;
  }
  return d === targetEnd ? failure.none : failure.tooShort;
}
