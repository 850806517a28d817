import type { ArrayMetadata, ChunkCoords } from "../array/array-metadata.ts";
import type { ChunkSpec } from "../codecs/codec.ts";

/** Coordinates of the stored chunk (shard) that holds a read chunk. */
export function shardOf(
  chunk: ChunkCoords,
  readChunkShape: readonly number[],
  shardShape: readonly number[],
): ChunkCoords {
  return chunk.map((coordinate, dim) =>
    Math.floor((coordinate * readChunkShape[dim]!) / shardShape[dim]!),
  );
}

/** What a stored chunk must decode to, with the clipped shape where the chunk overhangs the array's edge. */
export function chunkSpecAt(
  metadata: Pick<ArrayMetadata, "shape" | "dataType" | "fillValue">,
  chunkShape: readonly number[],
  coords: ChunkCoords,
): ChunkSpec {
  const clipped = chunkShape.map((size, dim) =>
    Math.min(size, metadata.shape[dim]! - coords[dim]! * size),
  );
  const overhangs = clipped.some((size, dim) => size < chunkShape[dim]!);
  const { dataType, fillValue } = metadata;
  return overhangs
    ? { shape: chunkShape, dataType, fillValue, clippedShape: clipped }
    : { shape: chunkShape, dataType, fillValue };
}
