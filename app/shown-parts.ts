import type { ValueReadout } from "../src/layers/scene.ts";
import type { Stage } from "../src/layers/stage.ts";
import { areaContains } from "../src/layers/tiles/area.ts";
import { type TileCatalogue, tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { DecodedPlane } from "../src/zarr/chunks/chunk-state.ts";
import type { Selection } from "../src/zarr/image/image-model.ts";
import { partSelection } from "../src/zarr/image/scene-axes.ts";
import type { ContrastPlane } from "./auto-contrast.ts";
import { cursorReadout } from "./cursor-readout.ts";
import type { OpenSource } from "./open-source.ts";
import type { ShownSource } from "./shown-source.ts";

/** One image of a scene, as it is drawn. */
export type ShownPart = {
  /** Unique among the parts; id of its layer. */
  readonly id: string;
  readonly catalogue: TileCatalogue;
  /** Its channels among those of the whole: first, and how many. */
  readonly firstChannel: number;
  readonly channelCount: number;
  /** Its planes at a place of the whole, the same object for the same one; undefined where it does not reach. */
  selectionAt(selection: Selection): Selection | undefined;
};

/** A scene on show: its images over each other. */
export function shownScene({ image, parts: opened, dispose }: OpenSource): ShownSource {
  const parts = (image.parts ?? []).map((part, k): ShownPart => {
    return {
      id: `image ${k}`,
      catalogue: tileCatalogue(part.image, opened[k]?.arrays ?? []),
      firstChannel: part.firstChannel,
      channelCount: part.image.channels.length,
      selectionAt: rememberLast((selection) => partSelection(image, part.image, selection)),
    };
  });
  const members = parts.map(({ catalogue }) => catalogue);
  let shown: Selection = image.defaultSelection;
  return {
    isPartial: false,
    contrastPlane: (channel, selection) => planeOfChannel(parts, channel, selection),
    planesInView: (stage, channel) => partPlanesInView(parts, stage, channel),
    images: ({ selection }) => {
      shown = selection;
      return { members, parts };
    },
    hover: (world, stage) => ({
      cursor: partReadout(partAt(parts, shown, world), world, stage.valueAt(...world)),
    }),
    afterFrame: () => {},
    dispose,
  };
}

/** `readout` counts the part's own channels, the result those of the whole. */
function partReadout(
  part: ShownPart | undefined,
  world: readonly [number, number],
  readout: ValueReadout | undefined,
) {
  if (!part) return undefined;
  const values = readout?.values.map(({ channel, ...value }) => {
    return { ...value, channel: channel + part.firstChannel };
  });
  return cursorReadout(part.catalogue.image, world, readout && values && { ...readout, values });
}

function rememberLast(
  find: (selection: Selection) => Selection | undefined,
): ShownPart["selectionAt"] {
  let last: { readonly asked: Selection; readonly found: Selection | undefined } | undefined;
  return (asked) => {
    if (last?.asked !== asked) last = { asked, found: find(asked) };
    return last.found;
  };
}

/** Index of a channel of the whole within a part; undefined if it is none of its channels. */
function channelOfPart(part: ShownPart, channel: number): number | undefined {
  const index = channel - part.firstChannel;
  return index >= 0 && index < part.channelCount ? index : undefined;
}

/** A channel of the whole as one of the first part that has it, and that part's planes. */
function planeOfChannel(
  parts: readonly ShownPart[],
  channel: number,
  selection: Selection,
): ContrastPlane | undefined {
  for (const part of parts) {
    const index = channelOfPart(part, channel);
    if (index === undefined) continue;
    const { catalogue } = part;
    const plane = part.selectionAt(selection) ?? catalogue.image.defaultSelection;
    return { catalogue, selection: plane, index };
  }
  return undefined;
}

/** Decoded planes of a channel of the whole that are in view, of all parts that have it. */
function partPlanesInView(
  parts: readonly ShownPart[],
  stage: Pick<Stage, "planesInView">,
  channel: number,
): readonly DecodedPlane[] {
  return parts.flatMap((part) => {
    const index = channelOfPart(part, channel);
    return index === undefined ? [] : stage.planesInView(index, part.id);
  });
}

/** The topmost part at a place in the world. */
function partAt(
  parts: readonly ShownPart[],
  selection: Selection,
  [x, y]: readonly [number, number],
): ShownPart | undefined {
  return parts.findLast(({ catalogue: { levels }, selectionAt }) => {
    const [finest] = levels;
    return finest && selectionAt(selection) && areaContains(finest.imageArea, x, y);
  });
}
