import { type DataType, storedItemBytes } from "../../src/zarr/array/data-type.ts";
import type { JsonObject, JsonValue } from "../../src/zarr/json.ts";
import {
  levelPath,
  levelShape,
  levelsOf,
  levelWorldFromIndex,
  type VirtualCodec,
  type VirtualImage,
} from "./virtual-image.ts";

const typeCharacters: Readonly<Record<DataType, string>> = {
  bool: "b1",
  int8: "i1",
  int16: "i2",
  int32: "i4",
  int64: "i8",
  uint8: "u1",
  uint16: "u2",
  uint32: "u4",
  uint64: "u8",
  float16: "f2",
  float32: "f4",
  float64: "f8",
};

/** Zarr v2 type string, e.g. ">i2"; single bytes have no order. */
function typeString({ dataType, endian }: VirtualImage): string {
  const order = storedItemBytes[dataType] === 1 ? "|" : endian === "big" ? ">" : "<";
  return order + typeCharacters[dataType];
}

function fillJson(image: VirtualImage): JsonValue {
  const fill = image.fillValue ?? 0;
  return image.dataType === "bool" ? fill !== 0 : fill;
}

function compressorV2(codec: VirtualCodec): JsonValue {
  switch (codec) {
    case "none":
      return null;
    case "gzip":
    case "zlib":
    case "zstd":
      return { id: codec, level: 1 };
    case "lz4":
      return { id: "lz4", acceleration: 1 };
    default:
      return { id: "blosc", cname: codec.slice(6), clevel: 1, shuffle: 1, blocksize: 0 };
  }
}

function compressorV3(codec: VirtualCodec, typeSize: number): JsonObject[] {
  switch (codec) {
    case "none":
      return [];
    case "gzip":
      return [{ name: "gzip", configuration: { level: 1 } }];
    case "zstd":
      return [{ name: "zstd", configuration: { level: 1, checksum: false } }];
    case "zlib":
      return [{ name: "numcodecs.zlib", configuration: { level: 1 } }];
    case "lz4":
      return [{ name: "numcodecs.lz4", configuration: { acceleration: 1 } }];
    default: {
      const shuffle = typeSize > 1 ? "shuffle" : "noshuffle";
      const cname = codec.slice(6);
      const configuration = { cname, clevel: 1, shuffle, typesize: typeSize, blocksize: 0 };
      return [{ name: "blosc", configuration }];
    }
  }
}

function codecsV3(image: VirtualImage): JsonObject[] {
  const typeSize = storedItemBytes[image.dataType];
  const transpose: JsonObject = {
    name: "transpose",
    configuration: { order: image.shape.map((_, d) => image.shape.length - 1 - d) },
  };
  const endian = { endian: image.endian ?? "little" };
  const chain: JsonObject[] = [
    ...(image.order === "F" ? [transpose] : []),
    typeSize === 1 ? { name: "bytes" } : { name: "bytes", configuration: endian },
    ...compressorV3(image.codec ?? "none", typeSize),
    ...(image.checksum === true ? [{ name: "crc32c" }] : []),
  ];
  if (image.shards === undefined) return chain;
  const configuration = {
    chunk_shape: [...image.chunks],
    codecs: chain,
    index_codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }],
    index_location: image.indexLocation ?? "end",
  };
  return [{ name: "sharding_indexed", configuration }];
}

function arrayV2(image: VirtualImage, level: number): JsonObject {
  return {
    zarr_format: 2,
    shape: [...levelShape(image, level)],
    chunks: [...image.chunks],
    dtype: typeString(image),
    order: image.order ?? "C",
    compressor: compressorV2(image.codec ?? "none"),
    filters: null,
    fill_value: fillJson(image),
    dimension_separator: image.keySeparator ?? ".",
  };
}

function arrayV3(image: VirtualImage, level: number): JsonObject {
  const encoding = image.keyEncoding ?? "default";
  const separator = image.keySeparator ?? (encoding === "default" ? "/" : ".");
  const chunkShape = [...(image.shards ?? image.chunks)];
  return {
    zarr_format: 3,
    node_type: "array",
    shape: [...levelShape(image, level)],
    data_type: image.dataType,
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunkShape } },
    chunk_key_encoding: { name: encoding, configuration: { separator } },
    fill_value: fillJson(image),
    codecs: codecsV3(image),
    dimension_names: [...image.axes],
    attributes: {},
  };
}

