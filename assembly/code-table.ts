/**
 * Deflate's Huffman codes (RFC 1951, 3.2.2) as tables. An entry is 32 bits:
 *
 *     0–4  bits to take, of a length or distance with its extra bits
 *     5    exception: no value, see bits 12–13
 *     6    literal, 7 two of them
 *     8–11 bits of the code alone; of a subtable's index
 *    12–13 which exception
 *    16–31 one or two literals, the least length or distance, or where a subtable begins
 */
export const exception: u32 = 1 << 5;
export const literal: u32 = 1 << 6;
export const pair: u32 = 1 << 7;
export const isSubtable: u32 = 1 << 12;
export const isEnd: u32 = 2 << 12;

export const literalBits: u32 = 11;
export const distanceBits: u32 = 9;

/** A subtable has at most 2^(15 − 11) and 2^(15 − 9) entries, and each begins with a symbol of its own. */
export const literalTable: usize = memory.data(4 * (2048 + 288 * 16), 16);
export const distanceTable: usize = memory.data(4 * (512 + 32 * 64), 16);

/** What each symbol stands for, without its code's length. */
export const literalMeanings: usize = memory.data(4 * 288, 16);
export const distanceMeanings: usize = memory.data(4 * 32, 16);
export const codeLengthMeanings: usize = memory.data(4 * 19, 16);

const counts: usize = memory.data(4 * 16, 16);
const places: usize = memory.data(4 * 17, 16);
const sorted: usize = memory.data(2 * 320, 16);

let isReady: bool = false;

export function prepareMeanings(): void {
  if (isReady) return;
  isReady = true;
  for (let symbol: u32 = 0; symbol < 256; symbol++) {
    store<u32>(literalMeanings + 4 * symbol, literal | (symbol << 16));
  }
  store<u32>(literalMeanings + 4 * 256, exception | isEnd);
  let base: u32 = 3;
  for (let symbol: u32 = 257; symbol < 285; symbol++) {
    const extra = symbol < 265 ? 0 : (symbol - 261) >> 2;
    store<u32>(literalMeanings + 4 * symbol, (base << 16) | extra);
    base += 1 << extra;
  }
  store<u32>(literalMeanings + 4 * 285, 258 << 16);
  store<u32>(literalMeanings + 4 * 286, exception);
  store<u32>(literalMeanings + 4 * 287, exception);
  base = 1;
  for (let symbol: u32 = 0; symbol < 30; symbol++) {
    const extra = symbol < 4 ? 0 : (symbol - 2) >> 1;
    store<u32>(distanceMeanings + 4 * symbol, (base << 16) | extra);
    base += 1 << extra;
  }
  store<u32>(distanceMeanings + 4 * 30, exception);
  store<u32>(distanceMeanings + 4 * 31, exception);
  for (let symbol: u32 = 0; symbol < 19; symbol++) {
    store<u32>(codeLengthMeanings + 4 * symbol, symbol << 16);
  }
}

/** A table of the `symbols` codes whose lengths are the bytes at `lengths`; false where codes overlap. */
export function buildTable(
  lengths: usize,
  symbols: u32,
  meanings: usize,
  table: usize,
  tableBits: u32,
): bool {
  memory.fill(counts, 0, 4 * 16);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = counts + 4 * <usize>load<u8>(lengths + symbol);
    store<u32>(count, load<u32>(count) + 1);
  }
  store<u32>(counts, 0);
  let left: i32 = 1;
  let longest: u32 = 0;
  store<u32>(places + 4, 0);
  for (let length: u32 = 1; length < 16; length++) {
    const count = load<u32>(counts + 4 * length);
    left = (left << 1) - count;
    if (left < 0) return false;
    if (count > 0) longest = length;
    store<u32>(places + 4 * (length + 1), load<u32>(places + 4 * length) + count);
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = <u32>load<u8>(lengths + symbol);
    if (length === 0) continue;
    const place = load<u32>(places + 4 * length);
    store<u32>(places + 4 * length, place + 1);
    store<u16>(sorted + 2 * place, symbol);
  }

  const size: u32 = 1 << tableBits;
  for (let i: u32 = 0; i < size; i++) store<u32>(table + 4 * i, exception);
  const subBits: u32 = longest > tableBits ? longest - tableBits : 0;
  let end = size;
  let subtable: u32 = 0;
  let prefix: u32 = -1;
  // Codes are read from their last bit on: `code` is the code reversed.
  let code: u32 = 0;
  let at = sorted;
  for (let length: u32 = 1; length <= longest; length++) {
    for (let count = load<u32>(counts + 4 * length); count > 0; count--) {
      const meaning = load<u32>(meanings + 4 * <usize>load<u16>(at));
      at += 2;
      if (length <= tableBits) {
        const entry = meaning + length * 0x101;
        for (let i = code; i < size; i += 1 << length) store<u32>(table + 4 * i, entry);
      } else {
        if ((code & (size - 1)) !== prefix) {
          prefix = code & (size - 1);
          subtable = end;
          end += 1 << subBits;
          for (let i = subtable; i < end; i++) store<u32>(table + 4 * i, exception);
          const link = exception | isSubtable | tableBits | (subBits << 8) | (subtable << 16);
          store<u32>(table + 4 * prefix, link);
        }
        const rest = length - tableBits;
        const entry = meaning + rest * 0x101;
        for (let i = subtable + (code >> tableBits); i < end; i += 1 << rest) {
          store<u32>(table + 4 * i, entry);
        }
      }
      let bit: u32 = 1 << (length - 1);
      while (code & bit) bit >>= 1;
      code = bit === 0 ? 0 : (code & (bit - 1)) | bit;
    }
  }
  return true;
}

/** Where the bits of an index hold two literals, its entry becomes both. */
export function pairLiterals(): void {
  for (let i: i32 = (1 << literalBits) - 1; i >= 0; i--) {
    const first = load<u32>(literalTable + 4 * i);
    if (!(first & literal)) continue;
    const length = first & 31;
    // A lower index, so not yet a pair.
    const second = load<u32>(literalTable + 4 * (i >> length));
    const both = length + (second & 31);
    if (!(second & literal) || both > literalBits) continue;
    const bytes = ((first >> 16) & 255) | (((second >> 16) & 255) << 8);
    store<u32>(literalTable + 4 * i, literal | pair | both | (bytes << 16));
  }
}
