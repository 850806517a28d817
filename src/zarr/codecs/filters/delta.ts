import { roundToFloat16 } from "../../array/float16.ts";
import type { ArrayToArrayCodec } from "../codec-definition.ts";
import { castElements, isBig } from "./cast-elements.ts";

/** numcodecs' `delta`: running sums in the decoded type, over the chunk in C order. Integers wrap, floats round at each step. */
export const decode: ArrayToArrayCodec["decode"] = (encoded, { shape, dataType }) => {
  // The sums are made in place: in the decoder's own buffer, or in the converted copy.
  const elements =
    encoded.dataType === dataType ? encoded.elements : castElements(encoded.elements, dataType);
  if (isBig(elements)) {
    for (let i = 1; i < elements.length; i++) elements[i] = elements[i]! + elements[i - 1]!;
  } else if (dataType === "bool") {
    for (let i = 1; i < elements.length; i++) elements[i] = elements[i]! | elements[i - 1]!;
  } else if (dataType === "float16") {
    for (let i = 1; i < elements.length; i++) {
      elements[i] = roundToFloat16(elements[i]! + elements[i - 1]!);
    }
  } else {
    for (let i = 1; i < elements.length; i++) elements[i] = elements[i]! + elements[i - 1]!;
  }
  return { shape, dataType, elements };
};
