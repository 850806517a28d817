/** Adler-32 (RFC 1950) of `bytes[from, end)`. */
export function adler32(bytes: Uint8Array, from = 0, end = bytes.length): number {
  let a = 1;
  let b = 0;
  for (let i = from; i < end; ) {
    // The longest run whose sums stay below 2^31.
    for (const stop = Math.min(i + 2655, end); i < stop; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
