import type { DataType } from "../../array/data-type.ts";
import { parseFillValue } from "../../array/fill-value.ts";
import { roundToFloat16 } from "../../array/float16.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { type ChunkSpec, UnsupportedCodecError } from "../codec.ts";

/** `scale_offset` (registered extension): its numbers are spelt like fill values of the array's type, and are of that type. */
export type ScaleOffset = { readonly scale: number | bigint; readonly offset: number | bigint };

/** @throws UnsupportedCodecError */
export function scaleOffsetOf(configuration: JsonObject, dataType: DataType): ScaleOffset {
  const scale = scalar("scale_offset", configuration.scale ?? 1, dataType);
  if (Number(scale) === 0) throw unsupported("scale_offset", "the scale 0");
  return { scale, offset: scalar("scale_offset", configuration.offset ?? 0, dataType) };
}

/** The fill value is scaled like every other element (ZX-03). */
export function scaledFill(
  { dataType, fillValue }: ChunkSpec,
  configuration: JsonObject,
): number | bigint {
  const { scale, offset } = scaleOffsetOf(configuration, dataType);
  if (typeof fillValue === "bigint" || typeof scale === "bigint" || typeof offset === "bigint") {
    return wrap((BigInt(fillValue) - BigInt(offset)) * BigInt(scale), dataType);
  }
  const round = roundingOf(dataType);
  return round(round(fillValue - offset) * scale);
}

/** What arithmetic in `dataType` makes of an exact result. */
export function roundingOf(dataType: DataType): (value: number) => number {
  if (dataType === "float16") return roundToFloat16;
  return dataType === "float32" ? Math.fround : (value) => value;
}

/** A number in a codec's configuration, of the array's type. @throws UnsupportedCodecError */
export function scalar(codec: string, value: JsonValue, dataType: DataType): number | bigint {
  const parsed = parseFillValue(value, dataType);
  if (
    parsed.expected !== undefined ||
    (typeof parsed.value !== "number" && typeof parsed.value !== "bigint")
  ) {
    throw unsupported(codec, `the value ${JSON.stringify(value)}`);
  }
  return parsed.value;
}

function wrap(value: bigint, dataType: DataType): bigint {
  return dataType === "uint64" ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
}

function unsupported(codec: string, what: string): UnsupportedCodecError {
  return new UnsupportedCodecError(codec, `The codec "${codec}" has ${what}, which is not read.`);
}
