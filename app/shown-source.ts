import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import type { Stage } from "../src/layers/stage.ts";
import { tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { DecodedPlane } from "../src/zarr/chunks/chunk-state.ts";
import type { Selection } from "../src/zarr/image/image-model.ts";
import type { ContrastPlane } from "./auto-contrast.ts";
import { cursorReadout } from "./cursor-readout.ts";
import type { LabelSet } from "./label-set.ts";
import type { OpenSource } from "./open-source.ts";
import type { ShownImages } from "./scene-of-state.ts";
import { shownScene } from "./shown-parts.ts";

/** What is open and on show: an image, or a plate. */
export interface ShownSource {
  /** Where display limits of a channel are looked for; undefined while there is nothing. */
  contrastPlane(channel: number, selection: Selection): ContrastPlane | undefined;
  /** Decoded planes of a channel that are in view, where they are not simply those of the stage. */
  planesInView?(stage: Pick<Stage, "planesInView">, channel: number): readonly DecodedPlane[];
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

/** Decoded planes of a channel that are in view. */
export function planesInView(
  source: ShownSource | undefined,
  stage: Pick<Stage, "planesInView"> | undefined,
  channel: number,
): readonly DecodedPlane[] {
  if (!stage) return [];
  return source?.planesInView?.(stage, channel) ?? stage.planesInView(channel);
}

/** One image on show, with the labels over it that are shown; or the images of a scene. */
export function shownImage(opened: OpenSource, labels: LabelSet): ShownSource {
  const { image, arrays, dispose } = opened;
  if (image.parts) return shownScene(opened);
  const catalogue = tileCatalogue(image, arrays);
  const members = [catalogue];
  return {
    contrastPlane: (index, selection) => ({ catalogue, selection, index }),
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
