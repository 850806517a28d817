import { type DataType, numpyNumbers } from "../../array/data-type.ts";
import type { JsonValue } from "../../json.ts";
import { UnsupportedCodecError } from "../codec.ts";

/** A type as numcodecs writes it in a codec's configuration. `endian` is undefined for items of one byte. */
export type NumpyType = {
  readonly dataType: DataType;
  readonly endian: "little" | "big" | undefined;
};

const names: ReadonlySet<string> = new Set(numpyNumbers.values());

/** Reads "<i2", "|u1" and names such as "float32"; undefined for anything else. */
export function parseNumpyType(value: JsonValue | undefined): NumpyType | undefined {
  if (typeof value !== "string") return undefined;
  const [, order = "", code = ""] = /^([<>|=]?)([a-z]\d+)$/.exec(value) ?? [];
  const dataType = numpyNumbers.get(code) ?? (isName(value) ? value : undefined);
  if (dataType === undefined) return undefined;
  const isOneByte = dataType === "bool" || dataType === "int8" || dataType === "uint8";
  return { dataType, endian: isOneByte ? undefined : order === ">" ? "big" : "little" };
}

/** @throws UnsupportedCodecError naming the codec and the type */
export function requireNumpyType(codec: string, value: JsonValue | undefined): DataType {
  const type = parseNumpyType(value);
  if (type) return type.dataType;
  throw new UnsupportedCodecError(
    codec,
    `The codec "${codec}" works on the data type ${JSON.stringify(value) ?? "nothing"}, which is not read.`,
  );
}

function isName(value: string): value is DataType {
  return names.has(value);
}
