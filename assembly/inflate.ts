import { at, bitCount, bits, bytesUsed, fillBits, setReader, takeBits } from "./bit-reader";
import {
  buildTable,
  codeLengthMeanings,
  distanceBits,
  distanceMeanings,
  distanceTable,
  exception,
  isEnd,
  isSubtable,
  literal,
  literalBits,
  literalMeanings,
  literalTable,
  pairLiterals,
  prepareMeanings,
} from "./code-table";
import { copyMatch } from "./copy-match";
import * as failure from "./failure";

const lengths: usize = memory.data(320, 16);
const codeLengths: usize = memory.data(19, 16);
const codeLengthOrder: usize = memory.data<u8>([
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]);

let tableIsFixed: bool = false;
let targetAt: usize = 0;

/** Where the last `inflate` stopped reading, and writing. */
export function inflatedSourceEnd(): usize {
  return bytesUsed();
}
export function inflatedTargetEnd(): usize {
  return targetAt;
}

/**
 * One raw deflate stream (RFC 1951) from `[source, sourceEnd)` into `[target, targetEnd)`; returns a `failure`. Both
 * ranges are followed by 64 bytes that may be read and written.
 */
export function inflate(source: usize, sourceEnd: usize, target: usize, targetEnd: usize): i32 {
  prepareMeanings();
  setReader(0, 0, source);
  targetAt = target;
  for (let isFinal: u32 = 0; isFinal === 0; ) {
    isFinal = takeBits(1);
    const type = takeBits(2);
    let failed = failure.badBlock;
    if (type === 0) {
      failed = copyStored(sourceEnd, targetEnd);
    } else if (type === 1) {
      if (!tableIsFixed) useFixedCodes();
      failed = inflateBlock(sourceEnd, target, targetEnd);
    } else if (type === 2) {
      failed = readCodes();
      if (!failed) failed = inflateBlock(sourceEnd, target, targetEnd);
    }
    // What lies beyond the end may look like anything.
    if (bytesUsed() > sourceEnd) return failure.cutOff;
    if (failed) return failed;
  }
  return failure.none;
}

