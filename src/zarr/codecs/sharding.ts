import type { DataType } from "../array/data-type.ts";
import { MetadataError } from "../problem.ts";
import { type ChunkSpec, type CodecChain, CorruptChunkError } from "./codec.ts";
import { parseShardingConfiguration, type ShardingConfiguration } from "./parse-chain.ts";
import { decodeChunk, encodedLengthOf, maxEncodedBytes } from "./pipeline.ts";
import {
  checkEntry,
  type ShardEntry,
  type ShardIndex,
  shardIndex,
} from "./sharding/shard-index.ts";

export { checkEntry, type ShardEntry, type ShardIndex };

/** How the inner chunks of a shard are found and decoded without reading the whole shard. */
export type ShardLayout = {
  readonly shardShape: readonly number[];
  /** What one entry of the index addresses. */
  readonly innerShape: readonly number[];
  readonly chunksPerShard: readonly number[];
  readonly innerChain: CodecChain;
  readonly indexChain: CodecChain;
  readonly indexLocation: "start" | "end";
  /** Length of the encoded index in bytes. */
  readonly indexBytes: number;
  /** The inner chunks are shards again. Their offsets count from their own start. */
  readonly inner?: ShardLayout;
};

/**
 * The shards that `chain` makes of chunks of `shape`, or undefined where chunks are read whole: without sharding, and with codecs
 * before or behind `sharding_indexed`, which `decodeChunk` undoes.
 *
 * @throws MetadataError if inner chunks do not divide the shard or the index has no fixed size (Z3-34)
 */
export function shardLayoutOf(
  chain: CodecChain,
  shape: readonly number[],
): ShardLayout | undefined {
  const { arrayToArray, arrayToBytes, bytesToBytes } = chain;
  if (arrayToBytes.name !== "sharding_indexed") return undefined;
  if (arrayToArray.length > 0 || bytesToBytes.length > 0) return undefined;
  const where = "sharding_indexed";
  return layoutOfShard(parseShardingConfiguration(arrayToBytes.configuration, where), shape);
}

/** The layout of nested shards' innermost shards: its inner chunks are none. */
export function innermostLayout(layout: ShardLayout | undefined): ShardLayout | undefined {
  return layout?.inner ? innermostLayout(layout.inner) : layout;
}

/** Length of the encoded index in bytes: it is the shard's first or last so many bytes. */
export function shardIndexBytes(layout: ShardLayout): number {
  return layout.indexBytes;
}

/** No encoding of an inner chunk is longer than this: `expectedMax` of `checkEntry`. @throws UnsupportedCodecError */
export function maxInnerBytes(layout: ShardLayout, dataType: DataType): number {
  return maxEncodedBytes(layout.innerChain, {
    shape: layout.innerShape,
    dataType,
    fillValue: dataType === "int64" || dataType === "uint64" ? 0n : 0,
  });
}

/**
 * Decodes the `shardIndexBytes(layout)` bytes of a shard's index and checks its checksum if it has one.
 *
 * @throws CorruptChunkError
 */
export async function decodeShardIndex(
  layout: Pick<ShardLayout, "indexChain" | "chunksPerShard">,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ShardIndex> {
  const { elements } = await decodeChunk(
    layout.indexChain,
    bytes,
    indexSpec(layout.chunksPerShard),
  );
  if (!(elements instanceof BigUint64Array)) {
    throw new CorruptChunkError("sharding_indexed: the index is not uint64.");
  }
  return shardIndex(elements, layout.chunksPerShard);
}

/** How `configuration` divides a shard of `shardShape`. @throws MetadataError */
export function layoutOfShard(
  { chunkShape, codecs, indexCodecs, indexLocation }: ShardingConfiguration,
  shardShape: readonly number[],
): ShardLayout {
  const divides =
    chunkShape.length === shardShape.length &&
    shardShape.every((size, axis) => size % chunkShape[axis]! === 0);
  if (!divides) {
    throw invalid(
      "inner chunks that divide the shard",
      `${chunkShape.join(" × ")} in ${shardShape.join(" × ")}`,
    );
  }
  const chunksPerShard = shardShape.map((size, axis) => size / chunkShape[axis]!);
  const inner = shardLayoutOf(codecs, chunkShape);
  return {
    shardShape,
    innerShape: chunkShape,
    chunksPerShard,
    innerChain: codecs,
    indexChain: indexCodecs,
    indexLocation,
    indexBytes: fixedIndexBytes(indexCodecs, chunksPerShard),
    ...(inner ? { inner } : {}),
  };
}

function fixedIndexBytes(chain: CodecChain, chunksPerShard: readonly number[]): number {
  const length = encodedLengthOf(chain, indexSpec(chunksPerShard));
  const [bytes] = length.kind === "exact" ? length.lengths : [];
  if (bytes === undefined) {
    const names = [chain.arrayToBytes, ...chain.bytesToBytes].map(({ name }) => name);
    throw invalid("index_codecs of a fixed size", names.join(", "));
  }
  return bytes;
}

function indexSpec(chunksPerShard: readonly number[]): ChunkSpec {
  return { shape: [...chunksPerShard, 2], dataType: "uint64", fillValue: 0n };
}

function invalid(expected: string, received: string): MetadataError {
  return new MetadataError(
    { code: "Z3-34", severity: "error", path: "sharding_indexed", expected, received },
    `The array's shards cannot be read: expected ${expected}, found ${received}.`,
  );
}
