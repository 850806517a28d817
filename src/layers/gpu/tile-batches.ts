import { isSlanted } from "../tiles/area.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { TilePage } from "./tile-page.ts";
import type { Resident } from "./tile-pool.ts";

/** Tiles that are drawn by one call: all on one page, or (`page` undefined) all of one value each. */
export type TileBatch = {
  /** One of their levels; the texels of all of them have its size in the world. */
  readonly level: PlaneLevel;
  readonly page: TilePage | undefined;
  readonly tiles: {
    readonly tile: PlannedTile;
    /** Layer of the page, or the value of the whole tile; NaN draws nothing and keeps coarser tiles out. */
    readonly value: number;
  }[];
};

/**
 * Collects tiles into as few batches as depth allows: the images of a layer do not overlap, so tiles of the same step of depth share a
 * call, whichever image they belong to.
 */
export class TileBatches {
  readonly #steps: TileBatch[][] = [];

  /** By depth: what is in a step fills only what those before it left. */
  get steps(): readonly TileBatch[][] {
    return this.#steps;
  }

  /** In order of depth. */
  get list(): TileBatch[] {
    return this.#steps.flat();
  }

  add(step: number, { tile, content }: Resident): void {
    if (content.kind === "constant") this.#put(step, tile, undefined, content.value);
    else this.#put(step, tile, content.page, content.layer);
  }

  block(step: number, tile: PlannedTile): void {
    this.#put(step, tile, undefined, Number.NaN);
  }

  #put(step: number, tile: PlannedTile, page: TilePage | undefined, value: number): void {
    const { level } = tile.plane;
    while (this.#steps.length <= step) this.#steps.push([]);
    const batches = this.#steps[step]!;
    // The latest first: tiles of one image come together.
    let batch = batches.findLast(
      (other) => other.page === page && canShare(other.level, level, page),
    );
    if (!batch) {
      batch = { level, page, tiles: [] };
      batches.push(batch);
    }
    batch.tiles.push({ tile, value });
  }
}

/** Whether both levels' texels have one size and orientation; where they lie matters to slanted ones alone, which are drawn level by level. */
export function canShare(a: PlaneLevel, b: PlaneLevel, page: TilePage | undefined): boolean {
  const [m, n] = [a.worldFromTexel, b.worldFromTexel];
  if (page === undefined && !isSlanted(m) && !isSlanted(n)) return true;
  return (
    a === b || (!isSlanted(m) && m.xx === n.xx && m.xy === n.xy && m.yx === n.yx && m.yy === n.yy)
  );
}
