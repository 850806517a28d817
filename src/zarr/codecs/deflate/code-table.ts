import { CorruptChunkError } from "../codec.ts";

/** Codes up to this length are looked up at once; a table of this size stays in the first-level cache. */
export const tableBits = 10;
const maxCodeBits = 15;

/** A canonical Huffman code (RFC 1951, 3.2.2). */
export type CodeTable = {
  /** By the next `tableBits` bits: symbol · 16 + length; 0 if the code is longer or does not exist. */
  readonly short: Uint16Array;
  /** How many codes have each length. */
  readonly counts: Uint16Array;
  /** Symbols in the order of their codes. */
  readonly symbols: Uint16Array;
};

/** @param lengths of each symbol's code in bits; 0: no code. @throws CorruptChunkError if codes overlap */
export function codeTable(lengths: ArrayLike<number>): CodeTable {
  const counts = new Uint16Array(maxCodeBits + 1);
  for (let symbol = 0; symbol < lengths.length; symbol++) counts[lengths[symbol]!]!++;
  counts[0] = 0;
  const firstCode = new Uint16Array(maxCodeBits + 2);
  const firstSymbol = new Uint16Array(maxCodeBits + 2);
  for (let length = 1, code = 0; length <= maxCodeBits; length++) {
    firstCode[length] = code;
    code += counts[length]!;
    if (code > 1 << length) throw new CorruptChunkError("deflate: its codes overlap.");
    firstSymbol[length + 1] = firstSymbol[length]! + counts[length]!;
    code <<= 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const short = new Uint16Array(1 << tableBits);
  const seen = new Uint16Array(maxCodeBits + 1);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    const rank = seen[length]!++;
    symbols[firstSymbol[length]! + rank] = symbol;
    if (length > tableBits) continue;
    const entry = (symbol << 4) | length;
    const reversed = reverse(firstCode[length]! + rank, length);
    for (let i = reversed; i < short.length; i += 1 << length) short[i] = entry;
  }
  return { short, counts, symbols };
}

/** Walks a code longer than `tableBits`: symbol · 16 + length. `bits` holds 15 bits. @throws CorruptChunkError */
export function longCode({ counts, symbols }: CodeTable, bits: number): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= maxCodeBits; length++) {
    code |= (bits >>> (length - 1)) & 1;
    const count = counts[length]!;
    if (code - first < count) return (symbols[index + code - first]! << 4) | length;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new CorruptChunkError("deflate: a code is not in its table.");
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0, left = code; bit < length; bit++, left >>>= 1) {
    reversed = (reversed << 1) | (left & 1);
  }
  return reversed;
}