const channelColors = ["FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF"];

/** Display settings that cover the ramp of the data type; all channels visible. */
function omeroOf(image: VirtualImage): JsonObject {
  if (image.omero !== undefined && image.omero !== true) return image.omero;
  const cDim = image.axes.indexOf("c");
  const count = cDim < 0 ? 1 : image.shape[cDim]!;
  const isByte = storedItemBytes[image.dataType] === 1;
  const window = isByte
    ? { min: 0, start: 0, end: 250, max: 255 }
    : { min: 0, start: 0, end: 4000, max: 65535 };
  const channels = Array.from({ length: count }, (_, c) => ({
    label: `channel ${c}`,
    color: channelColors[c % channelColors.length]!,
    active: true,
    coefficient: 1,
    family: "linear",
    inverted: false,
    window,
  }));
  return { channels, rdefs: { defaultT: 0, defaultZ: 0, model: "color" } };
}

function axisJson(name: string, units: VirtualImage["units"]): JsonObject {
  const type =
    name === "t" ? "time" : name === "c" ? "channel" : "zyx".includes(name) ? "space" : "other";
  const unit = units?.[name];
  return unit === undefined ? { name, type } : { name, type, unit };
}

function multiscalesOf(image: VirtualImage): JsonObject {
  const datasets = levelsOf(image).map((level, k) => {
    const { scale, translation } = levelWorldFromIndex(image, k);
    const isWritten = level.translation !== undefined || image.translations !== "omit";
    const transformations: JsonObject[] = [{ type: "scale", scale: [...scale] }];
    if (isWritten) transformations.push({ type: "translation", translation: [...translation] });
    return { path: levelPath(image, k), coordinateTransformations: transformations };
  });
  if (image.ome === "0.1" || image.ome === "0.3") {
    const names = image.ome === "0.3" ? { axes: [...image.axes] } : {};
    const paths = datasets.map(({ path }) => ({ path }));
    return {
      version: image.ome,
      name: image.name ?? "coordinate image",
      ...names,
      datasets: paths,
    };
  }
  const axes = [...image.axes].map((name) => axisJson(name, image.units));
  const version = image.ome === "0.4" || image.format === "v2" ? { version: "0.4" } : {};
  return { ...version, name: image.name ?? "coordinate image", axes, datasets };
}

/** All metadata documents of a virtual image by key. */
export function metadataDocuments(image: VirtualImage): ReadonlyMap<string, JsonObject> {
  const documents = new Map<string, JsonObject>();
  const isV2 = image.format === "v2";
  const arrays = levelsOf(image).map((_, k) => {
    const path = levelPath(image, k);
    return { path, document: isV2 ? arrayV2(image, k) : arrayV3(image, k) };
  });
  const arrayKey = isV2 ? ".zarray" : "zarr.json";
  for (const { path, document } of arrays) {
    documents.set(path === "" ? arrayKey : `${path}/${arrayKey}`, document);
  }
  if (image.ome === "none") return documents;

  const attributes: JsonObject = {
    multiscales: [multiscalesOf(image)],
    ...(image.omero === undefined ? {} : { omero: omeroOf(image) }),
  };
  if (isV2) {
    documents.set(".zgroup", { zarr_format: 2 });
    documents.set(".zattrs", attributes);
    if (image.consolidated === true) {
      const metadata = Object.fromEntries(documents);
      documents.set(".zmetadata", { zarr_consolidated_format: 1, metadata });
    }
    return documents;
  }
  const members = Object.fromEntries(arrays.map(({ path, document }) => [path, document]));
  documents.set("zarr.json", {
    zarr_format: 3,
    node_type: "group",
    attributes: image.ome === "0.4" ? attributes : { ome: { version: "0.5", ...attributes } },
    ...(image.consolidated === true
      ? { consolidated_metadata: { kind: "inline", must_understand: false, metadata: members } }
      : {}),
  });
  return documents;
}
