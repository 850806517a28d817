import type { ValueReadout } from "../src/layers/scene.ts";
import type { CursorReadout } from "../src/ui/state/viewer-state.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";

/** Position under the cursor in world units and as indices of the finest level; undefined outside the image. */
export function cursorReadout(
  image: ImageModel,
  world: readonly [number, number],
  readout: ValueReadout | undefined,
): CursorReadout | undefined {
  const { xDim, yDim } = image.axes;
  const level = image.levels[0];
  if (!level) return undefined;
  const indexOf = (dim: number, position: number) => {
    const { scale, translation } = level.worldFromIndex;
    return Math.round((position - (translation[dim] ?? 0)) / (scale[dim] ?? 1));
  };
  const x = indexOf(xDim, world[0]);
  const y = indexOf(yDim, world[1]);
  const inside = x >= 0 && y >= 0 && x < (level.shape[xDim] ?? 0) && y < (level.shape[yDim] ?? 0);
  return inside ? { world, indexPx: [x, y], readout } : undefined;
}
