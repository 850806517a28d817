import { CorruptChunkError } from "./codec.ts";

/**
 * The lengths in bytes that a decoding step may have: some exact ones (a chunk's full and clipped length), or at
 * most so many where a further codec, whose output has no fixed size, comes after.
 */
export type DecodedLength =
  | { readonly kind: "exact"; readonly lengths: readonly number[] }
  | { readonly kind: "atMost"; readonly length: number };

/** The longest accepted length: what a decoder's output buffer needs, whatever a header claims. */
export function capacityOf(length: DecodedLength): number {
  return length.kind === "exact" ? Math.max(...length.lengths) : length.length;
}

export function acceptsLength(length: DecodedLength, bytes: number): boolean {
  return length.kind === "exact"
    ? length.lengths.includes(bytes)
    : bytes >= 0 && bytes <= length.length;
}

/** Throws `CorruptChunkError` unless `bytes`, as claimed or counted, is an accepted length. */
export function requireLength(codec: string, length: DecodedLength, bytes: number): void {
  if (acceptsLength(length, bytes)) return;
  const expected =
    length.kind === "exact" ? length.lengths.join(" or ") : `at most ${length.length}`;
  throw new CorruptChunkError(`${codec}: ${bytes} bytes where ${expected} were expected.`);
}

/** The length of what a bytes→bytes codec makes of so much: exact where it adds a known count, else a bound. */
export function encodedLengthBy(
  {
    addedBytes,
    maxExpansion = 9 / 8,
  }: { readonly addedBytes?: number; readonly maxExpansion?: number },
  length: DecodedLength,
): DecodedLength {
  if (addedBytes === undefined) {
    return { kind: "atMost", length: Math.ceil(capacityOf(length) * maxExpansion) + 4096 };
  }
  return length.kind === "exact"
    ? { kind: "exact", lengths: length.lengths.map((exact) => exact + addedBytes) }
    : { kind: "atMost", length: length.length + addedBytes };
}
