import type { JsonObject, JsonValue } from "../../json.ts";
import type { Documents } from "./read-everything.ts";

const space = (name: string): JsonObject => ({ name, type: "space", unit: "micrometer" });
const scaleBy = (...scale: number[]): JsonObject => ({ type: "scale", scale });

/** `.zarray` of two dimensions. */
export const zarray = (shape: JsonValue = [64, 96], change: JsonObject = {}): JsonObject => ({
  zarr_format: 2,
  shape,
  chunks: [32, 32],
  dtype: "<u2",
  compressor: { id: "zlib", level: 1 },
  fill_value: 0,
  order: "C",
  filters: null,
  dimension_separator: "/",
  ...change,
});

/** `zarr.json` of an array. */
export const array3 = (shape: JsonValue = [64, 96], change: JsonObject = {}): JsonObject => ({
  zarr_format: 3,
  node_type: "array",
  shape,
  data_type: "uint16",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [32, 32] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  fill_value: 0,
  codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "gzip" }],
  dimension_names: ["y", "x"],
  attributes: {},
  ...change,
});

/** `zarr.json` of a group. */
export const group3 = (attributes: JsonObject): JsonObject => ({
  zarr_format: 3,
  node_type: "group",
  attributes,
});

export const zgroup: JsonObject = { zarr_format: 2 };

const datasets = [
  { path: "0", coordinateTransformations: [scaleBy(0.5, 0.5)] },
  { path: "1", coordinateTransformations: [scaleBy(1, 1)] },
];

/** One entry of `multiscales` with the levels "0" and "1". */
export const multiscale = (change: JsonObject = {}): JsonObject => ({
  name: "cells",
  axes: [space("y"), space("x")],
  datasets,
  ...change,
});

const omero: JsonObject = {
  channels: [{ label: "DAPI", color: "0000FF", active: true, window: { start: 1, end: 9 } }],
  rdefs: { model: "color", defaultT: 0, defaultZ: 0 },
};

const levels2 = { "0/.zarray": zarray(), "1/.zarray": zarray([32, 48]) };
const levels3 = { "0/zarr.json": array3(), "1/zarr.json": array3([32, 48]) };

const intrinsic = { name: "physical", axes: [space("y"), space("x")] };
const to = (path: string, transformation: JsonObject): JsonObject => ({
  ...transformation,
  input: { path },
  output: { name: "physical" },
});
const multiscale6: JsonObject = {
  name: "cells",
  coordinateSystems: [intrinsic, { name: "stage", axes: [space("y"), space("x")] }],
  datasets: [
    { path: "0", coordinateTransformations: [to("0", scaleBy(0.5, 0.5))] },
    { path: "1", coordinateTransformations: [to("1", scaleBy(1, 1))] },
  ],
  coordinateTransformations: [
    {
      type: "sequence",
      transformations: [
        { type: "rotation", rotation: [[0, -1], [1, 0]] }, // biome-ignore format: one matrix
        { type: "translation", translation: [5, 7] },
      ],
      input: { name: "physical" },
      output: { name: "stage" },
    },
  ],
};

const below = (folder: string, documents: Documents): Documents =>
  Object.fromEntries(Object.entries(documents).map(([key, value]) => [`${folder}/${key}`, value]));

const image2 = (attributes: JsonObject): Documents => ({
  ".zgroup": zgroup,
  ".zattrs": attributes,
  ...levels2,
});
/** Versions without axes have all five. */
const image5d = (attributes: JsonObject): Documents => ({
  ...image2(attributes),
  "0/.zarray": zarray([1, 1, 1, 64, 96], { chunks: [1, 1, 1, 32, 32] }),
  "1/.zarray": zarray([1, 1, 1, 32, 48], { chunks: [1, 1, 1, 32, 32] }),
});
const image3 = (attributes: JsonObject): Documents => ({
  "zarr.json": group3(attributes),
  ...levels3,
});

const plate: JsonObject = {
  name: "screen",
  version: "0.4",
  rows: [{ name: "A" }, { name: "B" }],
  columns: [{ name: "1" }, { name: "2" }],
  acquisitions: [
    { id: 0, name: "first", maximumfieldcount: 1 },
    { id: 2, name: "second", maximumfieldcount: 1 },
  ],
  field_count: 1,
  wells: [
    { path: "A/1", rowIndex: 0, columnIndex: 0 },
    { path: "B/2", rowIndex: 1, columnIndex: 1 },
  ],
};
const well: JsonObject = { version: "0.4", images: [{ path: "0", acquisition: 0 }] };

