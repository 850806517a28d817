import type { ArrayMetadata, ChunkCoords } from "../array/array-metadata.ts";
import { type ChunkAxis, chunkSpan } from "../array/chunk-axis.ts";
import { chunkAxes, chunkShapeAt } from "../array/chunk-grid.ts";
import { innermostChain, readAxes, shardLayout } from "../array/read-grid.ts";
import { laneShape } from "../array/stored-item.ts";
import type { CodecChain } from "../codecs/codec.ts";
import type { ShardLayout } from "../codecs/sharding.ts";
import type { Store } from "../store/store.ts";
import { ChunkObjects } from "./chunk-objects.ts";

/** An array as the reader knows it, with all that is derived from its metadata once. */
export type ReadableArray = {
  readonly id: number;
  readonly store: Store;
  readonly metadata: ArrayMetadata;
  /** The stored chunks or shards by their coordinates. */
  readonly objects: ChunkObjects;
  /** Of the largest shard; in a regular grid all are alike. undefined where chunks are read whole. */
  readonly sharding: ShardLayout | undefined;
  /** Grid of the stored objects, and of what is decoded at once (`readAxes`). */
  readonly shardAxes: readonly ChunkAxis[];
  readonly readAxes: readonly ChunkAxis[];
  /** Codecs of what is decoded at once: the innermost inner chunk, else the chunk. */
  readonly readChain: CodecChain;
  /** Decode what contradicts its checksum when it does so past the HTTP cache, too; marked. */
  readonly acceptUnverified: boolean;
};

/** @throws MetadataError if the array's shards make no sense */
export function readableArray(
  id: number,
  store: Store,
  metadata: ArrayMetadata,
  acceptUnverified = false,
): ReadableArray {
  return {
    id,
    store,
    metadata,
    objects: new ChunkObjects(store, metadata),
    sharding: shardLayout(metadata),
    shardAxes: chunkAxes(metadata),
    readAxes: readAxes(metadata),
    readChain: innermostChain(metadata),
    acceptUnverified,
  };
}

/** Shape of a read chunk, as the array has dimensions. */
export function readShapeAt({ readAxes }: Pick<ReadableArray, "readAxes">, chunk: ChunkCoords) {
  return readAxes.map((axis, dim) => chunkSpan(axis, chunk[dim]!).length);
}

/** The layout of one shard: in a rectilinear grid each may have its own. */
export function shardLayoutAt(
  { metadata, sharding }: Pick<ReadableArray, "metadata" | "sharding">,
  shard: ChunkCoords,
): ShardLayout | undefined {
  if (sharding === undefined || metadata.chunkGrid.kind === "regular") return sharding;
  const shape = [...chunkShapeAt(metadata, shard), ...laneShape(metadata)];
  const isLargest = shape.every((size, dim) => size === sharding.shardShape[dim]);
  return isLargest ? sharding : shardLayout(metadata, shape.slice(0, metadata.shape.length));
}
