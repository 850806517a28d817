import { allocateElements, type ElementArray } from "../array/data-type.ts";
import type { JsonObject } from "../json.ts";
import { UnsupportedCodecError } from "./codec.ts";
import type { ArrayToArrayCodec } from "./codec-definition.ts";

/** Edge of the square tiles in which two axes are exchanged; a tile of both sides stays in the first-level cache. */
const tile = 32;

/** `transpose` (Zarr v3 core): axis i of the stored array is axis `order[i]` of the chunk. Also v2's order F. */
export const transposeCodec: ArrayToArrayCodec = {
  kind: "array-to-array",
  encodedSpec(spec, configuration) {
    const order = parseOrder(configuration, spec.shape.length);
    const { clippedShape } = spec;
    return {
      ...spec,
      shape: order.map((axis) => spec.shape[axis]!),
      ...(clippedShape ? { clippedShape: order.map((axis) => clippedShape[axis]!) } : {}),
    };
  },
  decode(encoded, spec, configuration) {
    const { shape, dataType } = spec;
    const order = parseOrder(configuration, shape.length);
    if (order.every((axis, index) => axis === index)) return { ...encoded, shape };
    const elements = allocateElements(dataType, encoded.elements.length);
    const lanes = elements.BYTES_PER_ELEMENT === 8 ? 2 : 1;
    const stride = new Array<number>(shape.length).fill(lanes);
    let step = lanes;
    for (let i = order.length - 1; i >= 0; i--) {
      stride[order[i]!] = step;
      step *= shape[order[i]!]!;
    }
    const fastAxis = order[order.length - 1]!;
    for (let lane = 0; lane < lanes; lane++) {
      gather(words(encoded.elements, lane), stride, words(elements, lane), shape, fastAxis, lanes);
    }
    return { shape, dataType, elements };
  },
};

/** "C" and "F" are an older draft's spelling (Z3-32). */
function parseOrder(configuration: JsonObject, rank: number): number[] {
  const { order } = configuration;
  const identity = Array.from({ length: rank }, (_, axis) => axis);
  if (order === "C") return identity;
  if (order === "F") return identity.reverse();
  if (Array.isArray(order) && order.length === rank) {
    const axes = order.filter((axis) => typeof axis === "number");
    const seen = new Set(axes);
    if (identity.every((axis) => seen.has(axis))) return axes;
  }
  throw new UnsupportedCodecError(
    "transpose",
    `The codec "transpose" has the order ${JSON.stringify(order)}, which does not permute ${rank} axes.`,
  );
}

type Words = Uint8Array | Uint16Array | Uint32Array;

/** The elements as bare words, so that few kinds of arrays reach the loop; 8 bytes are moved as two lanes of 4. */
function words(elements: ElementArray, lane: number): Words {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT } = elements;
  if (BYTES_PER_ELEMENT === 1) return new Uint8Array(buffer, byteOffset, byteLength);
  if (BYTES_PER_ELEMENT === 2) return new Uint16Array(buffer, byteOffset, byteLength / 2);
  return new Uint32Array(buffer, byteOffset, byteLength / 4).subarray(lane);
}

/**
 * `target` in C order of `shape` from `source` with the given strides. `fastAxis` is the axis along which the source
 * is contiguous: it and the last axis are walked in tiles, all others one by one.
 * Strides count words; an element has `lanes` words, of which one is moved.
 */
function gather(
  source: Words,
  stride: readonly number[],
  target: Words,
  shape: readonly number[],
  fastAxis: number,
  lanes: number,
): void {
  if (source.length === 0) return;
  const rank = shape.length;
  const last = rank - 1;
  const columns = shape[last]!;
  const columnStride = stride[last]!;
  const targetStride = new Array<number>(rank).fill(lanes);
  for (let axis = last - 1; axis >= 0; axis--) {
    targetStride[axis] = targetStride[axis + 1]! * shape[axis + 1]!;
  }
  const contiguous = fastAxis === last;
  const rows = contiguous ? 1 : shape[fastAxis]!;
  const rowStride = contiguous ? 0 : stride[fastAxis]!;
  const targetRowStride = contiguous ? 0 : targetStride[fastAxis]!;
  const outer = shape.map((_, axis) => axis).filter((axis) => axis !== last && axis !== fastAxis);
  const index = new Array<number>(rank).fill(0);
  let from = 0;
  let to = 0;
  for (;;) {
    for (let row0 = 0; row0 < rows; row0 += tile) {
      const rowEnd = Math.min(row0 + tile, rows);
      for (let column0 = 0; column0 < columns; column0 += tile) {
        const columnEnd = Math.min(column0 + tile, columns);
        for (let row = row0; row < rowEnd; row++) {
          let s = from + row * rowStride + column0 * columnStride;
          let t = to + row * targetRowStride + column0 * lanes;
          for (let column = column0; column < columnEnd; column++) {
            target[t] = source[s]!;
            s += columnStride;
            t += lanes;
          }
        }
      }
    }
    let k = outer.length - 1;
    for (; k >= 0; k--) {
      const axis = outer[k]!;
      from += stride[axis]!;
      to += targetStride[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= stride[axis]! * shape[axis]!;
      to -= targetStride[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (k < 0) return;
  }
}
