import type { Selection } from "../../zarr/image/image-model.ts";
import type { ChannelRendering, IntensityLayer, Scene } from "../scene.ts";
import { type Affine, identity } from "../tiles/affine.ts";
import { type TileCatalogue, tileCatalogue } from "../tiles/tile-catalogue.ts";
import type { SyntheticImage } from "./synthetic-image.ts";

/** A channel rendering of white from 0 to 4000, with changes. */
export function rendering(change: Partial<ChannelRendering> = {}): ChannelRendering {
  return {
    index: 0,
    visible: true,
    color: "FFFFFF",
    window: { start: 0, end: 4000 },
    gamma: 1,
    inverted: false,
    lut: null,
    ...change,
  };
}

/** A scene of one synthetic image. */
export function sceneOf(
  synthetic: SyntheticImage,
  channels: readonly ChannelRendering[] = [rendering()],
  {
    selection = synthetic.image.defaultSelection,
    background = "000000",
  }: { readonly selection?: Selection; readonly background?: string } = {},
): Scene {
  return { layers: [layerOf(synthetic, { channels, selection })], background };
}

/** A layer of one synthetic image; the image's catalogue is made once for each placement. */
export function layerOf(
  synthetic: SyntheticImage,
  {
    channels = [rendering()],
    selection = synthetic.image.defaultSelection,
    placement = identity,
    id = "image",
  }: {
    readonly channels?: readonly ChannelRendering[];
    readonly selection?: Selection;
    readonly placement?: Affine;
    readonly id?: string;
  } = {},
): IntensityLayer {
  const members = [catalogueOf(synthetic, placement)];
  return { kind: "intensity", id, selection, channels, members };
}

const catalogues = new WeakMap<SyntheticImage, Map<Affine, TileCatalogue>>();

/** The catalogue of a synthetic image, made once for each placement. */
export function catalogueOf(
  synthetic: SyntheticImage,
  placement: Affine = identity,
): TileCatalogue {
  let known = catalogues.get(synthetic);
  if (!known) {
    known = new Map();
    catalogues.set(synthetic, known);
  }
  let catalogue = known.get(placement);
  if (!catalogue) {
    catalogue = tileCatalogue(synthetic.image, synthetic.arrays, placement);
    known.set(placement, catalogue);
  }
  return catalogue;
}
