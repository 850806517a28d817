import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { HeaderReader } from "./image-size.ts";

export type WebpSize = {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
};

/** Reads the first chunk of a WebP file (RFC 9649). @throws CorruptChunkError; UnsupportedCodecError for animations */
export function readWebpSize(bytes: Uint8Array<ArrayBuffer>): WebpSize {
  const reader = new HeaderReader("webp", bytes);
  if (reader.uint32() !== 0x52494646) throw noImage();
  reader.at = 8;
  if (reader.uint32() !== 0x57454250) throw noImage();
  const kind = reader.uint32();
  reader.at += 4;
  const start = reader.at;
  const byte = (offset: number) => {
    reader.at = start + offset;
    return reader.uint8();
  };
  const short = (offset: number) => byte(offset) | (byte(offset + 1) << 8);
  switch (kind) {
    case 0x56503820: // "VP8 "
      if (byte(3) !== 0x9d || byte(4) !== 1 || byte(5) !== 0x2a) throw noImage();
      return { width: short(6) & 0x3fff, height: short(8) & 0x3fff, hasAlpha: false };
    case 0x5650384c: {
      // "VP8L"
      if (byte(0) !== 0x2f) throw noImage();
      const bits = short(1) | (short(3) << 16);
      return {
        width: (bits & 0x3fff) + 1,
        height: ((bits >>> 14) & 0x3fff) + 1,
        hasAlpha: ((bits >>> 28) & 1) === 1,
      };
    }
    case 0x56503858: // "VP8X"
      if (byte(0) & 2)
        throw new UnsupportedCodecError(
          "imagecodecs_webp",
          'The codec "imagecodecs_webp" has an animation, which is not read.',
        );
      return {
        width: (short(4) | (byte(6) << 16)) + 1,
        height: (short(7) | (byte(9) << 16)) + 1,
        hasAlpha: (byte(0) & 16) !== 0,
      };
    default:
      throw noImage();
  }
}

function noImage(): CorruptChunkError {
  return new CorruptChunkError("webp: no image begins here.");
}
