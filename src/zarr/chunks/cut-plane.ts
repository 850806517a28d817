import { allocateElements, type ElementArray } from "../array/data-type.ts";
import type { ChunkArray } from "../codecs/codec.ts";
import type { PlaneCut } from "./chunk-request.ts";
import type { DecodedPlane } from "./chunk-state.ts";
import { planeStatistics } from "./plane-statistics.ts";

/** True if the cut takes every element of the chunk in stored order, so that no copy is needed. */
export function isWholeChunk(shape: readonly number[], cut: PlaneCut): boolean {
  if (cut.yDim > cut.xDim) return false;
  return shape.every((size, dim) => {
    if (cut.start[dim] !== 0) return false;
    if (dim === cut.yDim) return size === cut.height;
    if (dim === cut.xDim) return size === cut.width;
    return size === 1;
  });
}

/**
 * Cuts one 2-D plane out of a decoded chunk. The plane's elements are a copy, unless the cut is the whole chunk and the chunk's
 * buffer may be handed over (to another thread, which leaves the chunk empty).
 * @throws RangeError if the cut does not lie inside the chunk
 */
export function cutPlane(
  chunk: ChunkArray,
  cut: PlaneCut,
  buffer: "keep" | "hand-over" = "hand-over",
): DecodedPlane {
  const isWhole = isWholeChunk(chunk.shape, cut);
  const elements = isWhole && buffer === "hand-over" ? chunk.elements : cutElements(chunk, cut);
  const texels = texelsOf(elements);
  const statistics = planeStatistics(elements);
  const byteLength =
    elements.byteLength + (texels?.byteLength ?? 0) + (statistics?.histogram.byteLength ?? 0);
  return { width: cut.width, height: cut.height, elements, texels, statistics, byteLength };
}

function cutElements(chunk: ChunkArray, cut: PlaneCut): ElementArray {
  const { shape, elements } = chunk;
  const isPlane = [cut.yDim, cut.xDim].every((dim) => shape[dim] !== undefined);
  if (!isPlane || cut.yDim === cut.xDim || !(cut.height > 0 && cut.width > 0)) {
    throw new RangeError(
      `No plane of ${cut.height} × ${cut.width} in dimensions ${cut.yDim}, ${cut.xDim}.`,
    );
  }
  const strides = new Array<number>(shape.length);
  let stride = 1;
  let first = 0;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const start = cut.start[dim] ?? -1;
    const extent = dim === cut.yDim ? cut.height : dim === cut.xDim ? cut.width : 1;
    if (start < 0 || start + extent > shape[dim]!) {
      throw new RangeError(
        `Cut ${start}+${extent} outside dimension ${dim} of size ${shape[dim]}.`,
      );
    }
    strides[dim] = stride;
    first += start * stride;
    stride *= shape[dim]!;
  }
  const { height, width } = cut;
  const rowStride = strides[cut.yDim]!;
  const columnStride = strides[cut.xDim]!;
  const plane = allocateElements(chunk.dataType, height * width);
  if (columnStride === 1) {
    for (let row = 0; row < height; row++) {
      const from = first + row * rowStride;
      copyRow(plane, row * width, elements, from, width);
    }
    return plane;
  }
  for (let row = 0; row < height; row++) {
    let from = first + row * rowStride;
    for (let column = 0, to = row * width; column < width; column++, to++, from += columnStride) {
      plane[to] = elements[from]!;
    }
  }
  return plane;
}

function copyRow(
  to: ElementArray,
  at: number,
  from: ElementArray,
  start: number,
  count: number,
): void {
  // Both arrays were allocated for one data type; the test only proves that to the compiler.
  if (to instanceof BigInt64Array || to instanceof BigUint64Array) {
    if (from instanceof BigInt64Array || from instanceof BigUint64Array) {
      to.set(from.subarray(start, start + count), at);
    }
    return;
  }
  if (from instanceof BigInt64Array || from instanceof BigUint64Array) return;
  to.set(from.subarray(start, start + count), at);
}

/** float64, int64 and uint64 have no GPU format: a float32 copy is made here, in the worker, beside the exact values. */
function texelsOf(elements: ElementArray): Float32Array<ArrayBuffer> | undefined {
  if (elements instanceof Float64Array) return Float32Array.from(elements);
  if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) {
    return Float32Array.from(elements, Number);
  }
  return undefined;
}
