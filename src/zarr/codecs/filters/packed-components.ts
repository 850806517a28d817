import { allocateElements, elementCount, storedItemBytes } from "../../array/data-type.ts";
import { CorruptChunkError } from "../codec.ts";
import type { ArrayToBytesCodec } from "../codec-definition.ts";
import { elementsFromBytes } from "../elements-from-bytes.ts";
import { type BitRange, bitRange, paddingBytes } from "./bit-range.ts";

/** `packbits` (registered extension): bits are taken from the lowest on; signed integers are extended by their sign, the bits left out are 0. */
export const decode: ArrayToBytesCodec["decode"] = async (bytes, spec, configuration) => {
  const { shape, dataType } = spec;
  const range = bitRange(dataType, configuration);
  const elements = elementCount(shape);
  const packed = Math.ceil((elements * range.count) / 8);
  if (bytes.length !== packed + paddingBytes(configuration)) {
    throw new CorruptChunkError(`packbits: ${bytes.length} bytes where ${packed} were expected.`);
  }
  const start = configuration.padding_encoding === "first_byte" ? 1 : 0;
  if (paddingBytes(configuration) === 1) {
    const padding = bytes[start === 1 ? 0 : packed]!;
    if (padding !== packed * 8 - elements * range.count) {
      throw new CorruptChunkError(`packbits: ${padding} padding bits do not fit its length.`);
    }
  }
  const itemBytes = storedItemBytes[dataType];
  const unpacked = new Uint8Array(elements * itemBytes);
  unpack(bytes, start * 8, unpacked, elements, itemBytes * 8, range, dataType.startsWith("int"));
  if (elements === 0) return { shape, dataType, elements: allocateElements(dataType, 0) };
  return { shape, dataType, elements: elementsFromBytes(unpacked, dataType, true) };
};

function unpack(
  source: Uint8Array,
  firstBit: number,
  target: Uint8Array,
  elements: number,
  itemBits: number,
  { first, count }: BitRange,
  signed: boolean,
): void {
  let bit = firstBit;
  for (let element = 0; element < elements; element++) {
    const base = element * itemBits + first;
    let last = 0;
    for (let k = 0; k < count; k++, bit++) {
      last = (source[bit >> 3]! >> (bit & 7)) & 1;
      if (last) target[(base + k) >> 3]! |= 1 << ((base + k) & 7);
    }
    if (!signed || last === 0) continue;
    for (let k = first + count; k < itemBits; k++) {
      const at = element * itemBits + k;
      target[at >> 3]! |= 1 << (at & 7);
    }
  }
}
