import { CorruptChunkError } from "../codec.ts";

/** What one raw deflate stream took and gave. */
export type Inflated = { readonly sourceEnd: number; readonly targetEnd: number };

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const lengthBits = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const distanceBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const maxCodeBits = 15;

/**
 * One raw deflate stream (RFC 1951) from `src[from, fromEnd)` into `dst` from `to` on. Stops at the first byte that
 * does not fit below `toEnd`. Unlike the platform's stream it says how much it read, is synchronous and cannot be
 * made to produce more than was asked for.
 *
 * @throws CorruptChunkError
 */
export function inflate(
  src: Uint8Array,
  from: number,
  fromEnd: number,
  dst: Uint8Array,
  to: number,
  toEnd: number,
): Inflated {
  let s = from;
  let d = to;
  let bits = 0;
  let bitCount = 0;

  /** At least `count` ≤ 24 bits; zeros follow the end, and whoever uses them up is caught by `take`. */
  const need = (count: number): void => {
    while (bitCount < count) {
      if (s < fromEnd) bits |= src[s]! << bitCount;
      else if (s > fromEnd + 4) throw corrupt("its end is cut off");
      s++;
      bitCount += 8;
    }
  };
  const take = (count: number): number => {
    need(count);
    const value = bits & ((1 << count) - 1);
    bits >>>= count;
    bitCount -= count;
    return value;
  };
  const symbol = (table: Uint16Array): number => {
    need(maxCodeBits);
    const entry = table[bits & 0x7fff]!;
    if (entry === 0) throw corrupt("a code is not in its table");
    bits >>>= entry & 15;
    bitCount -= entry & 15;
    return entry >>> 4;
  };

  for (let final = 0; final === 0; ) {
    final = take(1);
    const type = take(2);
    if (type === 3) throw corrupt("a block has no type");
    if (type === 0) {
      s -= bitCount >>> 3;
      bits = 0;
      bitCount = 0;
      if (fromEnd - s < 4) throw corrupt("its end is cut off");
      const count = src[s]! | (src[s + 1]! << 8);
      const inverse = src[s + 2]! | (src[s + 3]! << 8);
      s += 4;
      if ((count ^ inverse) !== 0xffff) throw corrupt("a stored block's length is damaged");
      if (count > fromEnd - s) throw corrupt("its end is cut off");
      if (count > toEnd - d) throw tooLong(toEnd - to);
      dst.set(src.subarray(s, s + count), d);
      s += count;
      d += count;
      continue;
    }
    const { literals, distances } = type === 1 ? fixedTables() : dynamicTables(take, symbol);
    for (;;) {
      const code = symbol(literals);
      if (code < 256) {
        if (d >= toEnd) throw tooLong(toEnd - to);
        dst[d++] = code;
        continue;
      }
      if (code === 256) break;
      const base = lengthBase[code - 257];
      if (base === undefined) throw corrupt("a length is out of range");
      const count = base + take(lengthBits[code - 257]!);
      const distanceCode = symbol(distances);
      const nearest = distanceBase[distanceCode];
      if (nearest === undefined) throw corrupt("a distance is out of range");
      const distance = nearest + take(distanceBits[distanceCode]!);
      if (distance > d - to) throw corrupt("a distance leaves the data");
      if (count > toEnd - d) throw tooLong(toEnd - to);
      for (const end = d + count; d < end; d++) dst[d] = dst[d - distance]!;
    }
  }
  const sourceEnd = s - (bitCount >>> 3);
  if (sourceEnd > fromEnd) throw corrupt("its end is cut off");
  return { sourceEnd, targetEnd: d };
}

type Tables = { readonly literals: Uint16Array; readonly distances: Uint16Array };

let fixed: Tables | undefined;

function fixedTables(): Tables {
  if (fixed) return fixed;
  const lengths = Array.from({ length: 288 }, (_, i) =>
    i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8,
  );
  fixed = {
    literals: codeTable(lengths),
    distances: codeTable(Array.from({ length: 30 }, () => 5)),
  };
  return fixed;
}

function dynamicTables(
  take: (count: number) => number,
  symbol: (table: Uint16Array) => number,
): Tables {
  const literalCount = take(5) + 257;
  const distanceCount = take(5) + 1;
  const codeLengthCount = take(4) + 4;
  const codeLengths = new Array<number>(19).fill(0);
  for (let i = 0; i < codeLengthCount; i++) codeLengths[codeLengthOrder[i]!] = take(3);
  const table = codeTable(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const code = symbol(table);
    if (code < 16) {
      lengths.push(code);
      continue;
    }
    const previous = lengths[lengths.length - 1];
    if (code === 16 && previous === undefined) throw corrupt("a code length repeats nothing");
    const repeated = code === 16 ? previous! : 0;
    const count = code === 16 ? take(2) + 3 : code === 17 ? take(3) + 3 : take(7) + 11;
    for (let i = 0; i < count; i++) lengths.push(repeated);
  }
  if (lengths.length > literalCount + distanceCount) throw corrupt("too many code lengths");
  return {
    literals: codeTable(lengths.slice(0, literalCount)),
    distances: codeTable(lengths.slice(literalCount)),
  };
}

/** By the next 15 bits: symbol · 16 + length of its code; 0 where no code begins so. */
function codeTable(lengths: readonly number[]): Uint16Array {
  const count = new Array<number>(maxCodeBits + 1).fill(0);
  for (const length of lengths) count[length]!++;
  const next = new Array<number>(maxCodeBits + 2).fill(0);
  count[0] = 0;
  for (let length = 1; length <= maxCodeBits; length++) {
    next[length + 1] = (next[length]! + count[length]!) << 1;
    if (next[length]! + count[length]! > 1 << length) throw corrupt("its codes overlap");
  }
  const table = new Uint16Array(1 << maxCodeBits);
  for (const [code, length] of lengths.entries()) {
    if (length === 0) continue;
    let reversed = 0;
    for (let bit = 0, left = next[length]!++; bit < length; bit++, left >>>= 1) {
      reversed = (reversed << 1) | (left & 1);
    }
    const entry = (code << 4) | length;
    for (let i = reversed; i < table.length; i += 1 << length) table[i] = entry;
  }
  return table;
}

function tooLong(expected: number): CorruptChunkError {
  return new CorruptChunkError(`deflate: more than the ${expected} bytes that were expected.`);
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`deflate: ${reason}.`);
}
