import { allocateElements, type DataType, type ElementArray } from "../array/data-type.ts";
import { bitsFromFloat16 } from "../array/float16.ts";

/** Decoded elements as bytes of their stored type (float16 has two), in the order of this machine: little-endian wherever browsers run. */
export function storedBytes(elements: ElementArray, dataType: DataType): Uint8Array<ArrayBuffer> {
  const isWidened = dataType === "float16" && elements instanceof Float32Array;
  const stored = isWidened ? Uint16Array.from(elements, bitsFromFloat16) : elements;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

/** The bytes of one element that was never written. @param fill one number per lane */
export function fillBytes(fill: readonly (number | bigint)[], dataType: DataType) {
  const elements = allocateElements(dataType, fill.length);
  for (const [lane, value] of fill.entries()) elements[lane] = value;
  return storedBytes(elements, dataType);
}
