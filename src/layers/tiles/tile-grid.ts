import {
  type ChunkAxis,
  chunkIndexAt,
  chunkSpan,
  longestChunk,
} from "../../zarr/array/chunk-axis.ts";

/** Longest side of a tile in texels; planes of larger chunks are cut. */
export const maxTileTexels = 1024;

/**
 * How the tiles lie along one display axis of one level. Tiles never straddle chunks: a chunk longer than `maxTileTexels`
 * gives several tiles, the array's edge gives a shorter one.
 */
export type AxisTiling = {
  /** Length of the array in texels. */
  readonly size: number;
  /** Length of the (longest) read chunk in texels. */
  readonly chunk: number;
  /** Tiles in one whole chunk of that length. */
  readonly tilesPerChunk: number;
  /** Tiles along the whole axis. */
  readonly count: number;
  /** Of chunks of several lengths: the chunks, and where the tiles start. */
  readonly uneven?: { readonly chunks: ChunkAxis; readonly starts: Float64Array };
};

/** One tile's extent along an axis. */
export type TileSpan = {
  /** Index of the chunk in the grid of read chunks. */
  readonly chunk: number;
  /** First texel inside the chunk, first texel inside the array, number of texels. */
  readonly startInChunk: number;
  readonly start: number;
  readonly length: number;
};

/** A range of tiles: first, and one past the last. */
export type TileRange = { readonly first: number; readonly end: number };

/** The tiling of an axis of `size` texels that is stored in chunks of `chunk` texels. */
export function tileAxis(size: number, chunk: number): AxisTiling {
  const tilesPerChunk = Math.max(1, Math.ceil(chunk / maxTileTexels));
  const wholeChunks = Math.floor(size / chunk);
  const rest = size - wholeChunks * chunk;
  return {
    size,
    chunk,
    tilesPerChunk,
    count: wholeChunks * tilesPerChunk + Math.ceil(rest / maxTileTexels),
  };
}

/** The tiling of an axis that is stored in these chunks. */
export function tileAxisOf(chunks: ChunkAxis): AxisTiling {
  if (chunks.kind === "even") return tileAxis(chunks.size, chunks.length);
  const starts: number[] = [];
  for (const [index, edge] of chunks.edges.slice(0, -1).entries()) {
    const end = Math.min(edge + chunkSpan(chunks, index).length, chunks.size);
    for (let start = edge; start < end; start += maxTileTexels) starts.push(start);
  }
  const chunk = longestChunk(chunks);
  return {
    size: chunks.size,
    chunk,
    tilesPerChunk: Math.max(1, Math.ceil(chunk / maxTileTexels)),
    count: starts.length,
    uneven: { chunks, starts: Float64Array.from(starts) },
  };
}

/** The extent of tile `index`, clipped to the array. */
export function tileSpan(axis: AxisTiling, index: number): TileSpan {
  if (axis.uneven !== undefined) return unevenSpan(axis.uneven, axis.size, index);
  const chunk = Math.floor(index / axis.tilesPerChunk);
  const startInChunk = (index - chunk * axis.tilesPerChunk) * maxTileTexels;
  const start = chunk * axis.chunk + startInChunk;
  const length = Math.min(maxTileTexels, axis.chunk - startInChunk, axis.size - start);
  return { chunk, startInChunk, start, length };
}

/** The tile that holds the texel `texel` (0 … size − 1). */
export function tileIndexOf(axis: AxisTiling, texel: number): number {
  if (axis.uneven !== undefined) return lastNotAfter(axis.uneven.starts, texel);
  const chunk = Math.floor(texel / axis.chunk);
  return chunk * axis.tilesPerChunk + Math.floor((texel - chunk * axis.chunk) / maxTileTexels);
}

/**
 * Tiles that overlap the open interval (from, to), in texels where texel i covers [i, i + 1). Overlaps below a
 * millionth of a texel are rounding, not overlap.
 */
export function tilesBetween(axis: AxisTiling, from: number, to: number): TileRange {
  const first = Math.max(0, Math.floor(from + 1e-6));
  const last = Math.min(axis.size - 1, Math.ceil(to - 1e-6) - 1);
  if (!(first <= last)) return { first: 0, end: 0 };
  return { first: tileIndexOf(axis, first), end: tileIndexOf(axis, last) + 1 };
}

function unevenSpan(
  { chunks, starts }: NonNullable<AxisTiling["uneven"]>,
  size: number,
  index: number,
): TileSpan {
  const start = starts[index]!;
  const chunk = chunkIndexAt(chunks, start);
  const startInChunk = start - chunkSpan(chunks, chunk).start;
  return { chunk, startInChunk, start, length: (starts[index + 1] ?? size) - start };
}

/** Position of the last of the rising numbers that is not above `value`. */
function lastNotAfter(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (rising[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
