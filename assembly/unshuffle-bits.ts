import { interleave, unshuffle } from "./unshuffle";

/**
 * Undoes Blosc's bit shuffle of `items`, a multiple of 8: row 8·b + k of `source` holds bit k of byte b of every item.
 * `between` has room for as much as `source`; all are followed by 128 bytes that may be read and written.
 */
export function unshuffleBits(
  source: usize,
  target: usize,
  items: usize,
  typeBytes: usize,
  between: usize,
): void {
  const planes = typeBytes === 1 ? target : between;
  for (let byte: usize = 0; byte < typeBytes; byte++) {
    plane(source + byte * items, planes + byte * items, items >> 3);
  }
  if (typeBytes > 1) unshuffle(between, target, items, typeBytes);
}

/** One byte of each item: 16 times 8 × 8 bits a step, transposed by exchanging ever larger squares. */
function plane(source: usize, target: usize, row: usize): void {
  for (let i: usize = 0; i < row; i += 16) {
    const at = source + i;
    let a = v128.load(at);
    let b = v128.load(at + row);
    let c = v128.load(at + 2 * row);
    let d = v128.load(at + 3 * row);
    let e = v128.load(at + 4 * row);
    let f = v128.load(at + 5 * row);
    let g = v128.load(at + 6 * row);
    let h = v128.load(at + 7 * row);

    const ones = i8x16.splat(0x55);
    let swap = v128.and(v128.xor(i8x16.shr_u(a, 1), b), ones);
    a = v128.xor(a, i8x16.shl(swap, 1));
    b = v128.xor(b, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(c, 1), d), ones);
    c = v128.xor(c, i8x16.shl(swap, 1));
    d = v128.xor(d, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(e, 1), f), ones);
    e = v128.xor(e, i8x16.shl(swap, 1));
    f = v128.xor(f, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(g, 1), h), ones);
    g = v128.xor(g, i8x16.shl(swap, 1));
    h = v128.xor(h, swap);

    const twos = i8x16.splat(0x33);
    swap = v128.and(v128.xor(i8x16.shr_u(a, 2), c), twos);
    a = v128.xor(a, i8x16.shl(swap, 2));
    c = v128.xor(c, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(b, 2), d), twos);
    b = v128.xor(b, i8x16.shl(swap, 2));
    d = v128.xor(d, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(e, 2), g), twos);
    e = v128.xor(e, i8x16.shl(swap, 2));
    g = v128.xor(g, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(f, 2), h), twos);
    f = v128.xor(f, i8x16.shl(swap, 2));
    h = v128.xor(h, swap);

    const fours = i8x16.splat(0x0f);
    swap = v128.and(v128.xor(i8x16.shr_u(a, 4), e), fours);
    a = v128.xor(a, i8x16.shl(swap, 4));
    e = v128.xor(e, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(b, 4), f), fours);
    b = v128.xor(b, i8x16.shl(swap, 4));
    f = v128.xor(f, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(c, 4), g), fours);
    c = v128.xor(c, i8x16.shl(swap, 4));
    g = v128.xor(g, swap);
    swap = v128.and(v128.xor(i8x16.shr_u(d, 4), h), fours);
    d = v128.xor(d, i8x16.shl(swap, 4));
    h = v128.xor(h, swap);

    interleave(target + 8 * i, a, b, c, d, e, f, g, h);
  }
}
