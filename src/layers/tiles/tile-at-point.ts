import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import type { ValueReadout } from "../scene.ts";
import { transformPoint } from "./affine.ts";
import { areaContains } from "./area.ts";
import { complexText } from "./complex-text.ts";
import type { PlaneLevel } from "./plane-level.ts";
import type { PlannedTile } from "./planned-tile.ts";
import type { TileCatalogue } from "./tile-catalogue.ts";
import { tileIndexOf } from "./tile-grid.ts";

/** A tile, and the position of a point in it in elements of its plane. */
export type TileHit = { readonly tile: PlannedTile; readonly row: number; readonly column: number };

/** What one looks at: an image, a selection, the visible channels. */
export type Looked = {
  readonly catalogue: TileCatalogue;
  readonly selection: Selection;
  readonly channels: readonly number[];
};

/** The tile of one level and channel under a world point; undefined outside the image. */
export function tileAtPoint(
  { catalogue, selection }: Looked,
  level: PlaneLevel,
  channel: number,
  worldX: number,
  worldY: number,
): TileHit | undefined {
  const finest = catalogue.levels[0];
  if (!finest || !areaContains(finest.imageArea, worldX, worldY)) return undefined;
  const [x, y] = transformPoint(level.texelFromWorld, worldX, worldY).map(Math.floor);
  if (x === undefined || y === undefined) return undefined;
  if (!(x >= 0 && y >= 0 && x < level.columns.size && y < level.rows.size)) return undefined;
  const plane = catalogue.plane(level, selection, channel);
  const tile = catalogue.tile(plane, tileIndexOf(level.rows, y), tileIndexOf(level.columns, x));
  return { tile, row: y - tile.y, column: x - tile.x };
}

/**
 * Values of all channels at a world point, from the finest level at which any of them is known. `stateOf` must not fetch.
 * undefined outside the image and where nothing is known yet.
 */
export function valueAtPoint(
  looked: Looked,
  stateOf: (key: string) => ChunkState | undefined,
  worldX: number,
  worldY: number,
): ValueReadout | undefined {
  for (const level of looked.catalogue.levels) {
    const values = looked.channels.map((channel) => {
      const hit = tileAtPoint(looked, level, channel, worldX, worldY);
      return { channel, value: hit ? knownValue(stateOf(hit.tile.ref.key), hit) : null };
    });
    if (values.some(({ value }) => value !== null)) return { level: level.index, values };
  }
  return undefined;
}

function knownValue(state: ChunkState | undefined, hit: TileHit): number | string | null {
  const { item } = hit.tile.ref.array.metadata;
  if (state?.kind === "fill") {
    return item?.kind === "complex"
      ? complexText(item.fill, item.lanes?.dataType === "float32")
      : readable(state.value);
  }
  if (state?.kind !== "data" || state.plane.unverified) return null;
  const { plane } = state;
  if (plane.width !== hit.tile.width || plane.height !== hit.tile.height) return null;
  const position = hit.row * plane.width + hit.column;
  if (plane.complex) {
    const parts = plane.complex.slice(2 * position, 2 * position + 2);
    return complexText(parts, plane.complex instanceof Float32Array);
  }
  const value = plane.elements[position];
  return value === undefined ? null : readable(value);
}

function readable(value: number | bigint): number | string {
  if (typeof value === "number") return value;
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value.toString();
}
