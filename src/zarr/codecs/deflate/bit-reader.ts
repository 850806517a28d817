/** Deflate's bits, lowest first. `bits` holds the next `bitCount` of them; zeros follow the end of `src`. */
export type BitReader = {
  readonly src: Uint8Array;
  /** The next byte to be put into `bits`; may run past the end, which the caller checks by `bytesUsed`. */
  at: number;
  bits: number;
  bitCount: number;
};

/** The next `count` ≤ 16 bits. */
export function takeBits(reader: BitReader, count: number): number {
  while (reader.bitCount < count) {
    reader.bits |= (reader.src[reader.at++] ?? 0) << reader.bitCount;
    reader.bitCount += 8;
  }
  const value = reader.bits & ((1 << count) - 1);
  reader.bits >>>= count;
  reader.bitCount -= count;
  return value;
}

/** Drops the rest of a byte. */
export function alignToByte(reader: BitReader): void {
  reader.at = bytesUsed(reader);
  reader.bits = 0;
  reader.bitCount = 0;
}

/** Where the first byte lies of which no bit was taken. */
export function bytesUsed(reader: BitReader): number {
  return reader.at - (reader.bitCount >>> 3);
}
