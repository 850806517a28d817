import type { TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { Selection } from "../zarr/image/image-model.ts";
import type { LabelValue } from "../zarr/ome/image-label.ts";
import type { LabelColors } from "./labels/label-colors.ts";
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
  /** They are some of many that are shown alike: what one of them lacks (a channel, a plane) shows nothing, and not its last one. */
  readonly isOneOfMany?: boolean;
};

/** Ids of objects over what lies below them. */
export type LabelLayer = {
  readonly kind: "labels";
  /** Unique in the scene. */
  readonly id: string;
  /** Of the label image's own axes. */
  readonly selection: Selection;
  /** Index along the label image's channel axis; 0 where there is none. */
  readonly channel: number;
  /** As those of images: one, or the wells of a plate. */
  readonly members: readonly TileCatalogue[];
  /** 0 … 1, times the alpha of the colours. */
  readonly opacity: number;
  readonly style: "fill" | "outline";
  /** Compared by identity. */
  readonly colors: LabelColors;
  /** The object that stands out. */
  readonly highlighted: LabelValue | undefined;
};

export type SceneLayer = IntensityLayer | LabelLayer;

const channelsOfLayer = new WeakMap<SceneLayer, readonly number[]>();

/** Channels of a layer's images that are wanted, in the order of drawing; found once, for a plate asks for each of its wells. */
export function channelsOf(layer: SceneLayer): readonly number[] {
  let channels = channelsOfLayer.get(layer);
  if (channels === undefined) {
    channels =
      layer.kind === "labels"
        ? [layer.channel]
        : layer.channels.flatMap(({ visible, index }) => (visible ? [index] : []));
    channelsOfLayer.set(layer, channels);
  }
  return channels;
}

/** Whether a member of a layer is only predicted so far (`IntensityLayer.provisional`). */
export function isPredicted(layer: SceneLayer, catalogue: TileCatalogue): boolean {
  return layer.kind === "intensity" && (layer.provisional?.has(catalogue) ?? false);
}

/** The layers that are pictures; labels lie over them. */
export function intensityLayers({ layers }: Pick<Scene, "layers">): IntensityLayer[] {
  return layers.filter((layer) => layer.kind === "intensity");
}

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

/** What a label image has under one point, from the finest level that is decoded. */
export type LabelReadout = {
  /** The layer's id. */
  readonly layer: string;
  /** Index into the label image's levels. */
  readonly level: number;
  /** Integers beyond 2^53 as decimal strings; 0 is background. */
  readonly value: number | string;
};

/** What the stage says about the frame that it just drew. */
/** Tiles whose checksum is wrong: failed for that alone, and shown on demand with a mark. */
export type ChecksumCounts = { readonly mismatched: number; readonly shown: number };

export type StageStatus = {
  readonly view: ViewState;
  /** Size of the canvas in CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Visible-tier tiles, summed over visible channels. */
  readonly tiles: TileCounts;
  /** Those of label layers among them, by the layer's id. */
  readonly labelTiles: readonly { readonly layer: string; readonly tiles: TileCounts }[];
  readonly checksums: ChecksumCounts;
  /** Index into `image.levels` that the current zoom asks for, of the image in the middle of the view. */
  readonly level: number;
  readonly gpuBytes: number;
  /** Texture pages among these bytes. */
  readonly gpuPages: number;
  readonly drawCalls: number;
};
