import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import type { ValueReadout } from "../src/layers/scene.ts";
import { type TileCatalogue, tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import { cursorReadout } from "./cursor-readout.ts";
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
    readout: ValueReadout | undefined,
  ): Partial<Pick<ViewerState, "cursor" | "hoveredCell">>;
  /** A frame was drawn, with the newest scene. */
  afterFrame(frame: ComposedFrame | undefined): void;
  dispose(): void;
}

/** One image on show. */
export function shownImage({ image, arrays, dispose }: OpenSource): ShownSource {
  const catalogue = tileCatalogue(image, arrays);
  const images = { members: [catalogue] };
  return {
    contrastCatalogue: catalogue,
    isPartial: false,
    images: () => images,
    hover: (world, readout) => ({ cursor: cursorReadout(image, world, readout) }),
    afterFrame: () => {},
    dispose,
  };
}
