import { CorruptChunkError } from "../codec.ts";
import type { BlockBits } from "./block-bits.ts";

/** bzip2 allows codes of 1 to 20 bits. */
const maxBits = 20;

/** A canonical code: symbols by length, and per length the last code and what to subtract to get a place in `symbols`. */
export type HuffmanCode = {
  readonly symbols: Uint16Array;
  readonly lastCode: Int32Array;
  readonly offset: Int32Array;
  readonly shortest: number;
};

/** The code lengths of one table, written as differences, and the code that they make. @throws CorruptChunkError */
export function readHuffmanCode(bits: BlockBits, symbolCount: number): HuffmanCode {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.take(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (bits.take(1) === 1) {
      length += bits.take(1) === 0 ? 1 : -1;
      if (length < 1 || length > maxBits) throw corrupt("a code length is out of range");
    }
    if (length < 1 || length > maxBits) throw corrupt("a code length is out of range");
    lengths[symbol] = length;
  }
  const symbols = new Uint16Array(symbolCount);
  const lastCode = new Int32Array(maxBits + 1).fill(-1);
  const offset = new Int32Array(maxBits + 1);
  let code = 0;
  let placed = 0;
  for (let bitCount = 1; bitCount <= maxBits; bitCount++) {
    offset[bitCount] = code - placed;
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      if (lengths[symbol] !== bitCount) continue;
      symbols[placed++] = symbol;
      lastCode[bitCount] = code++;
    }
    code <<= 1;
  }
  const shortest = lengths.reduce((least, each) => Math.min(least, each), maxBits);
  return { symbols, lastCode, offset, shortest };
}

/** The next symbol. @throws CorruptChunkError where no code begins so */
export function takeSymbol(
  bits: BlockBits,
  { symbols, lastCode, offset, shortest }: HuffmanCode,
): number {
  let code = bits.take(shortest);
  for (let length = shortest; length <= maxBits; length++) {
    if (code <= lastCode[length]!) {
      const place = code - offset[length]!;
      if (place >= 0) return symbols[place]!;
    }
    code = (code << 1) | bits.take(1);
  }
  throw corrupt("a code is unknown");
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`bz2: ${reason}.`);
}
