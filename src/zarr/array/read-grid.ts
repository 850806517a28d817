import type { CodecChain } from "../codecs/codec.ts";
import { innermostLayout, type ShardLayout, shardLayoutOf } from "../codecs/sharding.ts";
import type { ArrayMetadata, ChunkCoords } from "./array-metadata.ts";
import { type ChunkAxis, chunkIndexAt, chunkSpan } from "./chunk-axis.ts";
import { chunkAxes, largestChunkShape } from "./chunk-grid.ts";
import { laneShape } from "./stored-item.ts";

type ChunkedArray = Pick<ArrayMetadata, "shape" | "chunkGrid" | "codecs" | "item" | "dataType">;

/**
 * The array's shards, or undefined where chunks are read whole: without sharding, and with codecs before or behind
 * `sharding_indexed`, which `decodeChunk` undoes. Shapes are those that codecs see, with `laneShape` behind.
 *
 * @param shardShape of the shard that is meant; by default the largest, which in a regular grid is every shard
 * @throws MetadataError if inner chunks do not divide the shard or the index has no fixed size (Z3-34)
 */
export function shardLayout(
  metadata: ChunkedArray,
  shardShape: readonly number[] = largestChunkShape(metadata),
): ShardLayout | undefined {
  return shardLayoutOf(metadata.codecs, [...shardShape, ...laneShape(metadata)]);
}

/**
 * Shape of what is decoded at once: the innermost inner chunk of the array's shards, else its (largest) chunk.
 * @throws MetadataError
 */
export function readChunkShape(metadata: ChunkedArray): readonly number[] {
  const inner = innermostLayout(shardLayout(metadata))?.innerShape;
  return inner?.slice(0, metadata.shape.length) ?? largestChunkShape(metadata);
}

/** The codecs of what `readChunkShape` names. @throws MetadataError */
export function innermostChain(metadata: ChunkedArray): CodecChain {
  return innermostLayout(shardLayout(metadata))?.innerChain ?? metadata.codecs;
}

/**
 * The grid of what can be read alone, one axis per dimension: the innermost inner chunks of shards, else the chunks. Inner chunks divide
 * every shard, so that their grid is even where the shards' is not.
 * @throws MetadataError
 */
export function readAxes(metadata: ChunkedArray): readonly ChunkAxis[] {
  const known = axesOf.get(metadata);
  if (known !== undefined) return known;
  const axes = findReadAxes(metadata);
  axesOf.set(metadata, axes);
  return axes;
}

/** Every tile that is planned asks for its array's grid. */
const axesOf = new WeakMap<ChunkedArray, readonly ChunkAxis[]>();

function findReadAxes(metadata: ChunkedArray): readonly ChunkAxis[] {
  if (shardLayout(metadata) === undefined) return chunkAxes(metadata);
  const inner = readChunkShape(metadata);
  return metadata.shape.map((size, dim) => ({ kind: "even", size, length: inner[dim]! }));
}

/** Coordinates of the stored chunk (shard) that holds a read chunk. */
export function shardOf(
  shardAxes: readonly ChunkAxis[],
  readGrid: readonly ChunkAxis[],
  chunk: ChunkCoords,
): ChunkCoords {
  return chunk.map((coordinate, dim) =>
    chunkIndexAt(shardAxes[dim]!, chunkSpan(readGrid[dim]!, coordinate).start),
  );
}
