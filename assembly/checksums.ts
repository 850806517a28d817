const crcTables: usize = memory.data(4 * 256 * 8, 16);
let crcIsReady: bool = false;

function prepareCrc(): void {
  crcIsReady = true;
  for (let byte: u32 = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    store<u32>(crcTables + 4 * byte, crc);
  }
  // Table k advances a byte over k further zero bytes.
  for (let i: u32 = 256; i < 2048; i++) {
    const previous = load<u32>(crcTables + 4 * (i - 256));
    store<u32>(crcTables + 4 * i, (previous >> 8) ^ load<u32>(crcTables + 4 * (previous & 255)));
  }
}

function advanced(table: u32, byte: u32): u32 {
  return load<u32>(crcTables + ((table << 10) + ((byte & 255) << 2)));
}

/** CRC-32 of gzip (RFC 1952) of `[from, end)`, eight bytes a step. */
export function crc32(from: usize, end: usize): u32 {
  if (!crcIsReady) prepareCrc();
  let crc: u32 = -1;
  let at = from;
  for (; at + 8 <= end; at += 8) {
    const a = load<u32>(at) ^ crc;
    const b = load<u32>(at, 4);
    crc =
      advanced(7, a) ^
      advanced(6, a >> 8) ^
      advanced(5, a >> 16) ^
      advanced(4, a >> 24) ^
      advanced(3, b) ^
      advanced(2, b >> 8) ^
      advanced(1, b >> 16) ^
      advanced(0, b >> 24);
  }
  for (; at < end; at++) crc = (crc >> 8) ^ advanced(0, crc ^ load<u8>(at));
  return ~crc;
}

/** Adler-32 of zlib (RFC 1950) of `[from, end)`. */
export function adler32(from: usize, end: usize): u32 {
  const downwards = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  let a: u32 = 1;
  let b: u32 = 0;
  let at = from;
  while (end - at >= 16) {
    // The longest run whose sums stay below 2^32 (zlib's NMAX), in whole steps.
    const run = min<usize>(end - at, 5552) & ~15;
    let sums = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    let before = i32x4.splat(0);
    for (const stop = at + run; at < stop; at += 16) {
      const bytes = v128.load(at);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      const low = i16x8.extmul_low_i8x16_u(bytes, downwards);
      const high = i16x8.extmul_high_i8x16_u(bytes, downwards);
      weighted = i32x4.add(weighted, i32x4.extadd_pairwise_i16x8_u(low));
      weighted = i32x4.add(weighted, i32x4.extadd_pairwise_i16x8_u(high));
    }
    b = (b + a * <u32>run + 16 * total(before) + total(weighted)) % 65521;
    a = (a + total(sums)) % 65521;
  }
  for (; at < end; at++) {
    a += load<u8>(at);
    b += a;
  }
  return ((b % 65521) << 16) | (a % 65521);
}

function total(sums: v128): u32 {
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}
