import type { ChunkGrid } from "../array/array-metadata.ts";
import type { CodecChain, CodecSpec } from "../codecs/codec.ts";
import type { AxisLayout, ImageModel, PyramidLevel } from "../image/image-model.ts";
import type { JsonValue } from "../json.ts";
import { isJsonObject } from "../ome/ome-attributes.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";

/**
 * What the image at `path` is expected to be: as `template`, which is another one of the same plate, but for where its arrays lie. A guess until that
 * image's own metadata were read; whoever shows it must say so.
 */
export function predictedImage(template: ImageModel, path: NodePath): ImageModel {
  return {
    ...template,
    levels: template.levels.map((level) => ({
      ...level,
      array: { ...level.array, path: joinPath(path, level.path) },
    })),
    problems: [],
  };
}

/**
 * Whether a prediction shows the right pixels at the right place: the same axes, channels, levels, shapes, types, chunks, codecs, fill values and
 * transformations. Names, colours and display limits may differ.
 */
export function isPredictedRight(predicted: ImageModel, read: ImageModel): boolean {
  return (
    predicted.dataType === read.dataType &&
    predicted.channels.length === read.channels.length &&
    sameAxes(predicted.axes, read.axes) &&
    predicted.levels.length === read.levels.length &&
    predicted.levels.every((level, index) => sameLevel(level, read.levels[index]))
  );
}

function sameAxes(a: AxisLayout, b: AxisLayout): boolean {
  return (
    a.xDim === b.xDim &&
    a.yDim === b.yDim &&
    a.cDim === b.cDim &&
    a.axes.length === b.axes.length &&
    a.axes.every((axis, dim) => {
      const other = b.axes[dim];
      return axis.name === other?.name && axis.size === other.size && axis.unit === other.unit;
    })
  );
}

function sameLevel(a: PyramidLevel, b: PyramidLevel | undefined): boolean {
  if (b === undefined) return false;
  const { array: one } = a;
  const { array: other } = b;
  return (
    one.path === other.path &&
    one.zarrFormat === other.zarrFormat &&
    one.dataType === other.dataType &&
    Object.is(one.fillValue, other.fillValue) &&
    sameNumbers(one.shape, other.shape) &&
    sameGrid(one.chunkGrid, other.chunkGrid) &&
    one.chunkKeyEncoding.name === other.chunkKeyEncoding.name &&
    one.chunkKeyEncoding.separator === other.chunkKeyEncoding.separator &&
    sameCodecs(one.codecs, other.codecs) &&
    sameNumbers(a.worldFromIndex.scale, b.worldFromIndex.scale) &&
    sameNumbers(a.worldFromIndex.translation, b.worldFromIndex.translation)
  );
}

function sameGrid(a: ChunkGrid, b: ChunkGrid): boolean {
  if (a.kind === "regular" && b.kind === "regular") return sameNumbers(a.chunkShape, b.chunkShape);
  return (
    a.kind === "rectilinear" &&
    b.kind === "rectilinear" &&
    sameLists(a.axes, b.axes, (one, other) =>
      typeof one === "number" || typeof other === "number"
        ? one === other
        : sameNumbers(one, other),
    )
  );
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

function sameCodecs(a: CodecChain, b: CodecChain): boolean {
  return (
    sameLists(a.arrayToArray, b.arrayToArray, sameCodec) &&
    sameCodec(a.arrayToBytes, b.arrayToBytes) &&
    sameLists(a.bytesToBytes, b.bytesToBytes, sameCodec)
  );
}

function sameCodec(a: CodecSpec, b: CodecSpec): boolean {
  return a.name === b.name && sameJson(a.configuration, b.configuration);
}

function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return sameLists(a, b, sameJson);
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return Object.is(a, b);
}

function sameLists<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((item, i) => {
      const other = b[i];
      return other !== undefined && same(item, other);
    })
  );
}
