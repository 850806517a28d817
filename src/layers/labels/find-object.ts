import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import { type LabelValue, labelValue } from "../../zarr/ome/image-label.ts";
import type { LabelLayer } from "../scene.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import { type Rect, transformRect } from "../tiles/rect.ts";

/** Elements that are looked at, at most: some tens of milliseconds. */
const maxElements = 4_000_000;
/** Tiles of a level that are asked for. */
const maxTiles = 4096;

/**
 * World rectangle around what is decoded of an object in the layer's plane; the coarsest level first, which is there as a whole most
 * often. undefined if no decoded plane shows it: it may lie elsewhere. `stateOf` must not fetch.
 */
export function findObject(
  { members, selection, channel }: LabelLayer,
  id: LabelValue,
  stateOf: (key: string) => ChunkState | undefined,
): Rect | undefined {
  let left = maxElements;
  for (const catalogue of members) {
    for (const level of [...catalogue.levels].reverse()) {
      if (level.rows.count * level.columns.count > maxTiles) continue;
      const plane = catalogue.plane(level, selection, channel);
      let box: Box | undefined;
      for (let row = 0; row < level.rows.count; row++) {
        for (let column = 0; column < level.columns.count; column++) {
          const tile = catalogue.tile(plane, row, column);
          const state = stateOf(tile.ref.key);
          if (state?.kind !== "data" || left <= 0) continue;
          left -= state.plane.elements.length;
          box = grown(box, tile, state.plane.elements, id);
        }
      }
      if (box) return worldOf(box, level);
    }
  }
  return undefined;
}

/** Texels of a level: first ones, and one past the last. */
type Box = { x0: number; y0: number; x1: number; y1: number };

function grown(
  box: Box | undefined,
  { x, y, width, height }: PlannedTile,
  elements: ArrayLike<number | bigint>,
  id: LabelValue,
): Box | undefined {
  if (elements.length !== width * height) return box;
  // Planes of 64 bits hold bigints only, the others numbers only.
  const wanted = typeof elements[0] === "bigint" ? BigInt(id) : labelValue(id);
  let found = box;
  for (let i = 0; i < elements.length; i++) {
    if (elements[i] !== wanted) continue;
    const column = x + (i % width);
    const row = y + Math.floor(i / width);
    if (!found) {
      found = { x0: column, y0: row, x1: column + 1, y1: row + 1 };
      continue;
    }
    found.x0 = Math.min(found.x0, column);
    found.y0 = Math.min(found.y0, row);
    found.x1 = Math.max(found.x1, column + 1);
    found.y1 = Math.max(found.y1, row + 1);
  }
  return found;
}

function worldOf(box: Box, { worldFromTexel }: PlaneLevel): Rect {
  return transformRect(worldFromTexel, box);
}
