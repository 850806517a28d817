import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import type { Stage } from "../src/layers/stage.ts";
import { type TileCatalogue, tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import { cursorReadout } from "./cursor-readout.ts";
import type { LabelSet } from "./label-set.ts";
import type { OpenSource } from "./open-source.ts";
import type { ShownImages } from "./scene-of-state.ts";

/** What is open and on show: an image, or a plate. */
export interface ShownSource {
  /** The image in which display limits are looked for; undefined while there is none. */
  readonly contrastCatalogue: TileCatalogue | undefined;
  /** More images follow with the next frames, whatever the last one showed. */
  readonly isPartial: boolean;
  images(state: ViewerState): ShownImages;
  /** What lies under the cursor, at a point of the scene. */
  hover(
    world: readonly [number, number],
    stage: Pick<Stage, "valueAt" | "labelsAt">,
  ): Partial<Pick<ViewerState, "cursor" | "hoveredCell">>;
  /** A frame was drawn, with the newest scene. */
  afterFrame(frame: ComposedFrame | undefined): void;
  dispose(): void;
}

/** One image on show, with the labels over it that are shown. */
export function shownImage({ image, arrays, dispose }: OpenSource, labels: LabelSet): ShownSource {
  const catalogue = tileCatalogue(image, arrays);
  const members = [catalogue];
  return {
    contrastCatalogue: catalogue,
    isPartial: false,
    images: (state) => ({ members, labels: labels.layers(state) }),
    hover: (world, stage) => {
      const ids = stage.labelsAt(...world);
      return { cursor: cursorReadout(image, world, stage.valueAt(...world), ids) };
    },
    afterFrame: () => {},
    dispose,
  };
}
