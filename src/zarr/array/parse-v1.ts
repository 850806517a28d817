import type { JsonObject, JsonValue } from "../json.ts";
import { type DocumentSource, isJsonObject, MetadataReading } from "./metadata-reading.ts";
import { liftArray, type ParsedArray } from "./parse-v2.ts";

/**
 * Lifts a Zarr v1 array (keys `meta` and `attrs`, chunks `0.0`; no groups, no filters) to the model of v3 (checklist Z1-01).
 * @param attributes of `attrs`, {} where there is none
 * @throws MetadataError where pixels would be wrong or unreachable
 */
export function parseArrayV1(
  meta: JsonValue,
  attributes: JsonObject,
  source: DocumentSource,
): ParsedArray {
  const reading = new MetadataReading(source, "meta");
  if (!isJsonObject(meta)) throw reading.error("Z1-01", "", "an object", meta);
  if (meta.zarr_format !== 1) {
    throw reading.error("Z1-01", "/zarr_format", "1", meta.zarr_format);
  }
  const { shape, chunks, dtype, fill_value = null, order } = meta;
  const lifted = {
    ...Object.fromEntries(
      Object.entries({ shape, chunks, dtype, order }).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value] as const],
      ),
    ),
    fill_value,
    filters: null,
    compressor: liftCompression(reading, meta),
  };
  return liftArray(reading, lifted, attributes, 1);
}

const compressions: ReadonlySet<string> = new Set(["blosc", "zlib", "bz2", "lzma"]);

/** `compression` with `compression_opts`, as v2's `compressor`. What the options say, decoders find in the data. */
function liftCompression(reading: MetadataReading, meta: JsonObject): JsonValue {
  const { compression, compression_opts: options } = meta;
  if (compression === null || compression === undefined || compression === "none") return null;
  if (typeof compression !== "string" || !compressions.has(compression)) {
    const sentence = `${reading.shownName} is compressed with ${JSON.stringify(compression)}, which version 1 does not have.`;
    const expected = "blosc, zlib, bz2, lzma or none";
    throw reading.error("Z1-01", "/compression", expected, compression, sentence);
  }
  if (isJsonObject(options)) return { ...options, id: compression };
  return typeof options === "number" ? { id: compression, level: options } : { id: compression };
}
