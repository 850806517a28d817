import { copyMatch } from "./copy-match";
import * as failure from "./failure";

/**
 * One raw LZ4 block from `[source, sourceEnd)` into `[target, targetEnd)`, which it must fill exactly; returns a
 * `failure`. Both ranges are followed by 64 bytes that may be read and written.
 */
export function lz4(source: usize, sourceEnd: usize, target: usize, targetEnd: usize): i32 {
  let s = source;
  let d = target;
  while (s < sourceEnd) {
    const token = <u32>load<u8>(s++);
    let count: usize = token >> 4;
    if (count < 15) {
      v128.store(d, v128.load(s));
      s += count;
      d += count;
      if (s > sourceEnd || d > targetEnd) return failure.literalsOutside;
    } else {
      let more: u32 = 255;
      while (more === 255 && s < sourceEnd) {
        more = <u32>load<u8>(s++);
        count += more;
      }
      if (count > sourceEnd - s || count > targetEnd - d) return failure.literalsOutside;
      if (count > 256) {
        memory.copy(d, s, count);
      } else {
        for (let i: usize = 0; i < count; i += 16) v128.store(d + i, v128.load(s + i));
      }
      s += count;
      d += count;
    }
    // The last sequence is literals only.
    if (s === sourceEnd) break;
    if (sourceEnd - s < 2) return failure.cutOff;

    const distance = <usize>load<u16>(s);
    s += 2;
    if (distance === 0 || distance > d - target) return failure.tooFarBack;
    count = token & 15;
    if (count === 15) {
      let more: u32 = 255;
      while (more === 255 && s < sourceEnd) {
        more = <u32>load<u8>(s++);
        count += more;
      }
    }
    count += 4;
    if (count > targetEnd - d) return failure.tooLong;
    copyMatch(d, distance, count);
    d += count;
  }
  return d === targetEnd ? failure.none : failure.tooShort;
}
