import type { ArrayMetadata, ChunkCoords } from "./array-metadata.ts";
import { type ChunkAxis, chunkCountOf, chunkSpan, longestChunk } from "./chunk-axis.ts";

type GriddedArray = Pick<ArrayMetadata, "shape" | "chunkGrid">;

/** The grid of the stored chunks (or shards), one axis per dimension. */
export function chunkAxes({ shape, chunkGrid }: GriddedArray): readonly ChunkAxis[] {
  return shape.map((size, dim) => {
    const division =
      chunkGrid.kind === "regular" ? chunkGrid.chunkShape[dim]! : chunkGrid.axes[dim]!;
    return typeof division === "number"
      ? { kind: "even", size, length: division }
      : { kind: "uneven", size, edges: division };
  });
}

/** Number of chunks along each dimension; 0 where the array has no elements. */
export function chunkCounts(metadata: GriddedArray): number[] {
  return chunkAxes(metadata).map(chunkCountOf);
}

/** Stored shape of a chunk (or shard). */
export function chunkShapeAt(metadata: GriddedArray, coords: ChunkCoords): number[] {
  return chunkAxes(metadata).map((axis, dim) => chunkSpan(axis, coords[dim]!).length);
}

/** The longest length along each dimension; in a regular grid the shape of every chunk. */
export function largestChunkShape(metadata: GriddedArray): readonly number[] {
  const { chunkGrid } = metadata;
  return chunkGrid.kind === "regular"
    ? chunkGrid.chunkShape
    : chunkAxes(metadata).map(longestChunk);
}

/** Key of a chunk relative to its array (Zarr v3 core, chunk key encoding); v2's keys are the encoding "v2". */
export function chunkKey(
  { chunkKeyEncoding: { name, separator } }: Pick<ArrayMetadata, "chunkKeyEncoding">,
  coords: ChunkCoords,
): string {
  if (name === "default") return ["c", ...coords].join(separator);
  return coords.length === 0 ? "0" : coords.join(separator);
}
