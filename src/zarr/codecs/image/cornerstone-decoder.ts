import { CorruptChunkError } from "../codec.ts";
import type { DecodedLength } from "../decoded-length.ts";
import type { EmscriptenLibrary } from "../wasm/emscripten.ts";
import { type ImageSize, imageBytes, requireEndMarker, requireImageSize } from "./image-size.ts";

/**
 * Decodes one image by a library of the cornerstone family into samples in C order (rows, columns, components), 16-bit ones
 * little-endian.
 *
 * @param size what the image's header says; it is held against the chunk before the library sees a byte
 * @throws CorruptChunkError
 */
export async function decodeByCornerstone<Name extends string>(
  codec: string,
  library: EmscriptenLibrary<CornerstoneModule<Name>>,
  name: Name,
  bytes: Uint8Array<ArrayBuffer>,
  size: ImageSize,
  length: DecodedLength,
): Promise<Uint8Array<ArrayBuffer>> {
  requireImageSize(codec, length, size);
  requireEndMarker(codec, bytes);
  const module = await library.instance();
  try {
    const decoder = new module[name]();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const frame = decoder.getFrameInfo();
    const decoded = decoder.getDecodedBuffer();
    if (imageBytes({ ...frame, components: frame.componentCount }) !== decoded.length) {
      throw new CorruptChunkError(`${codec}: its frame does not fit its header.`);
    }
    requireImageSize(codec, length, { ...frame, components: frame.componentCount });
    const copy = new Uint8Array(decoded);
    decoder.delete();
    return copy;
  } catch (cause) {
    library.drop();
    if (cause instanceof CorruptChunkError) throw cause;
    throw new CorruptChunkError(`${codec}: the image cannot be decoded.`, { cause });
  }
}
