import type { Still } from "../../layers/still.ts";
import type { TileCounts } from "../../zarr/chunks/chunk-state.ts";
import { linkToState } from "../state/link-address.ts";
import type { ViewerState } from "../state/viewer-state.ts";
import { drawDecorations } from "./decorations.ts";
import { decorationsOf, pictureTitle, type WantedDecorations } from "./decorations-of-state.ts";
import type { ExportScale } from "./export-size.ts";
import { missingNote } from "./missing-note.ts";
import { withPngTexts } from "./png-text.ts";

/** How a still of the view is taken; the page gives it, since it owns the stage. */
export type StillTaker = (options: {
  readonly scale: ExportScale;
  readonly signal: AbortSignal;
  readonly enough: AbortSignal;
  readonly onTiles?: (tiles: TileCounts) => void;
}) => Promise<Still>;

export type ExportedPicture = {
  /** A PNG with the link in it. */
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  readonly tiles: TileCounts;
};

/**
 * A still with what is wanted on it, as a PNG. Its texts say what it is: Title, Software, the link to the view (URL), and Warning if tiles are missing,
 * whether or not a note stands in the picture. `base` is the page's address.
 * @throws Error if the browser has no room for it
 */
export async function exportPicture(
  still: Still,
  state: ViewerState,
  wanted: WantedDecorations,
  base: string,
): Promise<ExportedPicture> {
  const { canvas, pixelsPerPx, tiles } = still;
  const context = canvas.getContext("2d");
  if (context) drawDecorations(context, pixelsPerPx, decorationsOf(state, wanted, tiles));
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!context || !png) throw new Error("The browser has no room for a picture of this size.");
  const warning = missingNote(tiles);
  const bytes = withPngTexts(new Uint8Array(await png.arrayBuffer()), [
    { keyword: "Title", text: pictureTitle(state) },
    { keyword: "Software", text: "Zarrscope" },
    { keyword: "URL", text: linkToState(state, base) },
    ...(warning === undefined ? [] : [{ keyword: "Warning", text: warning }]),
  ]);
  const blob = new Blob([bytes], { type: "image/png" });
  return { blob, width: canvas.width, height: canvas.height, tiles };
}
