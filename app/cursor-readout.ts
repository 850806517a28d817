import type { LabelReadout, ValueReadout } from "../src/layers/scene.ts";
import { planeIndexAt } from "../src/layers/tiles/plane-affine.ts";
import type { CursorReadout } from "../src/ui/state/viewer-state.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";

/** Position under the cursor in world units and as indices of the finest level; undefined outside the image. */
export function cursorReadout(
  image: ImageModel,
  world: readonly [number, number],
  readout: ValueReadout | undefined,
  labels: readonly LabelReadout[] = [],
): CursorReadout | undefined {
  const { xDim, yDim } = image.axes;
  const level = image.levels[0];
  if (!level) return undefined;
  const [x, y] = planeIndexAt(level, image.axes, world).map(Math.round);
  if (x === undefined || y === undefined) return undefined;
  const inside = x >= 0 && y >= 0 && x < (level.shape[xDim] ?? 0) && y < (level.shape[yDim] ?? 0);
  return inside ? { world, indexPx: [x, y], readout, labels } : undefined;
}
