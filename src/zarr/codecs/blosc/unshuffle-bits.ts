/**
 * Undoes Blosc's bit shuffle on one block: row 8·b + k of `source` holds bit k of byte b of every item, item 0 in the
 * lowest bit. As in c-blosc, a block whose count of whole items is no multiple of 8 was not shuffled, and bytes beyond
 * the last whole item never are.
 */
export function unshuffleBits(
  source: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
  at: number,
  length: number,
  typeBytes: number,
): void {
  const items = Math.floor(length / typeBytes);
  if (items % 8 !== 0) {
    target.set(source.subarray(0, length), at);
    return;
  }
  const row = items >>> 3;
  const row2 = 2 * row;
  const row3 = 3 * row;
  const row4 = 4 * row;
  for (let byte = 0; byte < typeBytes; byte++) {
    const first = byte * items;
    for (let group = 0; group < row; group++) {
      const s = first + group;
      // An 8 × 8 matrix of bits, rows 0–3 in `low` and 4–7 in `high`, transposed by exchanging ever larger squares.
      let low =
        source[s]! |
        (source[s + row]! << 8) |
        (source[s + row2]! << 16) |
        (source[s + row3]! << 24);
      let high =
        source[s + row4]! |
        (source[s + row4 + row]! << 8) |
        (source[s + row4 + row2]! << 16) |
        (source[s + row4 + row3]! << 24);
      let swap = (low ^ (low >>> 7)) & 0x00aa00aa;
      low ^= swap ^ (swap << 7);
      swap = (high ^ (high >>> 7)) & 0x00aa00aa;
      high ^= swap ^ (swap << 7);
      swap = (low ^ (low >>> 14)) & 0x0000cccc;
      low ^= swap ^ (swap << 14);
      swap = (high ^ (high >>> 14)) & 0x0000cccc;
      high ^= swap ^ (swap << 14);
      swap = ((low >>> 4) ^ high) & 0x0f0f0f0f;
      const items0To3 = low ^ (swap << 4);
      const items4To7 = high ^ swap;
      const t = at + 8 * group * typeBytes + byte;
      const t4 = t + 4 * typeBytes;
      target[t] = items0To3;
      target[t + typeBytes] = items0To3 >>> 8;
      target[t + 2 * typeBytes] = items0To3 >>> 16;
      target[t + 3 * typeBytes] = items0To3 >>> 24;
      target[t4] = items4To7;
      target[t4 + typeBytes] = items4To7 >>> 8;
      target[t4 + 2 * typeBytes] = items4To7 >>> 16;
      target[t4 + 3 * typeBytes] = items4To7 >>> 24;
    }
  }
  const whole = items * typeBytes;
  if (whole < length) target.set(source.subarray(whole, length), at + whole);
}
