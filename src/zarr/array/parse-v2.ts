import type { JsonObject, JsonValue } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { ArrayMetadata, ChunkKeyEncoding } from "./array-metadata.ts";
import { liftToLanes } from "./lift-to-lanes.ts";
import { liftV2Codecs } from "./lift-v2-codecs.ts";
import { type DocumentSource, isJsonObject, MetadataReading } from "./metadata-reading.ts";
import { parseFill } from "./parse-fill.ts";
import { checkReadUnit, parseChunkShape, parseShape } from "./parse-shape.ts";
import { parseV2Type } from "./parse-v2-type.ts";

/** An array's metadata, lifted, and the rules its document breaks. */
export type ParsedArray = {
  readonly metadata: ArrayMetadata;
  readonly problems: readonly Problem[];
};

/**
 * Lifts a Zarr v2 array (`.zarray`) to the model of v3. Whether its codecs can be decoded is not looked at.
 * @param attributes of `.zattrs`, {} where there is none
 * @throws MetadataError where pixels would be wrong or unreachable
 */
export function parseArrayV2(
  zarray: JsonValue,
  attributes: JsonObject,
  source: DocumentSource,
): ParsedArray {
  const reading = new MetadataReading(source, ".zarray");
  if (!isJsonObject(zarray)) throw reading.error("Z2-01", "", "an object", zarray);
  if (zarray.zarr_format !== 2) {
    throw reading.error("Z2-01", "/zarr_format", "2", zarray.zarr_format);
  }
  return liftArray(reading, zarray, attributes, 2);
}

/**
 * The rest of it, which v1 shares.
 * @param document with v2's keys
 * @throws MetadataError
 */
export function liftArray(
  reading: MetadataReading,
  document: JsonObject,
  attributes: JsonObject,
  zarrFormat: 1 | 2,
): ParsedArray {
  const shape = parseShape(reading, "/shape", document.shape);
  const type = parseV2Type(reading, document.dtype, document.filters);
  const { dataType: codedAs, item: itemType } = type;
  const chunkShape = parseV2Chunks(reading, document.chunks, shape);
  const chain = liftV2Codecs(reading, document, type, shape.length);
  const lanes = itemType?.lanes?.count ?? 1;
  const codecs = lanes > 1 ? liftToLanes(reading, chain, shape.length, lanes) : chain;
  const fill = parseFill(reading, document.fill_value, codedAs, itemType);
  const fillExpected = document.fill_value === undefined ? "a value or null" : fill.expected;
  if (fillExpected !== undefined) {
    reading.warn("Z2-05", "/fill_value", fillExpected, document.fill_value);
  }
  const metadata: ArrayMetadata = {
    zarrFormat,
    path: reading.path,
    shape,
    ...fill.type,
    chunkGrid: { kind: "regular", chunkShape },
    chunkKeyEncoding:
      zarrFormat === 1
        ? { name: "v2", separator: "." }
        : parseV2Separator(reading, document.dimension_separator),
    codecs,
    dimensionNames: parseArrayDimensions(attributes, shape.length),
    attributes,
  };
  checkReadUnit(reading, "/chunks", metadata);
  return { metadata, problems: reading.problems };
}

function parseV2Chunks(
  reading: MetadataReading,
  value: JsonValue | undefined,
  shape: readonly number[],
): number[] {
  if (value !== false) return parseChunkShape(reading, "/chunks", value, shape);
  reading.warn("Z2-02", "/chunks", "a list of sizes; read as one chunk", value);
  return shape.map((size) => Math.max(1, size));
}

function parseV2Separator(
  reading: MetadataReading,
  value: JsonValue | undefined,
): ChunkKeyEncoding {
  if (value === "/" || value === ".") return { name: "v2", separator: value };
  if (value !== undefined && value !== null) {
    throw reading.error("Z2-01", "/dimension_separator", '"." or "/"', value);
  }
  return { name: "v2", separator: ".", isAssumed: true };
}

/** xarray's names of v2 dimensions (Z2-12); v3 has `dimension_names`. */
function parseArrayDimensions(attributes: JsonObject, rank: number): string[] | undefined {
  const names = attributes._ARRAY_DIMENSIONS;
  if (!Array.isArray(names) || names.length !== rank) return undefined;
  const texts = names.filter((name) => typeof name === "string");
  return texts.length === rank ? texts : undefined;
}
