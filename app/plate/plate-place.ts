import { scaleAndShift } from "../../src/layers/tiles/affine.ts";
import { type Rect, transformRect } from "../../src/layers/tiles/rect.ts";
import { type Framing, imageFraming } from "../../src/layers/tiles/view-framing.ts";
import type { PlatePart } from "../../src/ui/state/link-plate.ts";
import type { OpenedWell, PlateChange, PlateState } from "../../src/ui/state/plate.ts";
import type { ImageModel } from "../../src/zarr/image/image-model.ts";
import { findWell } from "../../src/zarr/plate/find-well.ts";
import { cellRect, type ImagePlacement, plateBounds } from "../../src/zarr/plate/plate-layout.ts";
import type { PlateModel, WellModel } from "../../src/zarr/plate/plate-model.ts";
import { type FieldChoice, fieldsOfAcquisition } from "./field-choice.ts";
import type { PlateImages } from "./plate-images.ts";
import { isFailure } from "./well-mark.ts";

/** What the plate as a whole is framed by. */
export function plateFraming(model: PlateModel, images: PlateImages): Framing {
  const { image, placement } = images.expectedIn(images.template.well);
  return { ...placedFraming(image, placement), bounds: plateBounds(model) };
}

/** A well as it is told when it was opened. */
export function openedWell(images: PlateImages, well: WellModel): OpenedWell {
  const { image, placement } = images.shownIn(well) ?? images.expectedIn(well);
  const framing = placedFraming(image, placement);
  return {
    well,
    image: isFailure(images.marks.get(well.id)) ? undefined : image,
    placement,
    // All fields together fill the cell.
    framing: images.choice.field === "all" ? { ...framing, bounds: cellRect(well) } : framing,
  };
}

/** Fields that a well has of the acquisition on show. */
export function fieldCount(images: PlateImages, well: WellModel): number {
  return fieldsOfAcquisition(images.fieldsOf(well), images.choice.acquisition).length;
}

/** What a link asks for on an open plate, and what of it is not there. */
export function changeOfLink(
  model: PlateModel,
  { well, field, acquisition }: PlatePart,
): { readonly change: PlateChange; readonly notices: readonly string[] } {
  const named = well === undefined ? undefined : findWell(model, well);
  const first = model.acquisitions[0]?.id;
  const asked = acquisition ?? first;
  return {
    change: {
      well: named?.kind === "well" ? named.well.id : null,
      ...(asked === undefined ? {} : { acquisition: asked }),
      ...(field === "all" ? { allFields: true } : { field: field ?? 0 }),
    },
    notices: named?.kind === "none" ? [named.reason] : [],
  };
}

/** Where on a plate one is. */
export type PlatePlace = Pick<PlateState, "acquisition" | "field" | "allFields"> & {
  /** The well that was opened. */
  readonly well: WellModel | undefined;
};

/** Where a change leads; another acquisition begins with its first field. */
export function placeAfter(change: PlateChange, before: PlatePlace, model: PlateModel): PlatePlace {
  const acquisition = change.acquisition ?? before.acquisition;
  const index = change.field ?? (acquisition === before.acquisition ? before.field : 0);
  const allFields = change.allFields ?? (change.field === undefined && before.allFields);
  const field = allFields ? before.field : Math.max(0, index);
  const chosen = model.wells.find(({ id }) => id === change.well);
  return { acquisition, field, allFields, well: change.well === undefined ? before.well : chosen };
}

/** The fields that are shown at a place. */
export function choiceAt({ acquisition, field, allFields }: PlatePlace): FieldChoice {
  return { acquisition, field: allFields ? "all" : field };
}

function placedFraming(image: ImageModel, { scale, x0, y0 }: ImagePlacement): Framing {
  const { bounds, pixelWorld } = imageFraming(image);
  const placed: Rect = transformRect(scaleAndShift(scale, x0, scale, y0), bounds);
  return { bounds: placed, pixelWorld: pixelWorld * scale };
}
