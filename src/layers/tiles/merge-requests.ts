import type { ChunkRequest, Tier } from "../../zarr/chunks/chunk-request.ts";
import { transformPoint } from "./affine.ts";
import type { TilePlan } from "./plan-tiles.ts";
import type { PlannedTile } from "./planned-tile.ts";
import type { Rect } from "./rect.ts";

/**
 * What several images want at once, in order of service: the coarse tiles of all, then the visible ones, each from the centre of the view
 * outward, whichever image they belong to. No key occurs twice.
 */
export function mergedRequests(plans: readonly TilePlan[], view: Rect): readonly ChunkRequest[] {
  const [first, ...others] = plans;
  if (!first) return [];
  if (others.length === 0) return first.wanted;
  const seen = new Set<string>();
  return [
    ...tierRequests(
      "fallback",
      plans.map(({ fallback }) => fallback),
      view,
      seen,
    ),
    ...tierRequests(
      "visible",
      plans.map(({ visible }) => visible),
      view,
      seen,
    ),
  ];
}

function tierRequests(
  tier: Tier,
  lists: readonly (readonly PlannedTile[])[],
  view: Rect,
  seen: Set<string>,
): ChunkRequest[] {
  const centreX = (view.x0 + view.x1) / 2;
  const centreY = (view.y0 + view.y1) / 2;
  const placed: { readonly tile: PlannedTile; readonly distance: number }[] = [];
  for (const list of lists) {
    for (const tile of list) {
      if (seen.has(tile.ref.key)) continue;
      seen.add(tile.ref.key);
      const [x, y] = transformPoint(
        tile.plane.level.worldFromTexel,
        tile.x + tile.width / 2,
        tile.y + tile.height / 2,
      );
      placed.push({ tile, distance: (x - centreX) ** 2 + (y - centreY) ** 2 });
    }
  }
  placed.sort((a, b) => a.distance - b.distance);
  return placed.map(({ tile: { ref } }, rank) => ({ ref, priority: { tier, rank } }));
}
