import type { ChunkRequest } from "../../zarr/chunks/chunk-request.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import { type PlanInput, planTiles } from "./plan-tiles.ts";
import type { PlannedTile } from "./planned-tile.ts";

/** Decoded size of a texel at most, for the budget. */
const bytesPerTexel = 4;

/**
 * What the next planes of all images will want in the same view, the first of them first. It stops before the plane that would exceed the
 * budget.
 */
export function planPrefetch(
  inputs: readonly PlanInput[],
  upcoming: readonly Selection[],
  budgetBytes: number,
): ChunkRequest[] {
  const requests: ChunkRequest[] = [];
  const seen = new Set(
    inputs.flatMap((input) => planTiles(input).wanted.map(({ ref }) => ref.key)),
  );
  let bytes = 0;
  for (const selection of upcoming) {
    const plans = inputs.map((input) => planTiles({ ...input, selection }));
    const tiles = [
      ...plans.flatMap(({ fallback }) => fallback),
      ...plans.flatMap(({ visible }) => visible),
    ].filter(({ ref }) => !seen.has(ref.key));
    for (const { width, height } of tiles) bytes += width * height * bytesPerTexel;
    if (bytes > budgetBytes) break;
    for (const { ref } of tiles) {
      if (seen.has(ref.key)) continue;
      seen.add(ref.key);
      requests.push({ ref, priority: { tier: "prefetch", rank: requests.length } });
    }
  }
  return requests;
}

/** What is set aside in memory for requests, once they are decoded. */
export function prefetchBytes(requests: readonly ChunkRequest[]): number {
  return requests.reduce(
    (sum, { ref: { cut } }) => sum + cut.width * cut.height * bytesPerTexel,
    0,
  );
}

/**
 * One more tile on each side of the view, of the level that it shows; the nearest first, as many as the budget holds. Images that are one of
 * many have none: around those there are others.
 */
export function planAround(inputs: readonly PlanInput[], budgetBytes: number): ChunkRequest[] {
  const tiles = inputs.filter(({ isOneOfMany }) => !isOneOfMany).flatMap(tilesAround);
  let bytes = 0;
  const held = tiles.filter(({ width, height }) => {
    bytes += width * height * bytesPerTexel;
    return bytes <= budgetBytes;
  });
  return held.map(({ ref }, rank) => ({ ref, priority: { tier: "prefetch", rank } }));
}

function tilesAround(input: PlanInput): PlannedTile[] {
  const shown = planTiles(input);
  const level = input.catalogue.levels.find(({ index }) => index === shown.level);
  if (!level) return [];
  const { view } = input;
  const byX = level.columns.chunk * level.texelWidth;
  const byY = level.rows.chunk * level.texelHeight;
  const wider = {
    ...view,
    x0: view.x0 - byX,
    y0: view.y0 - byY,
    x1: view.x1 + byX,
    y1: view.y1 + byY,
  };
  const plan = planTiles({ ...input, view: wider });
  // So much more is in the wider view that it would be shown at a coarser level.
  if (plan.level !== shown.level) return [];
  const known = new Set(shown.wanted.map(({ ref }) => ref.key));
  return plan.visible.filter(({ ref }) => !known.has(ref.key));
}
