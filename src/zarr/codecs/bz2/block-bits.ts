import { CorruptChunkError } from "../codec.ts";

/** Reads bits from the highest on, as bzip2 writes them. */
export class BlockBits {
  readonly #source: Uint8Array;
  #at: number;
  #bits = 0;
  #count = 0;

  constructor(source: Uint8Array, at: number) {
    this.#source = source;
    this.#at = at;
  }

  /** Bytes of the source that were begun. */
  get bytesUsed(): number {
    return this.#at;
  }

  /** Up to 24 bits as a number. @throws CorruptChunkError at the source's end */
  take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#source.length) throw new CorruptChunkError("bz2: its end is cut off.");
      this.#bits = (this.#bits << 8) | this.#source[this.#at++]!;
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#bits >>> this.#count) & ((1 << count) - 1);
  }

  takeWord(): number {
    return ((this.take(16) << 16) | this.take(16)) >>> 0;
  }

  /** The rest of the byte that was begun. */
  alignToByte(): void {
    this.#count = 0;
  }
}
