import type { WebPModule } from "@jsquash/webp/codec/dec/webp_dec.js";
import wasmUrl from "@jsquash/webp/codec/dec/webp_dec.wasm?url";
import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { emscriptenLibrary } from "../wasm/emscripten.ts";
import { requireImageSize } from "./image-size.ts";
import { samplesOfRgba } from "./rgba-samples.ts";
import { readWebpSize } from "./webp-size.ts";

const library = emscriptenLibrary<WebPModule>(
  async () => (await import("@jsquash/webp/codec/dec/webp_dec.js")).default,
  { path: "@jsquash/webp/codec/dec/webp_dec.wasm", url: wasmUrl },
);

/** WebP, lossy and lossless, by libwebp: RGB, or RGBA where the image has alpha (or `hasalpha` asks for it). */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, { hasalpha }) => {
  const { width, height, hasAlpha } = readWebpSize(bytes);
  const components = (typeof hasalpha === "boolean" ? hasalpha : hasAlpha) ? 4 : 3;
  requireImageSize("webp", length, { width, height, components, bitsPerSample: 8 });
  const module = await library.instance();
  try {
    const image = module.decode(bytes);
    if (image?.width !== width || image.height !== height) {
      throw new CorruptChunkError("webp: the image cannot be decoded.");
    }
    return samplesOfRgba(image.data, components);
  } catch (cause) {
    library.drop();
    if (cause instanceof CorruptChunkError) throw cause;
    throw new CorruptChunkError("webp: the image cannot be decoded.", { cause });
  }
};
