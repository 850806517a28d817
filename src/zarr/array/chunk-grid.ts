import type { ArrayMetadata, ChunkCoords } from "./array-metadata.ts";

/** Number of chunks along each dimension; 0 where the array has no elements. */
export function chunkCounts(metadata: Pick<ArrayMetadata, "shape" | "chunkGrid">): number[] {
  const { chunkShape } = metadata.chunkGrid;
  return metadata.shape.map((size, dim) => Math.ceil(size / chunkShape[dim]!));
}

/** Key of a chunk relative to its array (Zarr v3 core, chunk key encoding); v2's keys are the encoding "v2". */
export function chunkKey(
  { chunkKeyEncoding: { name, separator } }: Pick<ArrayMetadata, "chunkKeyEncoding">,
  coords: ChunkCoords,
): string {
  if (name === "default") return ["c", ...coords].join(separator);
  return coords.length === 0 ? "0" : coords.join(separator);
}
