import { CorruptChunkError } from "../codec.ts";
import { type DecodedLength, requireLength } from "../decoded-length.ts";

/** What an image's header says of it. */
export type ImageSize = {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** 1 to 8 are stored as bytes, more as 16-bit words. */
  readonly bitsPerSample: number;
};

export function imageBytes({ width, height, components, bitsPerSample }: ImageSize): number {
  return width * height * components * Math.ceil(bitsPerSample / 8);
}

/** Refuses an image whose header claims another size than the chunk has, before anything is allocated. */
export function requireImageSize(codec: string, length: DecodedLength, size: ImageSize): void {
  requireLength(codec, length, imageBytes(size));
}

/** Reads big-endian numbers from a header; a read beyond the end is corrupt. */
export class HeaderReader {
  readonly #codec: string;
  readonly #view: DataView;
  at: number;

  constructor(codec: string, bytes: Uint8Array<ArrayBuffer>, at = 0) {
    this.#codec = codec;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at;
  }

  get length(): number {
    return this.#view.byteLength;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8)));
  }

  #advance(bytes: number): number {
    const at = this.at;
    if (at < 0 || at + bytes > this.#view.byteLength)
      throw new CorruptChunkError(`${this.#codec}: its header is cut off.`);
    this.at = at + bytes;
    return at;
  }
}

/**
 * JPEG, JPEG-LS and JPEG 2000 end with one marker, perhaps padded. Decoders fill up what is cut off, or search for it for a
 * long time; so it has to be there.
 *
 * @throws CorruptChunkError
 */
export function requireEndMarker(codec: string, bytes: Uint8Array): void {
  for (let at = bytes.length - 2; at >= Math.max(0, bytes.length - 64); at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return;
  }
  throw new CorruptChunkError(`${codec}: its end is cut off.`);
}
