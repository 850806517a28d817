import type { CodecChain } from "../codecs/codec.ts";
import { codecTable } from "../codecs/codec-table.ts";
import { kindOfUnreadCodec } from "../codecs/known-codecs.ts";
import { parseCodecChain } from "../codecs/parse-chain.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject, type MetadataReading } from "./metadata-reading.ts";
import type { ParsedType } from "./parse-v2-type.ts";

/** v2 ids whose codec has the same name in v3; all others are numcodecs' own. */
const sameInV3: ReadonlySet<string> = new Set(["blosc", "zstd", "gzip"]);

/**
 * Expresses v2's order, filters, byte order and compressor as a v3 chain. Filters run over the elements in memory
 * order, so that order "F" is a transposition before them (Zarr v2 spec, "Filters" and "order").
 * @throws MetadataError if a codec has no id, or they cannot be put in order
 */
export function liftV2Codecs(
  reading: MetadataReading,
  document: JsonObject,
  { endian }: Pick<ParsedType, "endian">,
  rank: number,
): CodecChain {
  const beforeBytes: JsonObject[] = [];
  const afterBytes: JsonObject[] = [];
  let arrayToBytes: JsonObject | undefined;
  let storedEndian = endian;
  if (isFortranOrder(reading, document.order, rank)) {
    const order = Array.from({ length: rank }, (_, dim) => rank - 1 - dim);
    beforeBytes.push({ name: "transpose", configuration: { order } });
  }
  for (const { pointer, value } of listedCodecs(reading, document)) {
    const codec = liftV2Codec(reading, pointer, value);
    const kind = kindOf(codec.name);
    if (kind === "array-to-bytes") arrayToBytes = codec;
    else if (kind === "bytes-to-bytes" || pointer === "/compressor") afterBytes.push(codec);
    else if (afterBytes.length > 0) {
      throw reading.error("Z2-06", pointer, "filters of elements before those of bytes", value);
    } else {
      beforeBytes.push(codec);
      storedEndian = storedEndianOf(codec, storedEndian);
    }
  }
  arrayToBytes ??= { name: "bytes", configuration: storedEndian ? { endian: storedEndian } : {} };
  const chain: JsonValue = [...beforeBytes, arrayToBytes, ...afterBytes];
  return parseCodecChain(chain, reading.at("/compressor"), reading.problems);
}

function listedCodecs(reading: MetadataReading, { filters, compressor }: JsonObject) {
  const listed: { pointer: string; value: JsonValue }[] = [];
  if (Array.isArray(filters)) {
    listed.push(...filters.map((value, index) => ({ pointer: `/filters/${index}`, value })));
  } else if (filters !== null && filters !== undefined) {
    throw reading.error("Z2-01", "/filters", "a list or null", filters);
  }
  if (compressor === undefined) reading.warn("Z2-02", "/compressor", "a codec or null", undefined);
  else if (compressor !== null) listed.push({ pointer: "/compressor", value: compressor });
  return listed;
}

function liftV2Codec(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue,
): { name: string; configuration: JsonObject } {
  if (!isJsonObject(value) || typeof value.id !== "string" || value.id === "") {
    throw reading.error("Z2-01", pointer, "a codec with an id", value);
  }
  const { id } = value;
  const entries = Object.entries(value).filter(([key]) => key !== "id");
  const isNamed = sameInV3.has(id) || id.includes(".") || id.startsWith("imagecodecs_");
  // fromEntries defines own properties, whatever their names.
  return { name: isNamed ? id : `numcodecs.${id}`, configuration: Object.fromEntries(entries) };
}

/** Filters of elements say in which type, and so in which byte order, they store. */
function storedEndianOf(
  { configuration: { astype, encode_dtype, dtype } }: { configuration: JsonObject },
  endian: ParsedType["endian"],
): ParsedType["endian"] {
  const stored = encode_dtype ?? astype ?? dtype;
  if (typeof stored !== "string") return endian;
  return stored.startsWith(">") ? "big" : "little";
}

function isFortranOrder(
  reading: MetadataReading,
  order: JsonValue | undefined,
  rank: number,
): boolean {
  if (order === "F") return rank > 1;
  if (order === undefined) reading.warn("Z2-02", "/order", '"C" or "F"; read as "C"', undefined);
  else if (order !== "C") throw reading.error("Z2-01", "/order", '"C" or "F"', order);
  return false;
}

function kindOf(name: string) {
  return codecTable.get(name)?.kind ?? kindOfUnreadCodec.get(name);
}
