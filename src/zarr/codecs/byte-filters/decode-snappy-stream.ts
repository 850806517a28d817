import { decodeSnappy } from "../blosc/decode-snappy.ts";
import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";

/** One raw Snappy stream; its first bytes are its decoded length. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  let claimed = 0;
  for (let i = 0, scale = 1; ; i++, scale *= 128) {
    const byte = bytes[i];
    if (byte === undefined || i > 4) throw new CorruptChunkError("snappy: its length is cut off.");
    claimed += (byte & 127) * scale;
    if (byte < 128) break;
  }
  requireLength("snappy", length, claimed);
  const target = new Uint8Array(claimed);
  decodeSnappy(bytes, 0, bytes.length, target, 0, claimed);
  return target;
};