const image4 = image2({ multiscales: [multiscale({ version: "0.4" })], omero });
const image5 = image3({ ome: { version: "0.5", multiscales: [multiscale()], omero } });
const image6 = image3({ ome: { version: "0.6", multiscales: [multiscale6] } });

/** One valid source of each dialect and kind, complete: everything in it can be read, and nothing is wrong with it. */
export const validDocuments: Readonly<Record<string, Documents>> = {
  "array v1": {
    meta: {
      zarr_format: 1,
      shape: [64, 96],
      chunks: [32, 32],
      dtype: "<u2",
      compression: "zlib",
      compression_opts: 1,
      fill_value: 0,
      order: "C",
    },
    attrs: {},
  },
  "array v2": { ".zarray": zarray(), ".zattrs": { _ARRAY_DIMENSIONS: ["y", "x"] } },
  "array v3": { "zarr.json": array3() },
  "0.1": image5d({
    multiscales: [{ version: "0.1", name: "old", datasets: [{ path: "0" }] }],
    omero,
  }),
  "0.2": image5d({ multiscales: [{ version: "0.2", datasets: [{ path: "0" }, { path: "1" }] }] }),
  "0.3": image2({
    multiscales: [
      multiscale({ version: "0.3", axes: ["y", "x"], datasets: [{ path: "0" }, { path: "1" }] }),
    ],
  }),
  "0.4": image4,
  "0.5": image5,
  "0.6": image6,
  "0.4 consolidated": {
    ...image4,
    ".zmetadata": { zarr_consolidated_format: 1, metadata: image4 },
  },
  "two multiscales": image2({
    multiscales: [multiscale({ version: "0.4" }), multiscale({ version: "0.4", name: "other" })],
  }),
  labels: {
    ...image4,
    "labels/.zgroup": zgroup,
    "labels/.zattrs": { labels: ["cells"] },
    ...below(
      "labels/cells",
      image2({
        multiscales: [multiscale({ version: "0.4" })],
        "image-label": {
          version: "0.4",
          colors: [{ "label-value": 1, rgba: [255, 0, 0, 255] }],
          properties: [{ "label-value": 1, class: "nucleus" }],
          source: { image: "../../" },
        },
      }),
    ),
  },
  plate: {
    ".zgroup": zgroup,
    ".zattrs": { plate },
    "A/.zgroup": zgroup,
    "A/1/.zgroup": zgroup,
    "A/1/.zattrs": { well },
    ...below("A/1/0", image4),
    "B/2/.zgroup": zgroup,
    "B/2/.zattrs": { well },
    ...below("B/2/0", image4),
  },
  bioformats2raw: {
    ".zgroup": zgroup,
    ".zattrs": { "bioformats2raw.layout": 3 },
    "OME/.zgroup": zgroup,
    "OME/.zattrs": { series: ["0", "1"] },
    ...below("0", image4),
    ...below("1", image4),
  },
  "RFC-8 collection": {
    "zarr.json": group3({
      ome: {
        version: "0.x",
        type: "collection",
        name: "all",
        nodes: [
          { type: "multiscale", name: "a", path: "a" },
          { type: "collection", name: "more", path: "more" },
        ],
      },
    }),
    ...below("a", image5),
    "more/zarr.json": group3({
      ome: {
        version: "0.x",
        type: "collection",
        nodes: [{ type: "multiscale", name: "b", path: "b" }],
      },
    }),
    ...below("more/b", image5),
  },
  scene: {
    "zarr.json": group3({
      ome: {
        version: "0.6",
        scene: {
          coordinateSystems: [{ name: "world", axes: [space("y"), space("x")] }],
          coordinateTransformations: ["a", "b"].map((path, k) => ({
            type: "translation",
            translation: [k * 40, 0],
            input: { path, name: "physical" },
            output: { name: "world" },
          })),
        },
      },
    }),
    ...below("a", image6),
    ...below("b", image6),
  },
};
