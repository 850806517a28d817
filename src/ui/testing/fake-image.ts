import type { ArrayMetadata } from "../../zarr/array/array-metadata.ts";
import type { Axis, ChannelModel, ImageModel, PyramidLevel } from "../../zarr/image/image-model.ts";
import { rootPath } from "../../zarr/store/node-path.ts";

const array: ArrayMetadata = {
  zarrFormat: 3,
  path: rootPath,
  shape: [2, 236, 275, 271],
  dataType: "uint16",
  chunkGrid: { kind: "regular", chunkShape: [1, 1, 256, 256] },
  chunkKeyEncoding: { name: "default", separator: "/" },
  fillValue: 0,
  codecs: {
    arrayToArray: [],
    arrayToBytes: { name: "bytes", configuration: { endian: "little" } },
    bytesToBytes: [],
  },
  dimensionNames: ["c", "z", "y", "x"],
  attributes: {},
};

function axis(name: string, role: Axis["role"], dim: number, size: number): Axis {
  return { name, role, dim, size, unit: role === "c" ? undefined : "micrometer" };
}

function level(path: string, factor: number): PyramidLevel {
  const shape = [2, 236, Math.ceil(275 / factor), Math.ceil(271 / factor)];
  const scale = [1, 0.5, 0.36 * factor, 0.36 * factor];
  return { path, array, shape, worldFromIndex: { scale, translation: [0, 0, 0, 0] } };
}

/** A channel as metadata describe it. */
export function fakeChannel(index: number, change: Partial<ChannelModel> = {}): ChannelModel {
  return {
    index,
    label: ["LaminB1", "DAPI"][index] ?? `Channel ${index}`,
    color: ["00FF00", "0000FF"][index] ?? "FFFFFF",
    visible: true,
    inverted: false,
    window: { start: 100 + index, end: 1500, min: 0, max: 65535 },
    ...change,
  };
}

/** A confocal stack of two channels, 236 planes and three levels; for tests and the lab. */
export function fakeImage(change: Partial<ImageModel> = {}): ImageModel {
  return {
    name: "6001240",
    format: "OME-NGFF 0.5",
    dataType: "uint16",
    axes: {
      axes: [
        axis("c", "c", 0, 2),
        axis("z", "z", 1, 236),
        axis("y", "y", 2, 275),
        axis("x", "x", 3, 271),
      ],
      xDim: 3,
      yDim: 2,
      cDim: 0,
    },
    levels: [level("0", 1), level("1", 2), level("2", 4)],
    channels: [fakeChannel(0), fakeChannel(1)],
    defaultSelection: { z: 118 },
    attributes: { ome: { version: "0.5" } },
    problems: [],
    ...change,
  };
}
