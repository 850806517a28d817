import type { PlaneLevel } from "./plane-level.ts";
import { intersection, transformRect } from "./rect.ts";
import { type TileRange, tilesBetween } from "./tile-grid.ts";
import type { ViewRect } from "./view-rect.ts";

/** Rows and columns of tiles of one level that a view touches. */
export type TileBlock = { readonly rows: TileRange; readonly columns: TileRange };

/** Relative slack on pixel sizes, so that 1:1 is 1:1 after log2 and back. */
const sizeSlack = 1 + 1e-6;

const emptyRange: TileRange = { first: 0, end: 0 };

/** Number of tiles in a block. */
export function blockTileCount({ rows, columns }: TileBlock): number {
  return (rows.end - rows.first) * (columns.end - columns.first);
}

/** Tiles of `level` that overlap the part of the image (the finest level's bounds) that is in view. */
export function tilesInView(level: PlaneLevel, finest: PlaneLevel, view: ViewRect): TileBlock {
  // Of a slanted level this is the block around the view's turned rectangle.
  const shown = intersection(view, finest.bounds);
  if (!shown) return { rows: emptyRange, columns: emptyRange };
  const texels = transformRect(level.texelFromWorld, shown);
  return {
    rows: tilesBetween(level.rows, texels.y0, texels.y1),
    columns: tilesBetween(level.columns, texels.x0, texels.x1),
  };
}

/**
 * Position in `levels` (finest first) of the coarsest level whose texel is no larger than a device pixel. The axes count
 * apart: along an axis where even the sharpest level is larger than a device pixel, that level's texel is sharp enough, so
 * anisotropic images and pyramids that shrink one axis only find a coarser level too. A level whose part of the view has more
 * than `maxTiles` tiles is passed over for a coarser one; if all have more, the one with the fewest is taken.
 */
export function chooseLevel(
  levels: readonly PlaneLevel[],
  view: ViewRect,
  maxTiles: number,
): number {
  const finest = levels[0];
  if (!finest) return 0;
  const wantedWidth =
    Math.max(view.worldPerDevicePixel, Math.min(...levels.map((level) => level.texelWidth))) *
    sizeSlack;
  const wantedHeight =
    Math.max(view.worldPerDevicePixel, Math.min(...levels.map((level) => level.texelHeight))) *
    sizeSlack;
  const sharp = levels.findLastIndex(
    (level) => level.texelWidth <= wantedWidth && level.texelHeight <= wantedHeight,
  );
  let fewest = Math.max(0, sharp);
  let fewestTiles = Number.POSITIVE_INFINITY;
  for (let position = fewest; position < levels.length; position++) {
    const tiles = blockTileCount(tilesInView(levels[position]!, finest, view));
    if (tiles <= maxTiles) return position;
    if (tiles < fewestTiles) {
      fewest = position;
      fewestTiles = tiles;
    }
  }
  return fewest;
}

/** How much larger than a device pixel a texel may be where many images are in view. */
const coarseTexelPx = 2;

/**
 * As `chooseLevel`, for one of many images: a level that is up to half as sharp does, if it has fewer tiles. A plate of thumbnails is worth a
 * request per well and channel, not four.
 */
export function chooseThriftyLevel(
  levels: readonly PlaneLevel[],
  view: ViewRect,
  maxTiles: number,
): number {
  let position = chooseLevel(levels, view, maxTiles);
  const largest = view.worldPerDevicePixel * coarseTexelPx * sizeSlack;
  const tilesOf = ({ rows, columns }: PlaneLevel) => rows.count * columns.count;
  for (let next = position + 1; next < levels.length; next++) {
    const [level, chosen] = [levels[next]!, levels[position]!];
    if (level.texelWidth > largest || level.texelHeight > largest) break;
    if (tilesOf(level) < tilesOf(chosen)) position = next;
  }
  return position;
}
