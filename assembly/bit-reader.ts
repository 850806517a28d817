/** Deflate's bits, lowest first. Up to 16 bytes beyond the source's end are read; what they say never counts. */
export let bits: u64 = 0;
export let bitCount: i32 = 0;
export let at: usize = 0;

export function setReader(newBits: u64, newBitCount: i32, newAt: usize): void {
  bits = newBits;
  bitCount = newBitCount;
  at = newAt;
}

/** The next `count` ≤ 16 bits. */
export function takeBits(count: i32): u32 {
  if (bitCount < count) fillBits();
  const value = <u32>bits & ((1 << count) - 1);
  bits >>= count;
  bitCount -= count;
  return value;
}

export function fillBits(): void {
  bits |= load<u64>(at) << bitCount;
  at += (63 - bitCount) >> 3;
  bitCount |= 56;
}

/** Where the first byte lies of which no bit was taken. */
export function bytesUsed(): usize {
  return at - (bitCount >> 3);
}
