import { type DataType, elementCount } from "../../array/data-type.ts";
import type { JsonObject } from "../../json.ts";
import { type ChunkSpec, UnsupportedCodecError } from "../codec.ts";
import { parseNumpyType, requireNumpyType } from "./numpy-type.ts";

/**
 * What numcodecs' filters of elements were given and made of it. As in zarr-python the fill value stays as it is: these
 * codecs are unregistered, and nobody transforms it.
 */
export function storedAs(key: "astype" | "encode_dtype", dtypeKey: "dtype" | "decode_dtype") {
  return (codec: string) =>
    (spec: ChunkSpec, configuration: JsonObject): ChunkSpec => {
      const dtype = configuration[dtypeKey] ?? spec.dataType;
      const dataType = requireNumpyType(codec, dtype);
      if (dataType !== spec.dataType) throw otherType(codec, dataType, spec.dataType);
      return withType(spec, requireNumpyType(codec, configuration[key] ?? dtype));
    };
}

/** For codecs that change values only. */
export function unchanged(spec: ChunkSpec): ChunkSpec {
  return spec;
}

/** `cast_value` (ZX-02): stored as another type. @throws UnsupportedCodecError */
export function castSpec(spec: ChunkSpec, { data_type }: JsonObject): ChunkSpec {
  const name =
    typeof data_type === "object" && data_type !== null && !Array.isArray(data_type)
      ? data_type.name
      : data_type;
  const type = parseNumpyType(name);
  if (type && type.dataType !== "bool") return { ...spec, dataType: type.dataType };
  throw new UnsupportedCodecError(
    "cast_value",
    `The codec "cast_value" has the data type ${JSON.stringify(data_type) ?? "nothing"}, which is not read.`,
  );
}

/** numcodecs' packbits: a count of padding bits, then eight elements a byte. */
export function packedBits(spec: ChunkSpec): ChunkSpec {
  if (spec.dataType !== "bool") throw otherType("packbits", "bool", spec.dataType);
  const { clippedShape: _, ...rest } = spec;
  return {
    ...rest,
    shape: [1 + Math.ceil(elementCount(spec.shape) / 8)],
    dataType: "uint8",
    fillValue: 0,
  };
}

function withType(spec: ChunkSpec, dataType: DataType): ChunkSpec {
  const isBig = dataType === "int64" || dataType === "uint64";
  const { fillValue } = spec;
  if (isBig === (typeof fillValue === "bigint")) return { ...spec, dataType };
  const whole = Number.isFinite(Number(fillValue)) ? Math.trunc(Number(fillValue)) : 0;
  return { ...spec, dataType, fillValue: isBig ? BigInt(whole) : Number(fillValue) };
}

function otherType(codec: string, expected: string, found: string): UnsupportedCodecError {
  return new UnsupportedCodecError(
    codec,
    `The codec "${codec}" is for ${expected}, but is given ${found}.`,
  );
}
