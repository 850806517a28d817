import { scaleAndShift } from "../../src/layers/tiles/affine.ts";
import { type TileCatalogue, tileCatalogue } from "../../src/layers/tiles/tile-catalogue.ts";
import { readChunkShape } from "../../src/zarr/array/read-grid.ts";
import type { ArrayHandle } from "../../src/zarr/chunks/chunk-request.ts";
import type { ChunkScheduler } from "../../src/zarr/chunks/chunk-scheduler.ts";
import type { ImageModel } from "../../src/zarr/image/image-model.ts";
import type { ImagePlacement } from "../../src/zarr/plate/plate-layout.ts";
import type { Store } from "../../src/zarr/store/store.ts";
import { nextArrayId } from "../chunk-machinery.ts";

/** An image that lies on the plate; its arrays are registered with the scheduler until they are forgotten. */
export type FieldImage = {
  readonly image: ImageModel;
  readonly placement: ImagePlacement;
  readonly catalogue: TileCatalogue;
};

/** Registers the arrays of an image and lays it on the plate. */
export function layOnPlate(
  image: ImageModel,
  placement: ImagePlacement,
  { scheduler, store }: { readonly scheduler: ChunkScheduler; readonly store: Store },
): FieldImage {
  const arrays = image.levels.map(({ array }): ArrayHandle => {
    const shape = readChunkShape(array);
    return { id: nextArrayId(), store: store.spec, metadata: array, readChunkShape: shape };
  });
  for (const array of arrays) scheduler.register(array, store.origin);
  const { scale, x0, y0 } = placement;
  return {
    image,
    placement,
    catalogue: tileCatalogue(image, arrays, scaleAndShift(scale, x0, scale, y0)),
  };
}
