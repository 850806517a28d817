import { elementCount } from "../../array/data-type.ts";
import { CorruptChunkError } from "../codec.ts";
import type { ArrayToArrayCodec } from "../codec-definition.ts";

/** numcodecs' `packbits`: the first byte counts the padding bits at the end; the highest bit of a byte comes first. */
export const decode: ArrayToArrayCodec["decode"] = (encoded, { shape, dataType }) => {
  const count = elementCount(shape);
  const bytes = encoded.elements;
  const padding = (8 - (count % 8)) % 8;
  if (Number(bytes[0]) !== padding) {
    throw new CorruptChunkError(`packbits: ${bytes[0]} padding bits where there are ${padding}.`);
  }
  const elements = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    elements[i] = (Number(bytes[1 + (i >> 3)]) >> (7 - (i & 7))) & 1;
  }
  return { shape, dataType, elements };
};
