import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";

/** `zstd` (registered extension): one or more frames, with or without their content size (ZA-01). */
export const zstdCodec: BytesToBytesCodec = {
  kind: "bytes-to-bytes",
  async decode(bytes, length) {
    const { zstdDecoder } = await import("./load-zstd.ts");
    const decode = await zstdDecoder();
    const decoded = await decode(bytes, length);
    requireLength("zstd", length, decoded.length);
    return decoded;
  },
};
