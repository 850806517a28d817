import type { TileCatalogue } from "../../src/layers/tiles/tile-catalogue.ts";
import type { OwnWindows } from "../../src/ui/state/own-contrast.ts";
import type { PlateState } from "../../src/ui/state/plate.ts";
import type { LaidImage } from "./laid-images.ts";

/** Images of a plate that are drawn as one layer. */
export type PlateSheet = {
  /** Unique among the sheets. */
  readonly id: string;
  readonly members: readonly TileCatalogue[];
  /** Display limits of their own instead of the plate's. */
  readonly windows?: OwnWindows;
};

/**
 * Sorts images into layers: wells with a contrast of their own lie apart; and fields whose edges lie over each other, so that the same one is on top in all
 * channels. The first sheet is that of all others.
 */
export function plateSheets(
  members: readonly TileCatalogue[],
  imageOf: (member: TileCatalogue) => LaidImage | undefined,
  ownContrast: PlateState["ownContrast"],
): readonly PlateSheet[] {
  const sheets = new Map<
    string,
    { readonly id: string; readonly members: TileCatalogue[]; readonly windows?: OwnWindows }
  >([["", { id: "", members: [] }]]);
  for (const member of members) {
    const laid = imageOf(member);
    const windows = laid && ownContrast.get(laid.well.id);
    const place = laid?.chosen.extent?.overlaps ? laid.chosen.place : 0;
    const id = `${windows && laid ? laid.well.id : ""}${place > 0 ? `#${place}` : ""}`;
    const sheet = sheets.get(id);
    if (sheet) sheet.members.push(member);
    else sheets.set(id, { id, members: [member], ...(windows ? { windows } : {}) });
  }
  return [...sheets.values()];
}
