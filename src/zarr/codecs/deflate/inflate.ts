import { CorruptChunkError } from "../codec.ts";
import { alignToByte, type BitReader, bytesUsed, takeBits } from "./bit-reader.ts";
import { type CodeTable, codeTable, longCode, tableBits } from "./code-table.ts";

/** What one raw deflate stream took and gave. */
export type Inflated = { readonly sourceEnd: number; readonly targetEnd: number };

type BlockCodes = { readonly literals: CodeTable; readonly distances: CodeTable };

const lengthBase = Uint16Array.of(
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115],
  ...[131, 163, 195, 227, 258],
);
const lengthBits = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
const distanceBase = Uint16Array.of(
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537],
  ...[2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577],
);
const distanceBits = Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12],
  ...[13, 13],
);
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * One raw deflate stream (RFC 1951) from `src[from, fromEnd)` into `dst` from `to` on. Unlike the platform's stream it
 * says how much it read, is synchronous, and stops at the first byte that does not fit below `toEnd`.
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
  const reader: BitReader = { src, at: from, bits: 0, bitCount: 0 };
  let d = to;
  for (let final = 0; final === 0; ) {
    final = takeBits(reader, 1);
    const type = takeBits(reader, 2);
    if (type === 0) d = copyStored(reader, fromEnd, dst, d, toEnd);
    else if (type === 1) d = inflateBlock(reader, fixedCodes(), dst, to, d, toEnd);
    else if (type === 2) d = inflateBlock(reader, readCodes(reader), dst, to, d, toEnd);
    else throw corrupt("a block has no type");
    if (bytesUsed(reader) > fromEnd) throw corrupt("its end is cut off");
  }
  return { sourceEnd: bytesUsed(reader), targetEnd: d };
}

function inflateBlock(
  reader: BitReader,
  { literals, distances }: BlockCodes,
  dst: Uint8Array,
  to: number,
  start: number,
  toEnd: number,
): number {
  const { src } = reader;
  const shortLiterals = literals.short;
  const shortDistances = distances.short;
  const mask = (1 << tableBits) - 1;
  let { at, bits, bitCount } = reader;
  let d = start;
  for (;;) {
    // Beyond the end, undefined reads as zeros.
    if (bitCount < 15) {
      bits |= (src[at]! | (src[at + 1]! << 8)) << bitCount;
      at += 2;
      bitCount += 16;
    }
    const entry = shortLiterals[bits & mask]! || longCode(literals, bits);
    bits >>>= entry & 15;
    bitCount -= entry & 15;
    const symbol = entry >>> 4;
    if (symbol < 256) {
      if (d >= toEnd) throw corrupt(`more than the ${toEnd - to} bytes that were expected`);
      dst[d++] = symbol;
      continue;
    }
    if (symbol === 256) break;
    if (symbol > 285) throw corrupt("a length is out of range");

    const extraLength = lengthBits[symbol - 257]!;
    if (bitCount < 15) {
      bits |= (src[at]! | (src[at + 1]! << 8)) << bitCount;
      at += 2;
      bitCount += 16;
    }
    const count = lengthBase[symbol - 257]! + (bits & ((1 << extraLength) - 1));
    bits >>>= extraLength;
    bitCount -= extraLength;

    if (bitCount < 15) {
      bits |= (src[at]! | (src[at + 1]! << 8)) << bitCount;
      at += 2;
      bitCount += 16;
    }
    const distanceEntry = shortDistances[bits & mask]! || longCode(distances, bits);
    bits >>>= distanceEntry & 15;
    bitCount -= distanceEntry & 15;
    const distanceSymbol = distanceEntry >>> 4;
    if (distanceSymbol > 29) throw corrupt("a distance is out of range");

    const extraDistance = distanceBits[distanceSymbol]!;
    if (bitCount < 15) {
      bits |= (src[at]! | (src[at + 1]! << 8)) << bitCount;
      at += 2;
      bitCount += 16;
    }
    const distance = distanceBase[distanceSymbol]! + (bits & ((1 << extraDistance) - 1));
    bits >>>= extraDistance;
    bitCount -= extraDistance;

    if (distance > d - to) throw corrupt("a distance leaves the data");
    if (count > toEnd - d) throw corrupt(`more than the ${toEnd - to} bytes that were expected`);
    for (const end = d + count; d < end; d++) dst[d] = dst[d - distance]!;
  }
  reader.at = at;
  reader.bits = bits;
  reader.bitCount = bitCount;
  return d;
}

function copyStored(
  reader: BitReader,
  fromEnd: number,
  dst: Uint8Array,
  d: number,
  toEnd: number,
): number {
  alignToByte(reader);
  const { src, at } = reader;
  if (fromEnd - at < 4) throw corrupt("its end is cut off");
  const count = src[at]! | (src[at + 1]! << 8);
  const inverse = src[at + 2]! | (src[at + 3]! << 8);
  if ((count ^ inverse) !== 0xffff) throw corrupt("a stored block's length is damaged");
  if (count > fromEnd - at - 4) throw corrupt("its end is cut off");
  if (count > toEnd - d) throw corrupt("more bytes than were expected");
  dst.set(src.subarray(at + 4, at + 4 + count), d);
  reader.at = at + 4 + count;
  return d + count;
}

let fixed: BlockCodes | undefined;

function fixedCodes(): BlockCodes {
  if (fixed) return fixed;
  const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
  fixed = { literals: codeTable(lengths), distances: codeTable(new Uint8Array(30).fill(5)) };
  return fixed;
}

function readCodes(reader: BitReader): BlockCodes {
  const literalCount = takeBits(reader, 5) + 257;
  const count = literalCount + takeBits(reader, 5) + 1;
  if (literalCount > 286) throw corrupt("too many codes");
  const codeLengthCount = takeBits(reader, 4) + 4;
  const codeLengths = new Uint8Array(19);
  for (let i = 0; i < codeLengthCount; i++) codeLengths[codeLengthOrder[i]!] = takeBits(reader, 3);
  const table = codeTable(codeLengths);
  const lengths = new Uint8Array(count);
  for (let i = 0; i < count; ) {
    const symbol = takeSymbol(reader, table);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw corrupt("a code length repeats nothing");
    const repeated = symbol === 16 ? lengths[i - 1]! : 0;
    const [bits, least] = symbol === 16 ? [2, 3] : symbol === 17 ? [3, 3] : [7, 11];
    const end = i + least + takeBits(reader, bits);
    if (end > count) throw corrupt("too many code lengths");
    lengths.fill(repeated, i, end);
    i = end;
  }
  return {
    literals: codeTable(lengths.subarray(0, literalCount)),
    distances: codeTable(lengths.subarray(literalCount)),
  };
}

function takeSymbol(reader: BitReader, table: CodeTable): number {
  while (reader.bitCount < 15) {
    reader.bits |= (reader.src[reader.at++] ?? 0) << reader.bitCount;
    reader.bitCount += 8;
  }
  const entry = table.short[reader.bits & ((1 << tableBits) - 1)]! || longCode(table, reader.bits);
  reader.bits >>>= entry & 15;
  reader.bitCount -= entry & 15;
  return entry >>> 4;
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`deflate: ${reason}.`);
}
