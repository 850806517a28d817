/**
 * How one axis of an array is divided into chunks: evenly, or at given edges (Zarr v3, chunk grids "regular" and "rectilinear"). Chunks may
 * reach beyond `size`, the length of the array.
 */
export type ChunkAxis =
  | { readonly kind: "even"; readonly size: number; readonly length: number }
  /** Chunk i covers [edges[i], edges[i + 1]); edges rise strictly from 0 to `size` or more, but for an empty axis. */
  | { readonly kind: "uneven"; readonly size: number; readonly edges: readonly number[] };

/** First index of a chunk and its stored length, which may reach beyond the array. */
export type ChunkSpan = { readonly start: number; readonly length: number };

/** Number of chunks that hold a part of the array. */
export function chunkCountOf(axis: ChunkAxis): number {
  if (axis.kind === "even") return Math.ceil(axis.size / axis.length);
  return axis.size === 0 ? 0 : chunkIndexAt(axis, axis.size - 1) + 1;
}

/** The extent of chunk `index`; `index` is below `chunkCountOf`. @throws RangeError for another one */
export function chunkSpan(axis: ChunkAxis, index: number): ChunkSpan {
  if (axis.kind === "even") return { start: index * axis.length, length: axis.length };
  const start = axis.edges[index];
  const end = axis.edges[index + 1];
  if (start === undefined || end === undefined) {
    throw new RangeError(`No chunk ${index} on an axis of ${axis.edges.length - 1} chunks.`);
  }
  return { start, length: end - start };
}

/** The chunk that holds `position` (0 … size − 1). */
export function chunkIndexAt(axis: ChunkAxis, position: number): number {
  if (axis.kind === "even") return Math.floor(position / axis.length);
  let low = 0;
  let high = Math.max(0, axis.edges.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (axis.edges[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Length of the longest chunk; at least 1. */
export function longestChunk(axis: ChunkAxis): number {
  if (axis.kind === "even") return axis.length;
  let longest = 1;
  for (let index = 1; index < axis.edges.length; index++) {
    longest = Math.max(longest, axis.edges[index]! - axis.edges[index - 1]!);
  }
  return longest;
}
