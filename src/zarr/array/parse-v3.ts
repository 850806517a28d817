import type { CodecChain } from "../codecs/codec.ts";
import { parseCodecChain, parseShardingConfiguration } from "../codecs/parse-chain.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import type { ArrayMetadata, ChunkKeyEncoding } from "./array-metadata.ts";
import { storedItemBytes } from "./data-type.ts";
import { checkUnknownFields, parseExtension } from "./extension.ts";
import { liftToLanes } from "./lift-to-lanes.ts";
import { type DocumentSource, isJsonObject, MetadataReading } from "./metadata-reading.ts";
import { parseChunkGrid } from "./parse-chunk-grid.ts";
import { parseFill } from "./parse-fill.ts";
import { checkReadUnit, parseShape } from "./parse-shape.ts";
import type { ParsedArray } from "./parse-v2.ts";
import type { ParsedType } from "./parse-v2-type.ts";
import { parseV3Type } from "./parse-v3-type.ts";
import { dataTypeName } from "./stored-item.ts";

const knownFields: ReadonlySet<string> = new Set([
  "zarr_format",
  "node_type",
  "shape",
  "data_type",
  "chunk_grid",
  "chunk_key_encoding",
  "fill_value",
  "codecs",
  "attributes",
  "dimension_names",
  "storage_transformers",
  "consolidated_metadata",
]);

/**
 * Parses a Zarr v3 array (`zarr.json`). Whether its codecs can be decoded is not looked at.
 * @throws MetadataError where pixels would be wrong or unreachable
 */
export function parseArrayV3(document: JsonValue, source: DocumentSource): ParsedArray {
  const reading = new MetadataReading(source, "zarr.json");
  if (!isJsonObject(document)) throw reading.error("Z3-01", "", "an object", document);
  checkFormatV3(reading, document, "array");
  checkUnknownFields(reading, document, knownFields);
  const shape = parseShape(reading, "/shape", document.shape);
  const chain = parseCodecs(reading, document.codecs, shape.length);
  const type = parseV3Type(reading, document.data_type, bytesEndian(chain));
  const chunkGrid = parseChunkGrid(reading, document.chunk_grid, shape);
  checkEndian(reading, chain, type);
  checkStorageTransformers(reading, document.storage_transformers);
  const lanes = type.item?.lanes?.count ?? 1;
  const codecs = lanes > 1 ? liftToLanes(reading, chain, shape.length, lanes) : chain;
  const fill = parseFill(reading, document.fill_value, type.dataType, type.item);
  const isMissing = document.fill_value === undefined || document.fill_value === null;
  const typeName = dataTypeName(fill.type);
  const fillExpected = isMissing ? `a value of type ${typeName}; read as 0` : fill.expected;
  if (fillExpected !== undefined) {
    reading.warn("Z3-11", "/fill_value", fillExpected, document.fill_value);
  }
  const metadata: ArrayMetadata = {
    zarrFormat: 3,
    path: source.path,
    shape,
    ...fill.type,
    chunkGrid,
    chunkKeyEncoding: parseKeyEncoding(reading, document.chunk_key_encoding),
    codecs,
    dimensionNames: parseDimensionNames(reading, document.dimension_names, shape.length),
    attributes: parseAttributesV3(reading, document.attributes),
  };
  checkReadUnit(reading, "/chunk_grid/configuration/chunk_shape", metadata);
  return { metadata, problems: reading.problems };
}

/** @throws MetadataError if it is not a v3 node of that type */
export function checkFormatV3(
  reading: MetadataReading,
  document: JsonObject,
  nodeType: "array" | "group",
): void {
  const { zarr_format, node_type } = document;
  if (zarr_format !== 3) {
    // ZA-06: drafts of v3 named a URL here.
    const sentence =
      typeof zarr_format === "string"
        ? "This Zarr was written to an early draft of version 3, which is not read."
        : undefined;
    throw reading.error("Z3-01", "/zarr_format", "3", zarr_format, sentence);
  }
  if (node_type !== nodeType)
    throw reading.error("Z3-01", "/node_type", `"${nodeType}"`, node_type);
}

