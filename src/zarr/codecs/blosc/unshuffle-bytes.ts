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
  const start = target.byteOffset + at;
  if (typeBytes === 2 && start % 4 === 0) pairs(source, target, at, items);
  else if (typeBytes === 4 && start % 4 === 0) quads(source, target, at, items, 0, 4);
  else if (typeBytes === 8 && start % 4 === 0) {
    quads(source, target, at, items, 0, 8);
    quads(source, target, at, items, 4, 8);
  } else anyWidth(source, target, at, items, typeBytes);
  const whole = items * typeBytes;
  if (whole < length) target.set(source.subarray(whole, length), at + whole);
}

/** Two items a step, written as one word. */
function pairs(source: Uint8Array, target: Uint8Array, at: number, items: number): void {
  const words = new Uint32Array(target.buffer, target.byteOffset + at, items >>> 1);
  const count = words.length;
  let low = 0;
  let high = items;
  for (let i = 0; i < count; i++, low += 2, high += 2) {
    words[i] =
      source[low]! | (source[high]! << 8) | (source[low + 1]! << 16) | (source[high + 1]! << 24);
  }
  if (items & 1) {
    target[at + 2 * items - 2] = source[items - 1]!;
    target[at + 2 * items - 1] = source[2 * items - 1]!;
  }
}

/** Bytes `first` to `first + 4` of every item as one word. */
function quads(
  source: Uint8Array,
  target: Uint8Array,
  at: number,
  items: number,
  first: number,
  typeBytes: number,
): void {
  const words = new Uint32Array(target.buffer, target.byteOffset + at, (items * typeBytes) / 4);
  const step = typeBytes / 4;
  const plane0 = first * items;
  const plane1 = plane0 + items;
  const plane2 = plane1 + items;
  const plane3 = plane2 + items;
  for (let i = 0, word = first / 4; i < items; i++, word += step) {
    words[word] =
      source[plane0 + i]! |
      (source[plane1 + i]! << 8) |
      (source[plane2 + i]! << 16) |
      (source[plane3 + i]! << 24);
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
