import type { ViewState } from "../../layers/scene.ts";
import type { Framing, Room } from "../../layers/tiles/view-framing.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { nearestWell, neighbourWell } from "../../zarr/plate/find-well.ts";
import { cellAt, type ImagePlacement } from "../../zarr/plate/plate-layout.ts";
import type { PlateModel, WellModel } from "../../zarr/plate/plate-model.ts";
import type { PlatePart } from "./link-plate.ts";
import type { OwnWindows } from "./own-contrast.ts";

/** Why a well shows nothing, or something else than it should. The words are one sentence. */
export type WellMark = {
  /** Stable, e.g. "ZS-NOTFOUND". */
  readonly code: string;
  readonly reason: string;
  /** "absent": it has no field to show here, which is no fault; "odd": it is shown, but is not like the others. */
  readonly kind: "missing" | "denied" | "failed" | "absent" | "odd";
};

/** Row and column of a plate. */
export type PlateCell = Pick<WellModel, "row" | "column">;

/** A well that somebody opened: the view is told in its image's own world, as links are. */
export type OpenedWell = {
  readonly well: WellModel;
  /** The image on show there; undefined if it cannot be read. */
  readonly image: ImageModel | undefined;
  readonly placement: ImagePlacement;
  /** Where the image, or if there is none the well's cell, lies on the plate. */
  readonly framing: Framing;
};

/** The plate on show, and where on it one is. */
export type PlateState = {
  readonly model: PlateModel;
  /** Id of the acquisition on show; undefined where the plate has none. */
  readonly acquisition: number | undefined;
  /** Which field of each well, 0-based, among those of the acquisition. */
  readonly field: number;
  /** Fields per well, as far as is known. */
  readonly fieldCount: number;
  /** All fields of each well at once instead of one. */
  readonly allFields: boolean;
  /** The well that was opened; undefined: the plate as a whole. */
  readonly opened: OpenedWell | undefined;
  /** By the well's id. */
  readonly marks: ReadonlyMap<string, WellMark>;
  /** Display limits that wells have for themselves, by the well's id. */
  readonly ownContrast: ReadonlyMap<string, OwnWindows>;
  /** Where the image lies by which the plate's physical size is told. */
  readonly placement: ImagePlacement;
};

/** What wells can be chosen by; what is left out stays as it is. */
export type PlateChange = {
  /** The id of a well, or null for the plate as a whole. */
  readonly well?: string | null;
  readonly field?: number;
  readonly acquisition?: number;
  readonly allFields?: boolean;
};

/** What a whole plate leaves free for the names of its rows and columns, the buttons at the right and the scale bar: no well lies below them. */
export const plateRoom: Room = { left: 30, top: 30, right: 68, bottom: 58 };

/** The same in a frame, whose corner holds a link. */
export const framedPlateRoom: Room = { ...plateRoom, top: 64 };

/** What a fitted view shows: the well that was opened, else all there is. */
export function framingToFit(plate: PlateState | undefined, whole: Framing): Framing {
  return plate?.opened?.framing ?? whole;
}

/** A point of an image's own world, as one of the plate on which it lies. */
export function platePoint(
  [x, y]: readonly [number, number],
  { scale, x0, y0 }: ImagePlacement,
): [number, number] {
  return [scale * x + x0, scale * y + y0];
}

/** A view of an image's own world, as one of the plate on which it lies. */
export function plateView({ target, zoom }: ViewState, at: ImagePlacement): ViewState {
  return { target: platePoint(target, at), zoom: zoom - Math.log2(at.scale) };
}

/** A view of a plate, as one of the own world of an image that lies on it. */
export function imageView({ target, zoom }: ViewState, at: ImagePlacement): ViewState {
  return { target: imagePoint(target, at), zoom: zoom + Math.log2(at.scale) };
}

/** A point of a plate, as one of the own world of an image that lies on it. */
export function imagePoint(
  [x, y]: readonly [number, number],
  { scale, x0, y0 }: ImagePlacement,
): [number, number] {
  return [(x - x0) / scale, (y - y0) / scale];
}

/** A view as links and scripts are told it: with a well opened in that well's own world. */
export function viewToTell(view: ViewState, plate: PlateState | undefined): ViewState {
  return plate?.opened ? imageView(view, plate.opened.placement) : view;
}

/** The place on a plate as links have it: what is as it would be by itself is left out. */
export function platePart(plate: PlateState | undefined): PlatePart {
  const first = plate?.model.acquisitions[0]?.id;
  return {
    well: plate?.opened?.well.id,
    field: plate?.allFields ? "all" : plate?.field || undefined,
    acquisition: plate?.acquisition === first ? undefined : plate?.acquisition,
  };
}

/** The well around a point that is to be opened there; undefined where there is none, and where it is open already. */
export function wellToEnter(
  { model, opened }: PlateState,
  [x, y]: readonly [number, number],
): WellModel | undefined {
  const cell = cellAt(model, x, y);
  const well = model.wells.find(({ row, column }) => row === cell?.row && column === cell.column);
  return well === opened?.well ? undefined : well;
}

/** The well next to the one that was opened; from the plate as a whole the well nearest to the middle of the view. */
export function wellBeside(
  { model, opened }: PlateState,
  [x, y]: readonly [number, number],
  dRow: number,
  dColumn: number,
): WellModel | undefined {
  if (opened) return neighbourWell(model, opened.well, dRow, dColumn);
  return nearestWell(model, { row: y, column: x });
}

/** The zoom in pixels per unit of the images' own world: of the well that was opened, else of the one by which the plate is shown. */
export function ownZoom(view: ViewState, plate: PlateState | undefined): number {
  return plate ? imageView(view, plate.opened?.placement ?? plate.placement).zoom : view.zoom;
}
