import type { ImageModel } from "../../zarr/image/image-model.ts";
import type { ImagePlacement } from "../../zarr/plate/plate-layout.ts";
import type { PlateModel, WellModel } from "../../zarr/plate/plate-model.ts";

/** Why a well shows nothing, or something else than it should. The words are one sentence. */
export type WellMark = {
  /** Stable, e.g. "ZS-NOTFOUND". */
  readonly code: string;
  readonly reason: string;
  /** "absent": it has no field to show here, which is no fault; "odd": it is shown, but is not like the others. */
  readonly kind: "missing" | "denied" | "failed" | "absent" | "odd";
};

/** A well that somebody opened: the view is told in its image's own world, as links are. */
export type OpenedWell = {
  readonly well: WellModel;
  /** The image on show there; undefined if it cannot be read. */
  readonly image: ImageModel | undefined;
  readonly placement: ImagePlacement;
  /** Fields of the acquisition that this well has. */
  readonly fieldCount: number;
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
