import wasmUrl from "@cornerstonejs/codec-openjph/wasm?url";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { emscriptenLibrary } from "../wasm/emscripten.ts";
import { readCodestreamSize } from "./codestream-size.ts";
import { decodeByCornerstone } from "./cornerstone-decoder.ts";

const library = emscriptenLibrary(
  async () => (await import("@cornerstonejs/codec-openjph/wasmjs")).default,
  { path: "@cornerstonejs/codec-openjph/dist/openjphjs.wasm", url: wasmUrl },
);

/** High-throughput JPEG 2000 of up to 16 bits, by OpenJPH. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const size = readCodestreamSize("htj2k", bytes);
  return decodeByCornerstone("htj2k", library, "HTJ2KDecoder", bytes, size, length);
};
