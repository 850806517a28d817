import type { BytesToBytesCodec } from "../codec-definition.ts";

/** `gzip` (Zarr v3 core) and numcodecs' gzip and zlib; the stream's header decides which of them it is (ZA-05). */
export const gzipCodec: BytesToBytesCodec = {
  kind: "bytes-to-bytes",
  async decode(bytes, length) {
    const { decodeDeflate } = await import("./decode-deflate.ts");
    return decodeDeflate(bytes, length);
  },
};
