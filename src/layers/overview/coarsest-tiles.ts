import type { Selection } from "../../zarr/image/image-model.ts";
import type { ChannelRendering } from "../scene.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { TileCatalogue } from "../tiles/tile-catalogue.ts";

/** A coarsest level of more tiles per channel is too dear for a small picture. */
const mostPlaces = 9;

/** All tiles of the coarsest level, for each visible channel; none where the level is too large for a small picture. */
export function coarsestTiles(
  catalogue: TileCatalogue,
  selection: Selection,
  channels: readonly Pick<ChannelRendering, "index" | "visible">[],
): readonly PlannedTile[] {
  const level = catalogue.levels.at(-1);
  if (!level || level.rows.count * level.columns.count > mostPlaces) return [];
  return channels
    .filter(({ visible }) => visible)
    .flatMap(({ index }) => {
      const plane = catalogue.plane(level, selection, index);
      return Array.from({ length: level.rows.count * level.columns.count }, (_, place) =>
        catalogue.tile(plane, Math.floor(place / level.columns.count), place % level.columns.count),
      );
    });
}
