import wasmUrl from "@cornerstonejs/codec-openjpeg/decodewasm?url";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { emscriptenLibrary } from "../wasm/emscripten.ts";
import { readCodestreamSize } from "./codestream-size.ts";
import { decodeByCornerstone } from "./cornerstone-decoder.ts";

const library = emscriptenLibrary(
  async () => (await import("@cornerstonejs/codec-openjpeg/decodewasmjs")).default,
  { path: "@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.wasm", url: wasmUrl },
);

/** JPEG 2000 of up to 16 bits, by OpenJPEG. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const size = readCodestreamSize("jpeg2k", bytes);
  return decodeByCornerstone("jpeg2k", library, "J2KDecoder", bytes, size, length);
};
