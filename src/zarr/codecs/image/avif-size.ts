import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { HeaderReader, type ImageSize } from "./image-size.ts";

const containers: ReadonlySet<string> = new Set(["meta", "iprp", "ipco"]);

/** Reads the properties of an AVIF file's one image (ISO 23008-12, 6.5; AV1-AVIF 1.1). @throws CorruptChunkError, UnsupportedCodecError */
export function readAvifSize(bytes: Uint8Array<ArrayBuffer>): ImageSize {
  const reader = new HeaderReader("avif", bytes);
  let size: { width: number; height: number } | undefined;
  let depth: { components: number; bitsPerSample: number } | undefined;
  let hasAlpha = false;

  const readBoxes = (end: number): void => {
    while (reader.at + 8 <= end) {
      const start = reader.at;
      const length = reader.uint32();
      const type = String.fromCharCode(
        reader.uint8(),
        reader.uint8(),
        reader.uint8(),
        reader.uint8(),
      );
      const boxEnd = length === 0 ? end : start + length;
      if (length === 1 || boxEnd < start + 8 || boxEnd > end)
        throw new CorruptChunkError("avif: a box is cut off.");
      readBox(type, boxEnd);
      reader.at = boxEnd;
    }
  };
  const readBox = (type: string, end: number): void => {
    if (containers.has(type)) {
      if (type === "meta") reader.at += 4;
      readBoxes(end);
    } else if (type === "ispe") {
      reader.at += 4;
      const found = { width: reader.uint32(), height: reader.uint32() };
      if (size && (size.width !== found.width || size.height !== found.height))
        throw severalImages();
      size = found;
    } else if (type === "pixi" && depth === undefined) {
      reader.at += 4;
      depth = { components: reader.uint8(), bitsPerSample: reader.uint8() };
    } else if (type === "auxC") {
      hasAlpha = true;
    }
  };
  readBoxes(bytes.length);
  if (size === undefined || depth === undefined)
    throw new CorruptChunkError("avif: no image is described.");
  if (depth.components !== 1 && depth.components !== 3)
    throw new CorruptChunkError("avif: its channels are out of range.");
  return {
    ...size,
    bitsPerSample: depth.bitsPerSample,
    components: depth.components + (hasAlpha ? 1 : 0),
  };
}

function severalImages(): UnsupportedCodecError {
  return new UnsupportedCodecError(
    "imagecodecs_avif",
    'The codec "imagecodecs_avif" has several images of different sizes, which are not read.',
  );
}
