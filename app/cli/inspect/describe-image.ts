import {
  imageInWords,
  levelBytes,
  levelStorage,
  shapeInWords,
} from "../../../src/ui/format/image-words.ts";
import type { ArrayMetadata } from "../../../src/zarr/array/array-metadata.ts";
import { largestChunkShape } from "../../../src/zarr/array/chunk-grid.ts";
import { readChunkShape } from "../../../src/zarr/array/read-grid.ts";
import { dataTypeName } from "../../../src/zarr/array/stored-item.ts";
import { unsupportedCodecs } from "../../../src/zarr/codecs/registry.ts";
import { dimensionNamesOf } from "../../../src/zarr/image/dimension-names.ts";
import type { ImageModel, PyramidLevel } from "../../../src/zarr/image/image-model.ts";
import { shownPath } from "../../../src/zarr/image/node-reader.ts";
import { unsupportedCodec } from "../../../src/zarr/image/open-failure.ts";
import type { InspectReport, ReportLevel } from "./report.ts";

/** The fields of a report that tell of an image or array. */
export type Description = Pick<
  InspectReport,
  "name" | "summary" | "path" | "axes" | "systems" | "levels" | "channels" | "problems" | "failure"
>;

/** Nothing that could be described. */
export const nothing: Description = {
  name: null,
  summary: null,
  path: null,
  axes: [],
  systems: [],
  levels: [],
  channels: [],
  problems: [],
  failure: null,
};

/** `path` is that of the image's node. */
export function describeImage(image: ImageModel, path: string): Description {
  const { axes } = image.axes;
  return {
    name: image.name,
    summary: imageInWords(image),
    path,
    axes: axes.map(({ name, role, unit, size }) => {
      return { name, role: role ?? null, unit: unit ?? null, size };
    }),
    systems: (image.systems ?? []).map(({ name }) => name),
    levels: image.levels.map(describeLevel),
    channels: image.channels.map(({ index, label, color, visible, window }) => {
      return { index, label, color, visible, window: window ?? null };
    }),
    problems: image.problems,
    failure: null,
  };
}

/** An array of any number of dimensions, whether or not it could be shown as an image. */
export function describeArray(
  array: ArrayMetadata,
  name: string,
  problems: Description["problems"],
): Description {
  const { shape, path } = array;
  const names = dimensionNamesOf(array);
  const [codec] = unsupportedCodecs(array.codecs);
  return {
    name,
    summary: arrayInWords(array),
    path,
    axes: shape.map((size, dim) => {
      return { name: names?.[dim] ?? `dim${dim}`, role: null, unit: null, size };
    }),
    systems: [],
    levels: [levelOf(array, shape)],
    channels: [],
    problems,
    failure:
      codec === undefined
        ? null
        : unsupportedCodec(codec, `The array at ${shownPath(path)} uses the codec "${codec}".`),
  };
}

/** "3 × 20 × 30, float64". */
export function arrayInWords(array: ArrayMetadata): string {
  const size = array.shape.length === 0 ? "a single value" : shapeInWords(array.shape);
  return `${size}, ${dataTypeName(array)}`;
}

function describeLevel({ array, shape, worldFromIndex }: PyramidLevel): ReportLevel {
  const { scale, translation } = worldFromIndex;
  return { ...levelOf(array, shape), scale, translation };
}

function levelOf(array: ArrayMetadata, shape: readonly number[]): ReportLevel {
  const { arrayToArray, arrayToBytes, bytesToBytes } = array.codecs;
  const isSharded = arrayToBytes.name === "sharding_indexed";
  return {
    path: array.path,
    shape,
    chunk: readChunkShape(array),
    chunkGrid: array.chunkGrid.kind,
    shard: isSharded ? largestChunkShape(array) : null,
    dataType: dataTypeName(array),
    codecs: [...arrayToArray, arrayToBytes, ...bytesToBytes],
    storedAs: levelStorage({ array }).codecs,
    bytes: levelBytes({ array, shape }),
    scale: null,
    translation: null,
  };
}
