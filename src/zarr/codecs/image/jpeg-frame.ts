import { CorruptChunkError } from "../codec.ts";
import { HeaderReader, type ImageSize } from "./image-size.ts";

/** Marker of the frame's start, and what it says. SOF3 is lossless JPEG, SOF55 JPEG-LS. */
export type JpegFrame = ImageSize & { readonly marker: number };

const markersWithoutLength: ReadonlySet<number> = new Set([0x01, 0xd8]);

/** Reads the segments of a JPEG or JPEG-LS stream (ISO 10918-1, annex B) up to the frame's header. @throws CorruptChunkError */
export function readJpegFrame(codec: string, bytes: Uint8Array<ArrayBuffer>): JpegFrame {
  const reader = new HeaderReader(codec, bytes);
  if (reader.uint16() !== 0xffd8) throw new CorruptChunkError(`${codec}: no image begins here.`);
  for (;;) {
    if (reader.uint8() !== 0xff)
      throw new CorruptChunkError(`${codec}: no segment begins at ${reader.at - 1}.`);
    let marker = reader.uint8();
    while (marker === 0xff) marker = reader.uint8();
    if (markersWithoutLength.has(marker) || (marker >= 0xd0 && marker <= 0xd7)) continue;
    const start = reader.at;
    const segment = reader.uint16();
    if (isFrame(marker)) {
      const bitsPerSample = reader.uint8();
      const height = reader.uint16();
      const width = reader.uint16();
      const components = reader.uint8();
      return { marker, bitsPerSample, height, width, components };
    }
    if (segment < 2 || marker === 0xd9 || marker === 0xda) {
      throw new CorruptChunkError(`${codec}: no frame before its data.`);
    }
    reader.at = start + segment;
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC; SOF55. */
function isFrame(marker: number): boolean {
  return (
    (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) ||
    marker === 0xf7
  );
}
