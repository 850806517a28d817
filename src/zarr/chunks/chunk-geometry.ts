import type { ArrayMetadata, ChunkCoords } from "../array/array-metadata.ts";
import { type ChunkAxis, chunkSpan } from "../array/chunk-axis.ts";
import { codedType, laneShape } from "../array/stored-item.ts";
import type { ChunkSpec } from "../codecs/codec.ts";

/**
 * What a stored chunk must decode to, with the clipped shape where the chunk overhangs the array's edge. Shapes are those that codecs see,
 * with `laneShape` behind.
 * @param axes the grid in which `coords` counts
 */
export function chunkSpecAt(
  metadata: Pick<ArrayMetadata, "dataType" | "item" | "fillValue">,
  axes: readonly ChunkAxis[],
  coords: ChunkCoords,
): ChunkSpec {
  const lanes = laneShape(metadata);
  const spans = axes.map((axis, dim) => chunkSpan(axis, coords[dim]!));
  const inside = spans.map(({ start, length }, dim) => Math.min(length, axes[dim]!.size - start));
  const overhangs = spans.some(({ length }, dim) => inside[dim]! < length);
  const [firstFill] = metadata.item?.fill ?? [];
  return {
    shape: [...spans.map(({ length }) => length), ...lanes],
    dataType: codedType(metadata),
    fillValue: firstFill ?? metadata.fillValue,
    ...(lanes.length > 0 && metadata.item ? { fillLanes: metadata.item.fill } : {}),
    ...(overhangs ? { clippedShape: [...inside, ...lanes] } : {}),
  };
}
