import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { HeaderReader, type ImageSize } from "./image-size.ts";

/** The bytes that a JP2 file begins with, in place of a codestream's marker. */
const signatureBox = 0x0000000c;
const codestreamBox = 0x6a703263;
const startAndSize = 0xff4fff51;

/** Reads the size marker of a JPEG 2000 codestream, bare or in a JP2 file (ISO 15444-1, A.5.1 and I.4). @throws CorruptChunkError */
export function readCodestreamSize(codec: string, bytes: Uint8Array<ArrayBuffer>): ImageSize {
  const reader = new HeaderReader(codec, bytes);
  if (reader.uint32() === signatureBox) findCodestream(codec, reader);
  else reader.at = 0;
  if (reader.uint32() !== startAndSize)
    throw new CorruptChunkError(`${codec}: no codestream begins here.`);
  reader.at += 4;
  const right = reader.uint32();
  const bottom = reader.uint32();
  const left = reader.uint32();
  const top = reader.uint32();
  const tileWidth = reader.uint32();
  const tileHeight = reader.uint32();
  reader.at += 8;
  const components = reader.uint16();
  let bitsPerSample = 0;
  for (let i = 0; i < components; i++) {
    const depth = (reader.uint8() & 127) + 1;
    const [horizontal, vertical] = [reader.uint8(), reader.uint8()];
    if (horizontal !== 1 || vertical !== 1 || (i > 0 && depth !== bitsPerSample)) {
      throw new UnsupportedCodecError(
        codec,
        `The codec "${codec}" has components of different sizes, which are not read.`,
      );
    }
    bitsPerSample = depth;
  }
  if (right <= left || bottom <= top || tileWidth === 0 || tileHeight === 0) {
    throw new CorruptChunkError(`${codec}: its size is out of range.`);
  }
  if (bitsPerSample > 16) {
    throw new UnsupportedCodecError(
      codec,
      `The codec "${codec}" has ${bitsPerSample} bits; 16 are the most that are read.`,
    );
  }
  return { width: right - left, height: bottom - top, components, bitsPerSample };
}

function findCodestream(codec: string, reader: HeaderReader): void {
  reader.at = 0;
  while (reader.at < reader.length) {
    const start = reader.at;
    const short = reader.uint32();
    const type = reader.uint32();
    const size = short === 1 ? reader.uint64() : short;
    if (type === codestreamBox) return;
    if (size < 8) break;
    reader.at = start + size;
  }
  throw new CorruptChunkError(`${codec}: there is no codestream in its file.`);
}
