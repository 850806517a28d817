import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";

/** `numcodecs.lz4`: the decoded length in 4 bytes, little-endian, then one raw LZ4 block; or N5's block stream (ZA-03). */
export const lz4Codec: BytesToBytesCodec = {
  kind: "bytes-to-bytes",
  async decode(bytes, length) {
    if (bytes.length < 5) throw new CorruptChunkError("lz4: too short to hold a block.");
    if (bytes[0] === 0x4c && bytes[1] === 0x5a && bytes[2] === 0x34) {
      const { decodeJavaBlocks, isJavaBlockStream } = await import("./decode-lz4-blocks.ts");
      if (isJavaBlockStream(bytes)) return decodeJavaBlocks(bytes, length);
    }
    const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
    requireLength("lz4", length, size);
    const { lz4Decoder } = await import("./load-lz4.ts");
    const decode = await lz4Decoder();
    const decoded = await decode(bytes, size);
    requireLength("lz4", length, decoded.length);
    return decoded;
  },
};
