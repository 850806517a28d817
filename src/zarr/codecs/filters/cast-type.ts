import type { ArrayToArrayCodec } from "../codec-definition.ts";
import { castElements } from "./cast-elements.ts";

/** numcodecs' `astype` and `quantize` (lossy when written): the stored type converted back, as NumPy converts. */
export const decode: ArrayToArrayCodec["decode"] = (encoded, { shape, dataType }) => {
  const elements =
    encoded.dataType === dataType ? encoded.elements : castElements(encoded.elements, dataType);
  return { shape, dataType, elements };
};
