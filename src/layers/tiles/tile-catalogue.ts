import type { ArrayHandle } from "../../zarr/chunks/chunk-request.ts";
import type { ImageModel, Selection } from "../../zarr/image/image-model.ts";
import { type Affine, identity } from "./affine.ts";
import { type PlaneLevel, planeLevels } from "./plane-level.ts";
import { type LevelPlane, levelPlane, type PlannedTile, plannedTile } from "./planned-tile.ts";

/** Tiles remembered before the memory is dropped; a view at its cap has 2048 per channel. */
const rememberedTiles = 65_536;

/** The planes and tiles of one image, each made once: a pan asks for the same ones again, 60 times a second. */
export type TileCatalogue = {
  readonly image: ImageModel;
  readonly arrays: readonly ArrayHandle[];
  /** Finest first. */
  readonly levels: readonly PlaneLevel[];
  plane(level: PlaneLevel, selection: Selection, channel: number): LevelPlane;
  tile(plane: LevelPlane, row: number, column: number): PlannedTile;
};

/**
 * Makes the catalogue of an image. `arrays[i]` is the handle of `image.levels[i]`; `sceneFromWorld` places the image's own world in
 * that of the scene, so that levels and tiles lie where the scene shows them.
 */
export function tileCatalogue(
  image: ImageModel,
  arrays: readonly ArrayHandle[],
  sceneFromWorld: Affine = identity,
): TileCatalogue {
  const tilesOfPlane = new Map<string, Map<number, PlannedTile>>();
  const planesOfSelection = new WeakMap<Selection, Map<string, LevelPlane>>();
  let remembered = 0;

  function plane(level: PlaneLevel, selection: Selection, channel: number): LevelPlane {
    let planes = planesOfSelection.get(selection);
    if (!planes) {
      planes = new Map();
      planesOfSelection.set(selection, planes);
    }
    const key = `${level.index}/${channel}`;
    let found = planes.get(key);
    if (!found) {
      found = levelPlane(image, level, selection, channel);
      planes.set(key, found);
    }
    return found;
  }

  function tile(ofPlane: LevelPlane, row: number, column: number): PlannedTile {
    let tiles = tilesOfPlane.get(ofPlane.id);
    if (!tiles) {
      tiles = new Map();
      tilesOfPlane.set(ofPlane.id, tiles);
    }
    const position = row * ofPlane.level.columns.count + column;
    let found = tiles.get(position);
    if (!found) {
      if (remembered >= rememberedTiles) {
        tilesOfPlane.clear();
        tilesOfPlane.set(ofPlane.id, tiles);
        tiles.clear();
        remembered = 0;
      }
      found = plannedTile(image, ofPlane, row, column);
      tiles.set(position, found);
      remembered++;
    }
    return found;
  }

  return { image, arrays, levels: planeLevels(image, arrays, sceneFromWorld), plane, tile };
}
