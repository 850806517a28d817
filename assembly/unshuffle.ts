/** Interleaves two runs of bytes: the lower and the upper half of them. */
function lowBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
function highBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/**
 * Undoes Blosc's byte shuffle: `source` holds all first bytes of the items, then all second bytes …; `target` gets the
 * items. Both are followed by 128 bytes that may be read and written.
 */
export function unshuffle(source: usize, target: usize, items: usize, typeBytes: usize): void {
  if (typeBytes === 2) pairs(source, target, items);
  else if (typeBytes === 4) quads(source, target, items);
  else if (typeBytes === 8) octets(source, target, items);
  else anyWidth(source, target, items, typeBytes);
}

function pairs(source: usize, target: usize, items: usize): void {
  for (let i: usize = 0; i < items; i += 16) {
    const low = v128.load(source + i);
    const high = v128.load(source + items + i);
    v128.store(target + 2 * i, lowBytes(low, high));
    v128.store(target + 2 * i, highBytes(low, high), 16);
  }
}

/** Bytes 0 and 2, then 1 and 3 are interleaved, and then these. */
function quads(source: usize, target: usize, items: usize): void {
  for (let i: usize = 0; i < items; i += 16) {
    const a = v128.load(source + i);
    const b = v128.load(source + items + i);
    const c = v128.load(source + 2 * items + i);
    const d = v128.load(source + 3 * items + i);
    const acLow = lowBytes(a, c);
    const acHigh = highBytes(a, c);
    const bdLow = lowBytes(b, d);
    const bdHigh = highBytes(b, d);
    const to = target + 4 * i;
    v128.store(to, lowBytes(acLow, bdLow));
    v128.store(to, highBytes(acLow, bdLow), 16);
    v128.store(to, lowBytes(acHigh, bdHigh), 32);
    v128.store(to, highBytes(acHigh, bdHigh), 48);
  }
}

function octets(source: usize, target: usize, items: usize): void {
  for (let i: usize = 0; i < items; i += 16) {
    interleave(
      target + 8 * i,
      v128.load(source + i),
      v128.load(source + items + i),
      v128.load(source + 2 * items + i),
      v128.load(source + 3 * items + i),
      v128.load(source + 4 * items + i),
      v128.load(source + 5 * items + i),
      v128.load(source + 6 * items + i),
      v128.load(source + 7 * items + i),
    );
  }
}

/** 16 items of 8 bytes from their bytes. */
export function interleave(
  to: usize,
  b0: v128,
  b1: v128,
  b2: v128,
  b3: v128,
  b4: v128,
  b5: v128,
  b6: v128,
  b7: v128,
): void {
  octetsOf(to, lowBytes(b0, b4), lowBytes(b1, b5), lowBytes(b2, b6), lowBytes(b3, b7));
  octetsOf(to + 64, highBytes(b0, b4), highBytes(b1, b5), highBytes(b2, b6), highBytes(b3, b7));
}

function octetsOf(to: usize, b04: v128, b15: v128, b26: v128, b37: v128): void {
  const evenLow = lowBytes(b04, b26);
  const evenHigh = highBytes(b04, b26);
  const oddLow = lowBytes(b15, b37);
  const oddHigh = highBytes(b15, b37);
  v128.store(to, lowBytes(evenLow, oddLow));
  v128.store(to, highBytes(evenLow, oddLow), 16);
  v128.store(to, lowBytes(evenHigh, oddHigh), 32);
  v128.store(to, highBytes(evenHigh, oddHigh), 48);
}

function anyWidth(source: usize, target: usize, items: usize, typeBytes: usize): void {
  let s = source;
  for (let byte: usize = 0; byte < typeBytes; byte++) {
    const end = target + items * typeBytes;
    for (let to = target + byte; to < end; to += typeBytes) store<u8>(to, load<u8>(s++));
  }
}
