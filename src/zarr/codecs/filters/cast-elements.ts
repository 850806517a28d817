import { allocateElements, type DataType, type ElementArray } from "../../array/data-type.ts";
import { roundToFloat16 } from "../../array/float16.ts";

type BigElements = BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

/** What numpy on x86 makes of a float that is no 64-bit integer. */
const noInteger = -(2n ** 63n);

/**
 * NumPy's `astype`: floats are truncated to integers, integers wrap, anything but 0 is true. The result is a new array
 * of `dataType`.
 */
export function castElements(source: ElementArray, dataType: DataType): ElementArray {
  const target = allocateElements(dataType, source.length);
  if (dataType === "bool") {
    for (let i = 0; i < target.length; i++) target[i] = Number(source[i]) === 0 ? 0 : 1;
  } else if (isBig(target)) {
    if (isBig(source)) target.set(source);
    else for (let i = 0; i < target.length; i++) target[i] = truncatedBigInt(source[i]!);
  } else if (isBig(source)) {
    const isFloat = target instanceof Float32Array || target instanceof Float64Array;
    for (let i = 0; i < target.length; i++) {
      target[i] = Number(isFloat ? source[i]! : BigInt.asIntN(32, source[i]!));
    }
  } else {
    target.set(source);
  }
  if (dataType === "float16") roundElements(target);
  return target;
}

export function isBig(elements: ElementArray): elements is BigElements {
  return elements instanceof BigInt64Array || elements instanceof BigUint64Array;
}

/** Rounds every element to a float16, in place. */
export function roundElements(elements: ElementArray): void {
  if (isBig(elements)) return;
  for (let i = 0; i < elements.length; i++) elements[i] = roundToFloat16(elements[i]!);
}

function truncatedBigInt(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : noInteger;
}
