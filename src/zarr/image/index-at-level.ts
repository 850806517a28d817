import type { ImageModel, PyramidLevel } from "./image-model.ts";

/**
 * Index along dimension `dim` of `image.levels[level]` whose pixel lies nearest, in world coordinates, to `finestIndex` of the finest
 * level; inside the level's bounds. Levels may be down-sampled along any dimension (N4-17).
 */
export function indexAtLevel(
  image: ImageModel,
  level: number,
  dim: number,
  finestIndex: number,
): number {
  const fine = image.levels[0];
  const coarse = image.levels[level];
  if (!fine || !coarse) return 0;
  const size = coarse.shape[dim] ?? 1;
  const index = keepsIndices(image, fine, coarse, dim)
    ? finestIndex
    : nearestIndex(fine, coarse, dim, finestIndex);
  return Math.min(Math.max(Math.round(index), 0), Math.max(size - 1, 0));
}

/**
 * As many indices, and an axis where positions mean nothing (channels, time points, plain sliders) or where the scales contradict
 * each other (a writer that scaled z although it kept every plane): index k is plane k. Going by the scale would show another plane.
 */
function keepsIndices(image: ImageModel, fine: PyramidLevel, coarse: PyramidLevel, dim: number) {
  if (fine.shape[dim] !== coarse.shape[dim]) return false;
  const role = image.axes.axes[dim]?.role;
  if (role === "c" || role === "t" || role === undefined) return true;
  return fine.worldFromIndex.scale[dim] !== coarse.worldFromIndex.scale[dim];
}

function nearestIndex(fine: PyramidLevel, coarse: PyramidLevel, dim: number, index: number) {
  const from = fine.worldFromIndex;
  const to = coarse.worldFromIndex;
  const world = (from.scale[dim] ?? 1) * index + (from.translation[dim] ?? 0);
  const nearest = (world - (to.translation[dim] ?? 0)) / (to.scale[dim] ?? 1);
  return Number.isFinite(nearest) ? nearest : index;
}
