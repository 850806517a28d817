/**
 * Repeats `count` bytes from `distance` before `at`; the ranges may overlap, then the bytes in between repeat. Writes up
 * to 15 bytes too many, which the caller leaves room for.
 */
export function copyMatch(at: usize, distance: usize, count: usize): void {
  const end = at + count;
  let to = at;
  let from = at - distance;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
  } else if (distance >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
  } else if (distance === 1 || distance === 2 || distance === 4) {
    const run =
      distance === 1
        ? i8x16.splat(load<u8>(from))
        : distance === 2
          ? i16x8.splat(load<u16>(from))
          : i32x4.splat(load<u32>(from));
    do {
      v128.store(to, run);
      to += 16;
    } while (to < end);
  } else {
    do {
      store<u8>(to++, load<u8>(from++));
    } while (to < end);
  }
}
