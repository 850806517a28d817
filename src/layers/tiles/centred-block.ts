import { blockTileCount, type TileBlock } from "./level-choice.ts";
import type { Rect } from "./rect.ts";
import { type AxisTiling, type TileRange, tileSpan } from "./tile-grid.ts";

/** A position in a tile grid. */
export type GridPosition = { readonly row: number; readonly column: number };

/**
 * The part of `block` with at most `maxTiles` tiles that lies around `centre` (in fractional rows and columns): what is
 * still wanted of a level that has too many tiles in view and no coarser one to turn to.
 */
export function centredBlock(block: TileBlock, centre: GridPosition, maxTiles: number): TileBlock {
  if (blockTileCount(block) <= maxTiles) return block;
  const rows = block.rows.end - block.rows.first;
  const columns = block.columns.end - block.columns.first;
  const side = Math.max(1, Math.floor(Math.sqrt(maxTiles)));
  const keptRows = rows <= columns ? Math.min(rows, side) : undefined;
  const keptColumns =
    keptRows === undefined ? Math.min(columns, side) : Math.floor(maxTiles / keptRows);
  return {
    rows: around(block.rows, centre.row, keptRows ?? Math.floor(maxTiles / keptColumns)),
    columns: around(block.columns, centre.column, keptColumns),
  };
}

function around(range: TileRange, centre: number, count: number): TileRange {
  const kept = Math.min(Math.max(1, count), range.end - range.first);
  const first = Math.min(Math.max(range.first, Math.round(centre - kept / 2)), range.end - kept);
  return { first, end: first + kept };
}

/** Texel rectangles of `whole` that `kept` leaves out: at most four. */
export function leftOut(
  rows: AxisTiling,
  columns: AxisTiling,
  whole: TileBlock,
  kept: TileBlock,
): Rect[] {
  if (blockTileCount(whole) === blockTileCount(kept)) return [];
  const outer = texelRect(rows, columns, whole);
  const inner = texelRect(rows, columns, kept);
  return [
    { ...outer, y1: inner.y0 },
    { ...outer, y0: inner.y1 },
    { x0: outer.x0, x1: inner.x0, y0: inner.y0, y1: inner.y1 },
    { x0: inner.x1, x1: outer.x1, y0: inner.y0, y1: inner.y1 },
  ].filter((rect) => rect.x0 < rect.x1 && rect.y0 < rect.y1);
}

function texelRect(rows: AxisTiling, columns: AxisTiling, block: TileBlock): Rect {
  const lastRow = tileSpan(rows, block.rows.end - 1);
  const lastColumn = tileSpan(columns, block.columns.end - 1);
  return {
    x0: tileSpan(columns, block.columns.first).start,
    y0: tileSpan(rows, block.rows.first).start,
    x1: lastColumn.start + lastColumn.length,
    y1: lastRow.start + lastRow.length,
  };
}
