import type { StageStatus } from "../../layers/scene.ts";
import {
  type ChunkStateKind,
  chunkStateKinds,
  type TileCounts,
} from "../../zarr/chunks/chunk-state.ts";
import { shortText } from "../../zarr/ome/problem-log.ts";

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

/** "Tiles: 2 corrupt; labels nuclei: 1 denied": the picture's own tiles, and those of labels by their names; undefined if none failed. */
export function failedWords({
  tiles,
  labelTiles,
}: Pick<StageStatus, "tiles" | "labelTiles">): string | undefined {
  const ofPicture = { ...tiles };
  for (const { tiles: own } of labelTiles) {
    for (const kind of chunkStateKinds) ofPicture[kind] -= own[kind];
  }
  const parts = [
    withName("Tiles", ofPicture),
    ...labelTiles.map(({ layer, tiles: own }) => withName(`labels ${shortText(layer, 40)}`, own)),
  ].filter((part) => part !== undefined);
  const words = parts.join("; ");
  return words === "" ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}

function withName(name: string, tiles: TileCounts): string | undefined {
  const words = failedTileWords(tiles);
  return words === undefined ? undefined : `${name}: ${words}`;
}

/** "Unverified: 2 tiles": data that contradict their checksum, shown on demand. */
export function unverifiedWords(shown: number): string {
  return `Unverified: ${shown} ${shown === 1 ? "tile" : "tiles"}`;
}
