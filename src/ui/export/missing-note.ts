import type { TileCounts } from "../../zarr/chunks/chunk-state.ts";
import { failedTileWords } from "../components/tile-words.ts";

/** What a picture lacks, in words that can stand in it: "Incomplete: 3 tiles still loading; 1 corrupt, 1 denied"; undefined if nothing. */
export function missingNote(tiles: TileCounts): string | undefined {
  const { pending } = tiles;
  const parts = [
    pending > 0 && `${pending} ${pending === 1 ? "tile" : "tiles"} still loading`,
    failedTileWords(tiles) && `tiles ${failedTileWords(tiles)}`,
  ].filter(Boolean);
  return parts.length === 0 ? undefined : `Incomplete: ${parts.join("; ")}`;
}
