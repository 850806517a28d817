import { describe, expect, it } from "vitest";
import type { ImageModel, PyramidLevel } from "../image/image-model.ts";
import { nodePath } from "../store/node-path.ts";
import { isPredictedRight, predictedImage } from "./predicted-image.ts";

const bytes = { name: "bytes", configuration: { endian: "little" } };

function level(path: string, base: string, size: number): PyramidLevel {
  const shape = [2, size, size];
  return {
    path,
    shape,
    array: {
      zarrFormat: 2,
      path: nodePath(`${base}/${path}`),
      shape,
      dataType: "uint16",
      chunkGrid: { kind: "regular", chunkShape: [1, 64, 64] },
      chunkKeyEncoding: { name: "v2", separator: "/" },
      fillValue: 0,
      codecs: { arrayToArray: [], arrayToBytes: bytes, bytesToBytes: [] },
      dimensionNames: undefined,
      attributes: {},
    },
    worldFromIndex: { scale: [1, 256 / size, 256 / size], translation: [0, 0, 0] },
  };
}

function imageAt(base: string): ImageModel {
  return {
    name: base,
    format: "made up",
    dataType: "uint16",
    axes: {
      axes: ["c", "y", "x"].map((name, dim) => ({
        name,
        role: name === "c" ? "c" : name === "y" ? "y" : "x",
        dim,
        size: dim === 0 ? 2 : 256,
        unit: undefined,
      })),
      xDim: 2,
      yDim: 1,
      cDim: 0,
    },
    levels: [level("0", base, 256), level("1", base, 128)],
    channels: [0, 1].map((index) => ({
      index,
      label: `c${index}`,
      color: "FFFFFF",
      visible: true,
      inverted: false,
      window: undefined,
    })),
    defaultSelection: {},
    attributes: {},
    problems: [],
  };
}

function withLevel(image: ImageModel, change: (level: PyramidLevel) => PyramidLevel): ImageModel {
  return { ...image, levels: image.levels.map((each, i) => (i === 1 ? change(each) : each)) };
}

function withArray(image: ImageModel, change: Partial<PyramidLevel["array"]>): ImageModel {
  return withLevel(image, (each) => ({ ...each, array: { ...each.array, ...change } }));
}

describe("a predicted image", () => {
  const predicted = predictedImage(imageAt("A/1/0"), nodePath("B/2/0"));
  const read = imageAt("B/2/0");

  it("has the template's levels at its own paths", () => {
    expect(predicted.levels.map(({ array }) => array.path)).toEqual(["B/2/0/0", "B/2/0/1"]);
    expect(predicted.levels.map(({ shape }) => shape)).toEqual(
      read.levels.map(({ shape }) => shape),
    );
  });

  it("is right for an image that differs in name, colours and limits only", () => {
    const channels = read.channels.map((channel) => ({ ...channel, label: "x", color: "FF0000" }));
    expect(isPredictedRight(predicted, { ...read, name: "other", channels })).toBe(true);
  });

  const wrong: readonly (readonly [string, ImageModel])[] = [
    ["type", withArray({ ...read, dataType: "int16" }, { dataType: "int16" })],
    ["type of one level", withArray(read, { dataType: "int16" })],
    ["shape", withArray(read, { shape: [2, 127, 128] })],
    ["chunks", withArray(read, { chunkGrid: { kind: "regular", chunkShape: [1, 32, 64] } })],
    ["keys", withArray(read, { chunkKeyEncoding: { name: "v2", separator: "." } })],
    ["path", withArray(read, { path: nodePath("B/2/0/s1") })],
    ["fill value", withArray(read, { fillValue: 7 })],
    [
      "byte order",
      withArray(read, {
        codecs: {
          arrayToArray: [],
          arrayToBytes: { name: "bytes", configuration: { endian: "big" } },
          bytesToBytes: [],
        },
      }),
    ],
    [
      "codec",
      withArray(read, {
        codecs: {
          arrayToArray: [],
          arrayToBytes: bytes,
          bytesToBytes: [{ name: "gzip", configuration: { level: 1 } }],
        },
      }),
    ],
    [
      "scale",
      withLevel(read, (each) => ({
        ...each,
        worldFromIndex: { ...each.worldFromIndex, scale: [1, 3, 2] },
      })),
    ],
    ["number of levels", { ...read, levels: read.levels.slice(0, 1) }],
    ["number of channels", { ...read, channels: read.channels.slice(0, 1) }],
    ["order of axes", { ...read, axes: { ...read.axes, xDim: 1, yDim: 2 } }],
  ];
  it.each(wrong)("is wrong for an image of another %s", (_, image) => {
    expect(isPredictedRight(predicted, image)).toBe(false);
  });
});