function inflateBlock(sourceEnd: usize, target: usize, targetEnd: usize): i32 {
  let b = bits;
  let n = bitCount;
  let s = at;
  let d = targetAt;
  const sourceLimit = sourceEnd + 8;
  let failed = failure.none;
  while (true) {
    b |= load<u64>(s) << n;
    s += (63 - n) >> 3;
    n |= 56;
    if (s > sourceLimit) {
      failed = failure.cutOff;
      break;
    }
    let entry = load<u32>(literalTable + ((<u32>b & ((1 << literalBits) - 1)) << 2));
    if (entry & literal) {
      store<u16>(d, entry >> 16);
      d += 1 + ((entry >> 7) & 1);
      b >>= entry & 31;
      n -= entry & 31;
      entry = load<u32>(literalTable + ((<u32>b & ((1 << literalBits) - 1)) << 2));
      if (entry & literal) {
        store<u16>(d, entry >> 16);
        d += 1 + ((entry >> 7) & 1);
        b >>= entry & 31;
        n -= entry & 31;
        entry = load<u32>(literalTable + ((<u32>b & ((1 << literalBits) - 1)) << 2));
        if (entry & literal) {
          store<u16>(d, entry >> 16);
          d += 1 + ((entry >> 7) & 1);
          b >>= entry & 31;
          n -= entry & 31;
          if (d <= targetEnd) continue;
          failed = failure.tooLong;
          break;
        }
      }
    }
    if (entry & exception) {
      if (entry & isSubtable) {
        b >>= entry & 31;
        n -= entry & 31;
        const index = (entry >> 16) + (<u32>b & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(literalTable + (index << 2));
      }
      if (entry & exception) {
        if (entry & isEnd) {
          b >>= entry & 31;
          n -= entry & 31;
          if (d > targetEnd) failed = failure.tooLong;
        } else {
          failed = failure.badCode;
        }
        break;
      }
      if (entry & literal) {
        store<u8>(d++, entry >> 16);
        b >>= entry & 31;
        n -= entry & 31;
        if (d <= targetEnd) continue;
        failed = failure.tooLong;
        break;
      }
    }

    b |= load<u64>(s) << n;
    s += (63 - n) >> 3;
    n |= 56;
    const count: usize =
      (entry >> 16) + ((<u32>b & ((1 << (entry & 31)) - 1)) >> ((entry >> 8) & 15));
    b >>= entry & 31;
    n -= entry & 31;
    entry = load<u32>(distanceTable + ((<u32>b & ((1 << distanceBits) - 1)) << 2));
    if (entry & exception) {
      if (entry & isSubtable) {
        b >>= entry & 31;
        n -= entry & 31;
        const index = (entry >> 16) + (<u32>b & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(distanceTable + (index << 2));
      }
      if (entry & exception) {
        failed = failure.badCode;
        break;
      }
    }
    const distance: usize =
      (entry >> 16) + ((<u32>b & ((1 << (entry & 31)) - 1)) >> ((entry >> 8) & 15));
    b >>= entry & 31;
    n -= entry & 31;
    if (distance > d - target) {
      failed = failure.tooFarBack;
      break;
    }
    if (d + count > targetEnd) {
      failed = failure.tooLong;
      break;
    }
    copyMatch(d, distance, count);
    d += count;
  }
  setReader(b, n, s);
  targetAt = d;
  return failed;
}

function copyStored(sourceEnd: usize, targetEnd: usize): i32 {
  let s = bytesUsed();
  setReader(0, 0, s);
  if (sourceEnd < s + 4) return failure.cutOff;
  const count = <usize>load<u16>(s);
  if ((count ^ <usize>load<u16>(s + 2)) !== 0xffff) return failure.badBlock;
  s += 4;
  if (count > sourceEnd - s) return failure.cutOff;
  if (count > targetEnd - targetAt) return failure.tooLong;
  memory.copy(targetAt, s, count);
  targetAt += count;
  setReader(0, 0, s + count);
  return failure.none;
}

function useFixedCodes(): void {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  buildTable(lengths, 288, literalMeanings, literalTable, literalBits);
  pairLiterals();
  memory.fill(lengths, 5, 32);
  buildTable(lengths, 32, distanceMeanings, distanceTable, distanceBits);
  tableIsFixed = true;
}

function readCodes(): i32 {
  tableIsFixed = false;
  const literals = takeBits(5) + 257;
  const count = literals + takeBits(5) + 1;
  const stored = takeBits(4) + 4;
  if (literals > 286) return failure.badCode;
  memory.fill(codeLengths, 0, 19);
  for (let i: u32 = 0; i < stored; i++) {
    store<u8>(codeLengths + load<u8>(codeLengthOrder + i), takeBits(3));
  }
  // The table of distances is free until it is built, and no code length is longer than it is wide.
  if (!buildTable(codeLengths, 19, codeLengthMeanings, distanceTable, distanceBits)) {
    return failure.badCode;
  }
  for (let i: u32 = 0; i < count; ) {
    if (bitCount < 16) fillBits();
    const entry = load<u32>(distanceTable + ((<u32>bits & ((1 << distanceBits) - 1)) << 2));
    if (entry & exception) return failure.badCode;
    takeBits(entry & 31);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + i++, symbol);
      continue;
    }
    if (symbol === 16 && i === 0) return failure.badCode;
    const repeated: u8 = symbol === 16 ? load<u8>(lengths + i - 1) : 0;
    const times: u32 =
      symbol === 16 ? 3 + takeBits(2) : symbol === 17 ? 3 + takeBits(3) : 11 + takeBits(7);
    if (times > count - i) return failure.badCode;
    memory.fill(lengths + i, repeated, times);
    i += times;
  }
  if (!buildTable(lengths, literals, literalMeanings, literalTable, literalBits)) {
    return failure.badCode;
  }
  pairLiterals();
  const distances = lengths + literals;
  return buildTable(distances, count - literals, distanceMeanings, distanceTable, distanceBits)
    ? failure.none
    : failure.badCode;
}
