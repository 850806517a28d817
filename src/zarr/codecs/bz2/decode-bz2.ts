import { ChecksumMismatchError, CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";
import { BlockBits } from "./block-bits.ts";
import { type HuffmanCode, readHuffmanCode, takeSymbol } from "./huffman.ts";

const groupSymbols = 50;
const blockMagic = [0x314159, 0x265359];
const endMagic = [0x177245, 0x385090];

/** bzip2: one or more streams (bzip2 1.0.8's format, without its long deprecated randomised blocks). */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const target = new Uint8Array(capacityOf(length));
  let end = 0;
  let fits = true;
  let at = 0;
  do {
    if (
      bytes.length - at < 14 ||
      bytes[at] !== 0x42 ||
      bytes[at + 1] !== 0x5a ||
      bytes[at + 2] !== 0x68
    ) {
      throw corrupt("no stream begins here");
    }
    const level = bytes[at + 3]! - 0x30;
    if (level < 1 || level > 9) throw corrupt("its level is out of range");
    const bits = new BlockBits(bytes, at + 4);
    let combined = 0;
    for (;;) {
      const magic = [bits.take(24), bits.take(24)];
      const crc = bits.takeWord();
      if (magic[0] === endMagic[0] && magic[1] === endMagic[1]) {
        if (crc !== combined >>> 0) fits = false;
        break;
      }
      if (magic[0] !== blockMagic[0] || magic[1] !== blockMagic[1])
        throw corrupt("no block begins here");
      const next = decodeBlock(bits, level * 100_000, target, end);
      const counted = blockCrc(target, end, next);
      if (counted !== crc) fits = false;
      combined = ((combined << 1) | (combined >>> 31)) ^ counted;
      end = next;
    }
    at = bits.bytesUsed;
  } while (at < bytes.length);
  requireLength("bz2", length, end);
  const decoded = target.subarray(0, end);
  if (!fits) throw new ChecksumMismatchError("bz2: a checksum does not fit.", decoded);
  return decoded;
};

/** Returns the end of what was written to `target` from `start` on. */
function decodeBlock(
  bits: BlockBits,
  blockLimit: number,
  target: Uint8Array,
  start: number,
): number {
  if (bits.take(1) === 1) throw corrupt("a block is randomised");
  const origin = bits.take(24);
  const { chain, count } = readTransformed(bits, blockLimit, target.length - start);
  if (origin >= count) throw corrupt("a block begins outside");
  // Each entry's lower byte is its value; above it the place of the next one is noted.
  const starts = new Uint32Array(256);
  for (let i = 0; i < count; i++) starts[chain[i]! & 255]!++;
  for (let value = 0, sum = 0; value < 256; value++) {
    const these = starts[value]!;
    starts[value] = sum;
    sum += these;
  }
  for (let i = 0; i < count; i++) {
    const place = starts[chain[i]! & 255]!++;
    chain[place] = chain[place]! | (i << 8);
  }
  let d = start;
  let run = 0;
  let previous = -1;
  let entry = chain[origin]!;
  for (let i = 0; i < count; i++) {
    entry = chain[entry >>> 8]!;
    const value = entry & 255;
    // Four equal bytes are followed by a count of further ones.
    if (run === 4) {
      if (value > target.length - d) throw corrupt("more bytes than were expected");
      target.fill(previous, d, d + value);
      d += value;
      run = 0;
      previous = -1;
      continue;
    }
    if (d >= target.length) throw corrupt("more bytes than were expected");
    target[d++] = value;
    run = value === previous ? run + 1 : 1;
    previous = value;
  }
  return d;
}

/** Undoes Huffman's code, runs of zeros and move-to-front: the last column of the sorted block. */
function readTransformed(bits: BlockBits, blockLimit: number, room: number) {
  const inUse: number[] = [];
  const ranges = bits.take(16);
  for (let range = 0; range < 16; range++) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const used = bits.take(16);
    for (let k = 0; k < 16; k++) if ((used >> (15 - k)) & 1) inUse.push(16 * range + k);
  }
  if (inUse.length === 0) throw corrupt("a block uses no byte");
  const codeCount = bits.take(3);
  const selectorCount = bits.take(15);
  if (codeCount < 2 || codeCount > 6 || selectorCount === 0) throw corrupt("its codes are damaged");
  const selectors = readSelectors(bits, selectorCount, codeCount);
  const codes: HuffmanCode[] = [];
  for (let i = 0; i < codeCount; i++) codes.push(readHuffmanCode(bits, inUse.length + 2));

  // Four bytes become five at most before the transform: nothing longer can be of use.
  const limit = Math.min(blockLimit, Math.ceil(room * 1.25) + 8);
  const chain = new Uint32Array(limit);
  const front = Uint8Array.from(inUse);
  const endOfBlock = inUse.length + 1;
  let count = 0;
  let repeat = 0;
  let repeatBit = 1;
  for (let read = 0; ; read++) {
    const selector = selectors[Math.floor(read / groupSymbols)];
    if (selector === undefined) throw corrupt("a block does not end");
    const symbol = takeSymbol(bits, codes[selector]!);
    if (symbol < 2) {
      repeat += repeatBit << symbol;
      repeatBit <<= 1;
      if (repeat > limit - count) throw corrupt("a block is too long");
      continue;
    }
    if (repeat > 0) {
      chain.fill(front[0]!, count, count + repeat);
      count += repeat;
      repeat = 0;
      repeatBit = 1;
    }
    if (symbol === endOfBlock) return { chain, count };
    if (count >= limit) throw corrupt("a block is too long");
    const place = symbol - 1;
    const value = front[place]!;
    front.copyWithin(1, 0, place);
    front[0] = value;
    chain[count++] = value;
  }
}

function readSelectors(bits: BlockBits, count: number, codeCount: number): Uint8Array {
  const front = [0, 1, 2, 3, 4, 5].slice(0, codeCount);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits.take(1) === 1) {
      if (++place >= codeCount) throw corrupt("a selector is out of range");
    }
    const [selector] = front.splice(place, 1);
    front.unshift(selector!);
    selectors[i] = selector!;
  }
  return selectors;
}

let crcTable: Int32Array | undefined;

/** bzip2's CRC runs from the highest bit on. */
function blockCrc(bytes: Uint8Array, from: number, end: number): number {
  crcTable ??= Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
    return crc;
  });
  let crc = -1;
  for (let i = from; i < end; i++) crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ bytes[i]!]!;
  return ~crc >>> 0;
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`bz2: ${reason}.`);
}