/** Attributes, {} where there are none; anything else than an object is noted. */
export function parseAttributesV3(
  reading: MetadataReading,
  value: JsonValue | undefined,
): JsonObject {
  if (isJsonObject(value)) return value;
  if (value !== undefined) reading.warn("Z3-02", "/attributes", "an object", value);
  return {};
}

function parseKeyEncoding(
  reading: MetadataReading,
  value: JsonValue | undefined,
): ChunkKeyEncoding {
  const { name, configuration } = parseExtension(reading, "/chunk_key_encoding", value);
  if (name !== "default" && name !== "v2") {
    const sentence = `${reading.shownName} names its chunks by ${JSON.stringify(name)}, which is not known here.`;
    throw reading.error("Z3-21", "/chunk_key_encoding/name", '"default" or "v2"', name, sentence);
  }
  const { separator = name === "default" ? "/" : "." } = configuration;
  if (separator !== "/" && separator !== ".") {
    const pointer = "/chunk_key_encoding/configuration/separator";
    throw reading.error("Z3-21", pointer, '"/" or "."', separator);
  }
  return { name, separator };
}

function parseCodecs(
  reading: MetadataReading,
  value: JsonValue | undefined,
  rank: number,
): CodecChain {
  const chain = parseCodecChain(value ?? null, reading.at("/codecs"), reading.problems);
  const arrayToArray = chain.arrayToArray.map((codec) =>
    codec.name === "transpose"
      ? { name: codec.name, configuration: liftTranspose(reading, codec.configuration, rank) }
      : codec,
  );
  return { ...chain, arrayToArray };
}

/** Byte order of the codec "bytes", that of inner chunks where there are shards; little where it is not stated (Z3-31). */
function bytesEndian({ arrayToBytes: { name, configuration } }: CodecChain): "little" | "big" {
  if (name !== "sharding_indexed") return configuration.endian === "big" ? "big" : "little";
  return bytesEndian(parseShardingConfiguration(configuration, "/codecs").codecs);
}

function checkEndian(reading: MetadataReading, chain: CodecChain, type: ParsedType): void {
  const { name, configuration } = chain.arrayToBytes;
  const hasOrder = storedItemBytes[type.dataType] > 1;
  if (name === "bytes" && hasOrder && configuration.endian === undefined) {
    reading.warn("Z3-31", "/codecs", 'an endian for codec "bytes"; read as little', configuration);
  }
}

/** Drafts spelt the order "C" or "F" (Z3-32). */
function liftTranspose(
  reading: MetadataReading,
  configuration: JsonObject,
  rank: number,
): JsonObject {
  const { order } = configuration;
  const straight = Array.from({ length: rank }, (_, dim) => dim);
  if (order === "C" || order === "F") {
    reading.warn("Z3-32", "/codecs", "a permutation as order of transpose", order);
    return { order: order === "C" ? straight : straight.reverse() };
  }
  const isPermutation =
    Array.isArray(order) && order.length === rank && straight.every((dim) => order.includes(dim));
  if (!isPermutation) {
    throw reading.error("Z3-32", "/codecs", `a permutation of ${rank} dimensions`, order);
  }
  return configuration;
}

function checkStorageTransformers(reading: MetadataReading, value: JsonValue | undefined): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value) && value.length === 0) return;
  const sentence = `${reading.shownName} needs a storage transformer, none of which is known.`;
  throw reading.error("Z3-06", "/storage_transformers", "none", value, sentence);
}

function parseDimensionNames(
  reading: MetadataReading,
  value: JsonValue | undefined,
  rank: number,
): (string | null)[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.length === rank) {
    const names = value.filter((name) => name === null || typeof name === "string");
    if (names.length === rank) return names;
  }
  reading.warn("Z3-02", "/dimension_names", `${rank} names or nulls`, value);
  return undefined;
}
