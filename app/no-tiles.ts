import type { TileCounts } from "../src/zarr/chunks/chunk-state.ts";

/** What settles where there is no image. */
export const noTiles: TileCounts = {
  data: 0,
  fill: 0,
  pending: 0,
  denied: 0,
  error: 0,
  corrupt: 0,
  unverifiable: 0,
};
