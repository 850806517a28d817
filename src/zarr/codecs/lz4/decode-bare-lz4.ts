import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";
import { decodeLz4Part } from "./decode-lz4-part.ts";
import { lz4Codec } from "./lz4.ts";

/** imagecodecs' `lz4`: a raw block, or with `header` the same as numcodecs'. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, configuration) => {
  if (configuration.header === true) return lz4Codec.decode(bytes, length, configuration);
  const target = new Uint8Array(capacityOf(length));
  const end = decodeLz4Part(bytes, 0, bytes.length, target, 0, 0, target.length);
  requireLength("lz4", length, end);
  return target.subarray(0, end);
};
