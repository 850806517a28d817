import { allocateElements } from "../../array/data-type.ts";
import type { JsonObject } from "../../json.ts";
import { type ChunkSpec, CorruptChunkError } from "../codec.ts";
import type { ArrayToArrayCodec } from "../codec-definition.ts";
import { isBig } from "./cast-elements.ts";
import { roundingOf, scaledFill, scaleOffsetOf } from "./scale-offset-values.ts";

/** The fill value is scaled, too. */
export async function encodedSpecInFull(
  spec: ChunkSpec,
  configuration: JsonObject,
): Promise<ChunkSpec> {
  return { ...spec, fillValue: scaledFill(spec, configuration) };
}

/** `scale_offset`: stored ÷ scale + offset, in the array's own type. Integers must divide: nothing else was ever written. */
export const decode: ArrayToArrayCodec["decode"] = (
  encoded,
  { shape, dataType },
  configuration,
) => {
  const { scale, offset } = scaleOffsetOf(configuration, dataType);
  const elements = allocateElements(dataType, encoded.elements.length);
  const { elements: stored } = encoded;
  if (isBig(elements)) {
    const [divisor, summand] = [BigInt(scale), BigInt(offset)];
    for (let i = 0; i < elements.length; i++) {
      const value = BigInt(stored[i]!);
      if (value % divisor !== 0n) throw noMultiple(value, divisor);
      elements[i] = value / divisor + summand;
    }
    return { shape, dataType, elements };
  }
  const [divisor, summand] = [Number(scale), Number(offset)];
  const isFloat = dataType.startsWith("float");
  const round = roundingOf(dataType);
  for (let i = 0; i < elements.length; i++) {
    const value = Number(stored[i]);
    if (!isFloat && value % divisor !== 0) throw noMultiple(value, divisor);
    elements[i] = round(round(value / divisor) + summand);
  }
  return { shape, dataType, elements };
};

function noMultiple(value: number | bigint, scale: number | bigint): CorruptChunkError {
  return new CorruptChunkError(`scale_offset: ${value} is no multiple of the scale ${scale}.`);
}
