/**
 * Undoes Blosc's byte shuffle on one block: `source` holds all first bytes of the items, then all second bytes …;
 * `target[at, at + length)` gets the items. Bytes beyond the last whole item were not shuffled.
 */
export function unshuffleBytes(
  source: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
  at: number,
  length: number,
  typeBytes: number,
): void {
  const items = Math.floor(length / typeBytes);
  const aligned = ((source.byteOffset | (target.byteOffset + at) | items) & 3) === 0;
  if (aligned && typeBytes === 2) {
    pairs(source, target, at, items);
  } else if (aligned && (typeBytes === 4 || typeBytes === 8)) {
    for (let byte = 0; byte < typeBytes; byte += 4)
      quads(source, target, at, items, byte, typeBytes);
  } else {
    anyWidth(source, target, at, items, typeBytes);
  }
  const whole = items * typeBytes;
  if (whole < length) target.set(source.subarray(whole, length), at + whole);
}

/** Four items a step: a word of low bytes and a word of high bytes become two words of items. */
function pairs(
  source: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
  at: number,
  items: number,
): void {
  const count = items >>> 2;
  const lows = new Int32Array(source.buffer, source.byteOffset, count);
  const highs = new Int32Array(source.buffer, source.byteOffset + items, count);
  const words = new Int32Array(target.buffer, target.byteOffset + at, 2 * count);
  for (let i = 0, word = 0; i < count; i++, word += 2) {
    const low = lows[i]!;
    const high = highs[i]!;
    words[word] =
      (low & 0xff) | ((low & 0xff00) << 8) | ((high & 0xff) << 8) | ((high & 0xff00) << 16);
    words[word + 1] =
      ((low >>> 16) & 0xff) |
      ((low >>> 8) & 0xff0000) |
      ((high >>> 8) & 0xff00) |
      (high & 0xff000000);
  }
}

/** Bytes `first` to `first + 4` of four items a step: a 4 × 4 matrix of bytes is transposed. */
function quads(
  source: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
  at: number,
  items: number,
  first: number,
  typeBytes: number,
): void {
  const count = items >>> 2;
  const { buffer } = source;
  const plane = source.byteOffset + first * items;
  const plane0 = new Int32Array(buffer, plane, count);
  const plane1 = new Int32Array(buffer, plane + items, count);
  const plane2 = new Int32Array(buffer, plane + 2 * items, count);
  const plane3 = new Int32Array(buffer, plane + 3 * items, count);
  const words = new Int32Array(target.buffer, target.byteOffset + at, (items * typeBytes) / 4);
  const step = typeBytes >>> 2;
  const step2 = 2 * step;
  const step3 = 3 * step;
  for (let i = 0, word = first >>> 2; i < count; i++, word += 4 * step) {
    const a = plane0[i]!;
    const b = plane1[i]!;
    const c = plane2[i]!;
    const d = plane3[i]!;
    words[word] = (a & 0xff) | ((b & 0xff) << 8) | ((c & 0xff) << 16) | (d << 24);
    words[word + step] =
      ((a >>> 8) & 0xff) | (b & 0xff00) | ((c & 0xff00) << 8) | ((d & 0xff00) << 16);
    words[word + step2] =
      ((a >>> 16) & 0xff) | ((b >>> 8) & 0xff00) | (c & 0xff0000) | ((d & 0xff0000) << 8);
    words[word + step3] =
      (a >>> 24) | ((b >>> 16) & 0xff00) | ((c >>> 8) & 0xff0000) | (d & 0xff000000);
  }
}

function anyWidth(
  source: Uint8Array,
  target: Uint8Array,
  at: number,
  items: number,
  typeBytes: number,
): void {
  for (let byte = 0, s = 0; byte < typeBytes; byte++) {
    for (let i = 0, t = at + byte; i < items; i++, t += typeBytes) target[t] = source[s++]!;
  }
}
