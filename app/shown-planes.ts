import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import { planTiles } from "../src/layers/tiles/plan-tiles.ts";
import { sameSelection } from "../src/layers/tiles/selection-history.ts";
import type { ChunkClient } from "../src/zarr/chunks/chunk-request.ts";
import { isThere } from "../src/zarr/chunks/chunk-state.ts";
import type { Selection } from "../src/zarr/image/image-model.ts";
import type { PlanePaceDeps } from "./plane-pace.ts";

/** More images in view would cost more to look through than it helps. */
const mostImages = 16;

type ShownPlanesDeps = {
  readonly chunks: ChunkClient;
  /** The stage's last frame. */
  drawn(): ComposedFrame | undefined;
};

/** Whether a frame is of a selection, however much of that is there yet. */
export function showsSelection(
  { parts: [first] }: Pick<ComposedFrame, "parts">,
  selection: Selection,
): boolean {
  return !!first && sameSelection(first.input.selection, selection);
}

/** What the last frame and the memory say of planes. */
export function shownPlanes({
  drawn,
  chunks,
}: ShownPlanesDeps): Pick<PlanePaceDeps, "isShown" | "isThere"> {
  return {
    isShown: (selection) => {
      const frame = drawn();
      return !!frame?.complete && showsSelection(frame, selection);
    },
    isThere: (selection) => {
      const images = drawn()?.parts.filter(({ layer }) => layer.kind === "intensity") ?? [];
      if (images.length === 0 || images.length > mostImages) return false;
      return images.every(({ input }) =>
        planTiles({ ...input, selection }).wanted.every(({ ref }) =>
          isThere(chunks.state(ref.key)),
        ),
      );
    },
  };
}
