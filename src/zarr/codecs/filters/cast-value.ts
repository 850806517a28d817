import { allocateElements } from "../../array/data-type.ts";
import type { JsonObject } from "../../json.ts";
import { type ChunkSpec, CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import type { ArrayToArrayCodec } from "../codec-definition.ts";
import { isBig } from "./cast-elements.ts";
import { castSpec } from "./encoded-specs.ts";
import { valueCast } from "./value-cast.ts";

/** The fill value is cast, too. @throws UnsupportedCodecError where the stored type cannot hold it */
export async function encodedSpecInFull(
  spec: ChunkSpec,
  configuration: JsonObject,
): Promise<ChunkSpec> {
  const cast = castSpec(spec, configuration);
  try {
    const castValue = valueCast(configuration, "encode", spec.dataType, cast.dataType);
    return { ...cast, fillValue: castValue(spec.fillValue) };
  } catch (cause) {
    if (!(cause instanceof CorruptChunkError)) throw cause;
    const message = `The codec "cast_value" cannot store the fill value ${spec.fillValue}.`;
    throw new UnsupportedCodecError("cast_value", message);
  }
}

/** `cast_value`: each stored value as one of the array's type, by its scalar map or else by value. */
export const decode: ArrayToArrayCodec["decode"] = (
  encoded,
  { shape, dataType },
  configuration,
) => {
  const cast = valueCast(configuration, "decode", encoded.dataType, dataType);
  const { elements: stored } = encoded;
  const elements = allocateElements(dataType, stored.length);
  if (isBig(elements)) {
    for (let i = 0; i < elements.length; i++) elements[i] = BigInt(cast(stored[i]!));
  } else {
    for (let i = 0; i < elements.length; i++) elements[i] = Number(cast(stored[i]!));
  }
  return { shape, dataType, elements };
};
