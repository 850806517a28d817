import type { ArrayMetadata } from "../array/array-metadata.ts";
import type { DataType } from "../array/data-type.ts";
import type { JsonObject } from "../json.ts";
import type { Orientation } from "../ome/axis-orientation.ts";
import type { Problem } from "../problem.ts";
import type { OmeroLut } from "./omero-luts.ts";

/** Roles that the viewer knows; any further dimension is a plain slider. */
export type AxisRole = "t" | "c" | "z" | "y" | "x";

export type Axis = {
  /** Unique within the image; the key of `Selection`. */
  readonly name: string;
  readonly role: AxisRole | undefined;
  /** Index of the dimension in the arrays' shapes. */
  readonly dim: number;
  /** Number of indices at the finest level. */
  readonly size: number;
  /** As the metadata spells it (UDUNITS-2 name in OME-NGFF); undefined means index space. */
  readonly unit: string | undefined;
  /** A longer name or a description, for people (N6-02). */
  readonly longName?: string;
  /** Direction in a body in which positions increase (N9-03). */
  readonly orientation?: Orientation;
  /** The array has no such dimension: a 1-D image is shown as a strip of one row. `dim` is one behind the array's last. */
  readonly isAdded?: true;
};

/** Axes by role, never by position. `axes[i].dim === i`. */
export type AxisLayout = {
  readonly axes: readonly Axis[];
  /** Dimensions of the two display axes. */
  readonly xDim: number;
  readonly yDim: number;
  /** Dimension of the channel axis, if there is one. */
  readonly cDim: number | undefined;
};

/**
 * World position of index i along each dimension: `scale[d] * i + translation[d]`, at the pixel's centre; the pixel covers
 * half an index to either side. In the axis' unit. No scale is 0.
 */
export type WorldFromIndex = {
  readonly scale: readonly number[];
  readonly translation: readonly number[];
  /** Where the image is turned or sheared in its plane: world x gains `xFromY` per index of y, world y `yFromX` per index of x. */
  readonly shear?: { readonly xFromY: number; readonly yFromX: number };
};

/** A coordinate system in which an image can be shown (OME-NGFF 0.6); the axes of two systems may lie along other dimensions. */
export type ImageSystem = {
  /** Unique within the image. */
  readonly name: string;
  readonly axes: AxisLayout;
  /** One per level. */
  readonly worldFromIndex: readonly WorldFromIndex[];
};

export type PyramidLevel = {
  /** Path of the array as the metadata names it. */
  readonly path: string;
  readonly array: ArrayMetadata;
  /** One size per axis: the array's, and 1 for an axis that was added. */
  readonly shape: readonly number[];
  readonly worldFromIndex: WorldFromIndex;
};

/** Display limits `start…end` inside the slider limits `min…max` (OME-NGFF omero.channels[].window). */
export type ChannelWindow = {
  readonly start: number;
  readonly end: number;
  readonly min: number;
  readonly max: number;
};

export type ChannelModel = {
  readonly index: number;
  readonly label: string;
  /** Six upper-case hex digits. */
  readonly color: string;
  readonly visible: boolean;
  readonly inverted: boolean;
  /** undefined: not given or unusable, to be found from the coarsest level. */
  readonly window: ChannelWindow | undefined;
  /** Exponent on the brightness, above 0; 1 unless metadata say otherwise. */
  readonly gamma?: number;
  /** Lookup table in place of `color`, if metadata ask for one that we have. */
  readonly lut?: OmeroLut;
};

/** Index per axis name; the two display axes and the channel axis are not in it. 0-based, at the finest level. */
export type Selection = Readonly<Record<string, number>>;

/** One image of a scene, as it lies in the scene's system; what has no place in it is left out. */
export type ImagePart = {
  readonly image: ImageModel;
  /** Path of its group below the source's root. */
  readonly path: string;
  /** Position, among the scene's channels, of this image's first one. */
  readonly firstChannel: number;
};

/** An image, free of versions. Levels from finest to coarsest, at least one. */
export type ImageModel = {
  readonly name: string;
  /** "OME-NGFF 0.5", "Zarr v2 array", … in words, for people. */
  readonly format: string;
  readonly dataType: DataType;
  readonly axes: AxisLayout;
  readonly levels: readonly PyramidLevel[];
  readonly channels: readonly ChannelModel[];
  /** Coordinate systems to choose from, the default one first; none where there is no choice. */
  readonly systems?: readonly ImageSystem[];
  /** Name of the one of `systems` that `axes` and `levels` are in. */
  readonly system?: string;
  /** Names of the axes shown down and across, if others than the image's own were chosen. */
  readonly chosenAxes?: readonly [down: string, across: string];
  /**
   * Of a scene (OME-NGFF 0.6): its images, later ones over earlier ones. `axes` and the one level are then those of the whole scene, and
   * stand for no array of their own.
   */
  readonly parts?: readonly ImagePart[];
  /** The metadata ask for the first visible channel alone, in grey (omero.rdefs.model). */
  readonly greyscale?: boolean;
  readonly defaultSelection: Selection;
  /** Attributes of the image's group, or of the array, as they were stored; to be shown as text, never to be acted on. */
  readonly attributes: JsonObject;
  readonly problems: readonly Problem[];
};
