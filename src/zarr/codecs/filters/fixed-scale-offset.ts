import { UnsupportedCodecError } from "../codec.ts";
import type { ArrayToArrayCodec } from "../codec-definition.ts";
import { castElements } from "./cast-elements.ts";
import { roundingOf } from "./scale-offset-values.ts";

/**
 * numcodecs' `fixedscaleoffset`: stored ÷ scale + offset, in the stored type where it is a float, else in float64; then
 * converted to `dtype` as NumPy converts (integers are truncated, not rounded).
 */
export const decode: ArrayToArrayCodec["decode"] = (
  encoded,
  { shape, dataType },
  configuration,
) => {
  const { scale, offset } = configuration;
  if (typeof scale !== "number" || typeof offset !== "number") {
    throw new UnsupportedCodecError(
      "fixedscaleoffset",
      'The codec "fixedscaleoffset" has no number as scale or offset.',
    );
  }
  const round = roundingOf(encoded.dataType);
  const { elements: stored } = encoded;
  const [divisor, summand] = [round(scale), round(offset)];
  const values = new Float64Array(stored.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = round(round(Number(stored[i]) / divisor) + summand);
  }
  return {
    shape,
    dataType,
    elements: dataType === "float64" ? values : castElements(values, dataType),
  };
};
