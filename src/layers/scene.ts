import type { ArrayHandle } from "../zarr/chunks/chunk-request.ts";
import type { TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { ImageModel, Selection } from "../zarr/image/image-model.ts";
import type { LutTable } from "./luts/lut-table.ts";

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

/** Everything the stage shows, declared as a whole. `arrays[i]` is the handle of `image.levels[i]`. */
export type Scene = {
  readonly image: ImageModel;
  readonly arrays: readonly ArrayHandle[];
  readonly selection: Selection;
  readonly channels: readonly ChannelRendering[];
  /** Colour outside the data, six hex digits. */
  readonly background: string;
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
  /** Index into `image.levels` that the current zoom asks for. */
  readonly level: number;
  readonly gpuBytes: number;
  readonly drawCalls: number;
};
