import type { CodecChain, CodecSpec } from "./codec.ts";
import { UnsupportedCodecError } from "./codec.ts";
import type {
  ArrayToArrayCodec,
  ArrayToBytesCodec,
  BytesToBytesCodec,
} from "./codec-definition.ts";
import { codecTable } from "./codec-table.ts";
import { parseShardingConfiguration } from "./parse-chain.ts";

/**
 * Names of the chain's codecs that no decoder is known for, each once, in order; chains inside shards are included.
 * Empty means that `decodeChunk` can read it.
 *
 * @throws MetadataError if a sharding configuration is damaged (not after `parseCodecChain`)
 */
export function unsupportedCodecs(chain: CodecChain): string[] {
  const names = new Set<string>();
  for (const spec of specsOf(chain)) {
    if (!codecTable.has(spec.name)) names.add(spec.name);
    if (spec.name !== "sharding_indexed") continue;
    const sharding = parseShardingConfiguration(spec.configuration, "sharding_indexed");
    for (const name of unsupportedCodecs(sharding.codecs)) names.add(name);
    for (const name of unsupportedCodecs(sharding.indexCodecs)) names.add(name);
  }
  return [...names];
}

/** @throws UnsupportedCodecError */
export function arrayToArrayCodec({ name }: CodecSpec): ArrayToArrayCodec {
  const codec = codecTable.get(name);
  if (codec?.kind !== "array-to-array") throw new UnsupportedCodecError(name);
  return codec;
}

/** @throws UnsupportedCodecError */
export function arrayToBytesCodec({ name }: CodecSpec): ArrayToBytesCodec {
  const codec = codecTable.get(name);
  if (codec?.kind !== "array-to-bytes") throw new UnsupportedCodecError(name);
  return codec;
}

/** @throws UnsupportedCodecError */
export function bytesToBytesCodec({ name }: CodecSpec): BytesToBytesCodec {
  const codec = codecTable.get(name);
  if (codec?.kind !== "bytes-to-bytes") throw new UnsupportedCodecError(name);
  return codec;
}

function specsOf(chain: CodecChain): CodecSpec[] {
  return [...chain.arrayToArray, chain.arrayToBytes, ...chain.bytesToBytes];
}
