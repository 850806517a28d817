import wasmUrl from "@cornerstonejs/codec-charls/decodewasm?url";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { emscriptenLibrary } from "../wasm/emscripten.ts";
import { decodeByCornerstone } from "./cornerstone-decoder.ts";
import { readJpegFrame } from "./jpeg-frame.ts";

const library = emscriptenLibrary(
  async () => (await import("@cornerstonejs/codec-charls/decodewasmjs")).default,
  { path: "@cornerstonejs/codec-charls/dist/charlswasm_decode.wasm", url: wasmUrl },
);

/** JPEG-LS of 2 to 16 bits, by CharLS. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) =>
  decodeByCornerstone(
    "jpegls",
    library,
    "JpegLSDecoder",
    bytes,
    readJpegFrame("jpegls", bytes),
    length,
  );
