import type { AVIFModule } from "@jsquash/avif/codec/dec/avif_dec.js";
import wasmUrl from "@jsquash/avif/codec/dec/avif_dec.wasm?url";
import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { emscriptenLibrary } from "../wasm/emscripten.ts";
import { readAvifSize } from "./avif-size.ts";
import { requireImageSize } from "./image-size.ts";
import { samplesOfRgba } from "./rgba-samples.ts";

const library = emscriptenLibrary<AVIFModule>(
  async () => (await import("@jsquash/avif/codec/dec/avif_dec.js")).default,
  { path: "@jsquash/avif/codec/dec/avif_dec.wasm", url: wasmUrl },
);

/** AVIF of 8, 10 and 12 bits, by libavif: gray, RGB or either with alpha. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const size = readAvifSize(bytes);
  const { bitsPerSample } = size;
  if (bitsPerSample !== 8 && bitsPerSample !== 10 && bitsPerSample !== 12) {
    throw new CorruptChunkError(`avif: AV1 has no ${bitsPerSample} bits.`);
  }
  requireImageSize("avif", length, size);
  const module = await library.instance();
  try {
    const image =
      bitsPerSample === 8 ? module.decode(bytes, 8) : module.decode(bytes, bitsPerSample);
    if (image?.width !== size.width || image.height !== size.height) {
      throw new CorruptChunkError("avif: the image cannot be decoded.");
    }
    return samplesOfRgba(image.data, size.components);
  } catch (cause) {
    library.drop();
    if (cause instanceof CorruptChunkError) throw cause;
    throw new CorruptChunkError("avif: the image cannot be decoded.", { cause });
  }
};
