import { allocateElements, type ElementArray } from "../array/data-type.ts";
import { showItems } from "../array/show-items.ts";
import type { StoredItem } from "../array/stored-item.ts";
import type { ChunkArray } from "../codecs/codec.ts";
import type { PlaneCut } from "./chunk-request.ts";
import type { DecodedPlane } from "./chunk-state.ts";
import { planeStatistics } from "./plane-statistics.ts";

/** True if the cut takes every element of the chunk in stored order, so that no copy is needed. */
export function isWholeChunk(shape: readonly number[], cut: PlaneCut): boolean {
  if (cut.yDim > cut.xDim && cut.yDim < shape.length) return false;
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
 * @param item of the array, if its elements are no plain numbers: the plane has what its view names
 * @throws RangeError if the cut does not lie inside the chunk
 */
export function cutPlane(
  chunk: ChunkArray,
  cut: PlaneCut,
  buffer: "keep" | "hand-over" = "hand-over",
  item?: StoredItem,
): DecodedPlane {
  const lanes = item?.lanes?.count ?? 1;
  // Codecs see an element of several numbers as one more dimension.
  const shape = lanes > 1 ? chunk.shape.slice(0, -1) : chunk.shape;
  const isWhole = isWholeChunk(shape, cut) && buffer === "hand-over";
  const cutOut = isWhole ? chunk.elements : cutElements(chunk, shape, lanes, cut);
  const elements = item === undefined ? cutOut : showItems(cutOut, item);
  const complex = item?.view?.kind === "complex" ? { complex: cutOut } : undefined;
  const texels = texelsOf(elements);
  const statistics = planeStatistics(elements);
  const byteLength =
    elements.byteLength +
    (complex?.complex.byteLength ?? 0) +
    (texels?.byteLength ?? 0) +
    (statistics?.histogram.byteLength ?? 0);
  const { width, height } = cut;
  const unverified = chunk.unverified ? { unverified: chunk.unverified } : undefined;
  return { width, height, elements, ...complex, texels, statistics, ...unverified, byteLength };
}

/** @param shape of the chunk in whole elements, each of `lanes` numbers */
function cutElements(
  { elements, dataType }: ChunkArray,
  shape: readonly number[],
  lanes: number,
  cut: PlaneCut,
): ElementArray {
  // The one row of a strip has no dimension of its own.
  const isStrip = cut.yDim === shape.length && cut.height === 1;
  const isPlane = shape[cut.xDim] !== undefined && (isStrip || shape[cut.yDim] !== undefined);
  if (!isPlane || cut.yDim === cut.xDim || !(cut.height > 0 && cut.width > 0)) {
    throw new RangeError(
      `No plane of ${cut.height} × ${cut.width} in dimensions ${cut.yDim}, ${cut.xDim}.`,
    );
  }
  const strides = new Array<number>(shape.length);
  let stride = lanes;
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
  const rowStride = strides[cut.yDim] ?? 0;
  const columnStride = strides[cut.xDim]!;
  const plane = allocateElements(dataType, height * width * lanes);
  const rowLength = width * lanes;
  if (columnStride === lanes) {
    for (let row = 0; row < height; row++) {
      const from = first + row * rowStride;
      copyRow(plane, row * rowLength, elements, from, rowLength);
    }
    return plane;
  }
  for (let row = 0; row < height; row++) {
    let from = first + row * rowStride;
    const end = (row + 1) * rowLength;
    for (let to = row * rowLength; to < end; to += lanes, from += columnStride) {
      for (let lane = 0; lane < lanes; lane++) plane[to + lane] = elements[from + lane]!;
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
