import type { ChunkStateKind, TileCounts } from "../../zarr/chunks/chunk-state.ts";

/** States that end without a picture; "retry" asks for them again. */
const failedKinds = [
  "denied",
  "error",
  "corrupt",
  "unverifiable",
] as const satisfies readonly ChunkStateKind[];

/** States of chunks without a picture, in words. */
export const failureWords: Record<(typeof failedKinds)[number], string> = {
  denied: "denied",
  error: "failed",
  corrupt: "corrupt",
  unverifiable: "unverifiable",
};

/** "24 tiles", "18 of 24 tiles" while some are on their way. */
export function tileWords(tiles: TileCounts): string {
  const total = Object.values(tiles).reduce((sum, count) => sum + count, 0);
  const noun = total === 1 ? "tile" : "tiles";
  if (tiles.pending === 0) return `${total} ${noun}`;
  return `${total - tiles.pending} of ${total} ${noun}`;
}

/** "2 corrupt, 1 denied"; undefined if every tile is or will be a picture. */
export function failedTileWords(tiles: TileCounts): string | undefined {
  const parts = failedKinds
    .filter((kind) => tiles[kind] > 0)
    .map((kind) => `${tiles[kind]} ${failureWords[kind]}`);
  return parts.length === 0 ? undefined : parts.join(", ");
}
