import { elementCount } from "../../array/data-type.ts";
import type { ArrayToBytesCodec } from "../codec-definition.ts";

/** `sharding_indexed` (Zarr v3, sharding codec 1.0) where a shard is decoded whole; see `../sharding.ts` for parts. */
export const shardingCodec: ArrayToBytesCodec = {
  kind: "array-to-bytes",
  encodedLength(spec) {
    // Gaps between inner chunks are legal, so this bounds what a codec behind the shard may produce, generously.
    const count = elementCount(spec.shape);
    return { kind: "atMost", length: 64 * count + 65536 };
  },
  async decode(bytes, spec, configuration) {
    const { decodeShard } = await import("./decode-shard.ts");
    return decodeShard(bytes, spec, configuration);
  },
};
