import wasmUrl from "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url";
import { UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { emscriptenLibrary } from "../wasm/emscripten.ts";
import { decodeByCornerstone } from "./cornerstone-decoder.ts";
import { withColours, withTables } from "./jpeg-colours.ts";
import { readJpegFrame } from "./jpeg-frame.ts";

const library = emscriptenLibrary(
  async () => (await import("@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs")).default,
  {
    path: "@cornerstonejs/codec-libjpeg-turbo-8bit/dist/libjpegturbowasm_decode.wasm",
    url: wasmUrl,
  },
);

/** JPEG of 8 bits with one component or three, by libjpeg-turbo. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, configuration) => {
  const { tables, header, colorspace_jpeg, colorspace_data } = configuration;
  const image = withColours(withTables(bytes, tables, header), colorspace_jpeg, colorspace_data);
  const frame = readJpegFrame("jpeg", image);
  if (frame.marker > 0xc2 || (frame.bitsPerSample !== 8 && frame.bitsPerSample !== 0)) {
    throw new UnsupportedCodecError(
      "imagecodecs_jpeg",
      `The codec "imagecodecs_jpeg" has a frame of kind ${frame.marker & 15} with ${frame.bitsPerSample} bits; only JPEG of 8 bits is read.`,
    );
  }
  if (frame.components !== 1 && frame.components !== 3) {
    throw new UnsupportedCodecError(
      "imagecodecs_jpeg",
      `The codec "imagecodecs_jpeg" has ${frame.components} components; one or three are read.`,
    );
  }
  return decodeByCornerstone("jpeg", library, "JPEGDecoder", image, frame, length);
};
