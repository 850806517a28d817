import { crc32 } from "../checksums/crc.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { HeaderReader, type ImageSize } from "./image-size.ts";

export type PngImage = {
  readonly size: ImageSize;
  readonly isInterlaced: boolean;
  /** The image's data, from all its chunks: one zlib stream. */
  readonly data: Uint8Array<ArrayBuffer>;
  /** Whether all checksums of chunks fitted. */
  readonly fits: boolean;
};

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const componentsByType: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

/** Takes a PNG file apart (PNG 3rd edition, 5). @throws CorruptChunkError, UnsupportedCodecError for palettes, fewer than 8 bits and animations */
export function readPng(codec: string, bytes: Uint8Array<ArrayBuffer>): PngImage {
  if (signature.some((byte, i) => bytes[i] !== byte))
    throw new CorruptChunkError(`${codec}: no image begins here.`);
  const reader = new HeaderReader(codec, bytes, 8);
  let header: Pick<PngImage, "size" | "isInterlaced"> | undefined;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let fits = true;
  for (;;) {
    const length = reader.uint32();
    const typeAt = reader.at;
    const type = reader.uint32();
    const dataAt = reader.at;
    reader.at = dataAt + length;
    const stored = reader.uint32();
    fits &&= crc32(bytes.subarray(typeAt, dataAt + length)) === stored;
    if (type === 0x49454e44) break;
    if (type === 0x49484452) header = readHeader(codec, new HeaderReader(codec, bytes, dataAt));
    else if (type === 0x49444154) parts.push(bytes.subarray(dataAt, dataAt + length));
    else if (type === 0x6163544c) refuse(codec, "an animation");
  }
  if (header === undefined) throw new CorruptChunkError(`${codec}: it has no header.`);
  return { ...header, data: joined(parts), fits };
}

function readHeader(codec: string, reader: HeaderReader): Pick<PngImage, "size" | "isInterlaced"> {
  const width = reader.uint32();
  const height = reader.uint32();
  const bitsPerSample = reader.uint8();
  const type = reader.uint8();
  const [compression, filter, interlace] = [reader.uint8(), reader.uint8(), reader.uint8()];
  if (compression !== 0 || filter !== 0 || interlace > 1)
    throw new CorruptChunkError(`${codec}: its header is out of range.`);
  const components = componentsByType.get(type);
  if (type === 3) refuse(codec, "a palette");
  if (components === undefined)
    throw new CorruptChunkError(`${codec}: its header is out of range.`);
  if (bitsPerSample !== 8 && bitsPerSample !== 16) refuse(codec, `${bitsPerSample} bits`);
  return { size: { width, height, components, bitsPerSample }, isInterlaced: interlace === 1 };
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function refuse(codec: string, what: string): never {
  throw new UnsupportedCodecError(codec, `The codec "${codec}" has ${what}, which is not read.`);
}
