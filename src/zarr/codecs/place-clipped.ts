import { allocateElements, type ElementArray, elementCount } from "../array/data-type.ts";
import type { ChunkArray, ChunkSpec } from "./codec.ts";

/** Elements of `spec.shape`, all of them the fill value. */
export function filledElements(spec: ChunkSpec): ElementArray {
  const count = elementCount(spec.shape);
  const elements = fillWith(allocateElements(spec.dataType, count), spec.fillValue);
  const { fillLanes } = spec;
  if (fillLanes && fillLanes.length > 0) {
    for (let i = 0; i < count; i++) elements[i] = fillLanes[i % fillLanes.length]!;
  }
  return elements;
}

/** A chunk stored only as far as the array goes, put at the origin of its full shape with fill value behind. */
export function placeClipped(clipped: ChunkArray, spec: ChunkSpec): ChunkArray {
  const elements = filledElements(spec);
  copyBlock(
    clipped.elements,
    clipped.shape,
    elements,
    spec.shape,
    clipped.shape.map(() => 0),
  );
  return { shape: spec.shape, dataType: spec.dataType, elements };
}

/**
 * Copies the C-ordered block `source` into the C-ordered `target` at `origin`, row by row. Both are of one data type;
 * the block lies within the target.
 */
export function copyBlock(
  source: ElementArray,
  sourceShape: readonly number[],
  target: ElementArray,
  targetShape: readonly number[],
  origin: readonly number[],
): void {
  if (source.length === 0) return;
  const itemBytes = source.BYTES_PER_ELEMENT;
  const from = bytesOf(source);
  const to = bytesOf(target);
  const rank = sourceShape.length;
  const rowBytes = (sourceShape[rank - 1] ?? 1) * itemBytes;
  const stride = new Array<number>(rank).fill(itemBytes);
  for (let axis = rank - 2; axis >= 0; axis--) {
    stride[axis] = stride[axis + 1]! * targetShape[axis + 1]!;
  }
  let at = 0;
  for (let axis = 0; axis < rank; axis++) at += origin[axis]! * stride[axis]!;
  const index = new Array<number>(rank).fill(0);
  for (let row = 0; row < from.length; row += rowBytes) {
    to.set(from.subarray(row, row + rowBytes), at);
    for (let axis = rank - 2; axis >= 0; axis--) {
      at += stride[axis]!;
      if (++index[axis]! < sourceShape[axis]!) break;
      at -= stride[axis]! * sourceShape[axis]!;
      index[axis] = 0;
    }
  }
}

function bytesOf(elements: ElementArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}

function fillWith(elements: ElementArray, value: number | bigint): ElementArray {
  if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) {
    return elements.fill(BigInt(value));
  }
  return elements.fill(Number(value));
}
