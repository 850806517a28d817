import { chunkIndexAt, chunkSpan } from "../../zarr/array/chunk-axis.ts";
import { readAxes } from "../../zarr/array/read-grid.ts";
import { type PlaneRef, planeRef } from "../../zarr/chunks/chunk-request.ts";
import type { ImageModel, Selection } from "../../zarr/image/image-model.ts";
import { indexAtLevel } from "../../zarr/image/index-at-level.ts";
import type { PlaneLevel } from "./plane-level.ts";
import { tileSpan } from "./tile-grid.ts";

/** One whole 2-D plane of one level: every dimension but the two shown ones has one index. */
export type LevelPlane = {
  /** Equal exactly when the array and all indices are equal; the same z of a level may serve several z of a finer one. */
  readonly id: string;
  readonly level: PlaneLevel;
  readonly channel: number;
  /** One entry per dimension; those of the display axes are 0. */
  readonly indices: readonly number[];
};

/** A tile: one rectangle of a plane, cut from one read chunk. */
export type PlannedTile = {
  readonly ref: PlaneRef;
  readonly plane: LevelPlane;
  /** Rectangle in the level's texel space. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The plane that `selection` and `channel` mean on `level`; indices go through world coordinates (N4-17). */
export function levelPlane(
  image: ImageModel,
  level: PlaneLevel,
  selection: Selection,
  channel: number,
): LevelPlane {
  const { axes, xDim, yDim, cDim } = image.axes;
  const shape = level.array.metadata.shape;
  const indices = axes.map(({ name, dim }) => {
    if (dim === xDim || dim === yDim) return 0;
    const size = shape[dim] ?? 1;
    if (dim === cDim) return Math.min(Math.max(channel, 0), size - 1);
    const finest = Object.hasOwn(selection, name) ? (selection[name] ?? 0) : 0;
    return indexAtLevel(image, level.index, dim, finest);
  });
  return { id: `${level.array.id}/${indices.join(".")}`, level, channel, indices };
}

/** The tile in the given row and column of the plane's tile grid. */
export function plannedTile(
  image: ImageModel,
  plane: LevelPlane,
  row: number,
  column: number,
): PlannedTile {
  const { xDim, yDim } = image.axes;
  const { level, indices } = plane;
  const rowSpan = tileSpan(level.rows, row);
  const columnSpan = tileSpan(level.columns, column);
  const chunk: number[] = [];
  const start: number[] = [];
  for (const [dim, axis] of readAxes(level.array.metadata).entries()) {
    const index = indices[dim] ?? 0;
    const coordinate = chunkIndexAt(axis, index);
    chunk.push(coordinate);
    start.push(index - chunkSpan(axis, coordinate).start);
  }
  chunk[yDim] = rowSpan.chunk;
  start[yDim] = rowSpan.startInChunk;
  chunk[xDim] = columnSpan.chunk;
  start[xDim] = columnSpan.startInChunk;
  // An axis that was added has no index in any chunk.
  const rank = level.array.metadata.shape.length;
  const ref = planeRef(level.array, chunk.slice(0, rank), {
    yDim,
    xDim,
    start: start.slice(0, rank),
    height: rowSpan.length,
    width: columnSpan.length,
  });
  return {
    ref,
    plane,
    x: columnSpan.start,
    y: rowSpan.start,
    width: columnSpan.length,
    height: rowSpan.length,
  };
}
