import type { TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { Selection } from "../zarr/image/image-model.ts";
import type { LutTable } from "./luts/lut-table.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";
import type { Framing } from "./tiles/view-framing.ts";

/** Centre of the view in world units of the two display axes [x, y]; `zoom` = log2 of CSS pixels per world unit. */
export type ViewState = { readonly target: readonly [number, number]; readonly zoom: number };

/** How one channel is drawn. Uniforms only: nothing here is ever part of a cache key. */
export type ChannelRendering = {
  /** Index along the channel axis; 0 where there is none. */
  readonly index: number;
  readonly visible: boolean;
  /** Six hex digits. */
  readonly color: string;
  /** Display limits in data units; null until they are known (then the channel is fetched but not drawn). */
  readonly window: { readonly start: number; readonly end: number } | null;
  /** Exponent on the normalised value; 1 = linear. */
  readonly gamma: number;
  readonly inverted: boolean;
  /** Colours by brightness instead of `color`; null: none. */
  readonly lut: LutTable | null;
};

/** Images whose channels add up over black: one image, or many side by side that are shown alike (the wells of a plate). */
export type IntensityLayer = {
  readonly kind: "intensity";
  /** Unique in the scene. */
  readonly id: string;
  readonly selection: Selection;
  readonly channels: readonly ChannelRendering[];
  /** They do not overlap. Made once and compared by identity: a new catalogue is a new image. */
  readonly members: readonly TileCatalogue[];
  /**
   * Members that are predicted from others: what is read of them is drawn, but it is not read out, and what is missing or fails there says
   * nothing yet (`ComposedFrame.doubtful`).
   */
  readonly provisional?: ReadonlySet<TileCatalogue>;
};

export type SceneLayer = IntensityLayer;

/** Everything the stage shows, declared as a whole. A layer covers those before it. */
export type Scene = {
  readonly layers: readonly SceneLayer[];
  /** Colour outside the data, six hex digits. */
  readonly background: string;
  /** What views are kept within, where that is more than the images which the scene has now. */
  readonly framing?: Framing;
};

/** Values under one point, from the finest resident level; only from tiles that are `data` or `fill` of the current selection. */
export type ValueReadout = {
  /** Index into `image.levels`. */
  readonly level: number;
  /** One per visible channel; integers beyond 2^53 as decimal strings. `value` is null where that channel has nothing at this level. */
  readonly values: readonly { readonly channel: number; readonly value: number | string | null }[];
};

/** What the stage says about the frame that it just drew. */
export type StageStatus = {
  readonly view: ViewState;
  /** Size of the canvas in CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Visible-tier tiles, summed over visible channels. */
  readonly tiles: TileCounts;
  /** Index into `image.levels` that the current zoom asks for, of the image in the middle of the view. */
  readonly level: number;
  readonly gpuBytes: number;
  readonly drawCalls: number;
};
