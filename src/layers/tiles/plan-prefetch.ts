import type { ChunkRequest } from "../../zarr/chunks/chunk-request.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import { type PlanInput, planTiles } from "./plan-tiles.ts";

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
