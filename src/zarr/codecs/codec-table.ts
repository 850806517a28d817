import { bloscCodec } from "./blosc/blosc.ts";
import { bytesCodec } from "./bytes.ts";
import type { CodecDefinition } from "./codec-definition.ts";
import { crc32cCodec } from "./crc32c.ts";
import { gzipCodec } from "./deflate/gzip.ts";
import { lz4Codec } from "./lz4/lz4.ts";
import { shardingCodec } from "./sharding/sharding-codec.ts";
import { transposeCodec } from "./transpose.ts";
import { zstdCodec } from "./zstd/zstd.ts";

/** Every codec that is read, by each name that metadata gives it. A new codec is one file and one line here. */
export const codecTable: ReadonlyMap<string, CodecDefinition> = new Map<string, CodecDefinition>([
  ...named(bytesCodec, "bytes", "endian"),
  ...named(transposeCodec, "transpose"),
  ...named(shardingCodec, "sharding_indexed"),
  ...named(bloscCodec, "blosc", "numcodecs.blosc"),
  ...named(zstdCodec, "zstd", "numcodecs.zstd"),
  // One decoder for both: it goes by the stream's own header, since writers mislabel them (ZA-05).
  ...named(gzipCodec, "gzip", "numcodecs.gzip", "numcodecs.zlib"),
  ...named(lz4Codec, "numcodecs.lz4"),
  ...named(crc32cCodec, "crc32c", "numcodecs.crc32c"),
]);

function named(codec: CodecDefinition, ...names: string[]): [string, CodecDefinition][] {
  return names.map((name) => [name, codec]);
}
