import { type DataType, storedItemBytes } from "../../array/data-type.ts";
import type { JsonObject } from "../../json.ts";
import { UnsupportedCodecError } from "../codec.ts";

/** The bits that are kept of each element. */
export type BitRange = { readonly first: number; readonly count: number };

/** @throws UnsupportedCodecError */
export function bitRange(dataType: DataType, { first_bit, last_bit }: JsonObject): BitRange {
  const itemBits = dataType === "bool" ? 1 : storedItemBytes[dataType] * 8;
  const first = first_bit ?? 0;
  const last = last_bit ?? itemBits - 1;
  const valid =
    typeof first === "number" &&
    typeof last === "number" &&
    Number.isInteger(first) &&
    Number.isInteger(last) &&
    first >= 0 &&
    last >= first &&
    last < itemBits;
  if (!valid) {
    throw new UnsupportedCodecError(
      "packbits",
      `The codec "packbits" keeps the bits ${first} to ${last} of ${itemBits}.`,
    );
  }
  return { first, count: last - first + 1 };
}

/** Bytes that count the padding bits. @throws UnsupportedCodecError */
export function paddingBytes({ padding_encoding }: JsonObject): 0 | 1 {
  switch (padding_encoding ?? "none") {
    case "none":
      return 0;
    case "first_byte":
    case "last_byte":
      return 1;
    default:
      throw new UnsupportedCodecError(
        "packbits",
        `The codec "packbits" has the padding ${JSON.stringify(padding_encoding)}.`,
      );
  }
}
