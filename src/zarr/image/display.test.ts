import { describe, expect, test } from "vitest";
import type { ArrayMetadata } from "../array/array-metadata.ts";
import type { DataType } from "../array/data-type.ts";
import type { JsonValue } from "../json.ts";
import { parseOmero } from "../ome/omero.ts";
import { problemLog } from "../ome/problem-log.ts";
import { rootPath } from "../store/node-path.ts";
import { plainAxisLayout } from "./axis-layout.ts";
import { channelModels } from "./default-channels.ts";
import { defaultSelection } from "./default-selection.ts";
import type { ImageModel, WorldFromIndex } from "./image-model.ts";
import { indexAtLevel } from "./index-at-level.ts";
import { lengthUnit, unitSymbol } from "./units.ts";

function channels(omero: JsonValue | undefined, count: number, dataType: DataType = "uint16") {
  const log = problemLog("z#");
  const models = channelModels(parseOmero(omero, "/omero", log), dataType, count, log);
  return { models, codes: [...new Set(log.problems.map((problem) => problem.code))] };
}

const visibleOf = ({ models }: ReturnType<typeof channels>) =>
  models.flatMap((channel) => (channel.visible ? [channel.index] : []));
const colorsOf = ({ models }: ReturnType<typeof channels>) =>
  models.map((channel) => channel.color);

describe("channels", () => {
  test("N4-41: without omero one is white, two are green and magenta, three cyan, magenta, yellow", () => {
    expect(colorsOf(channels(undefined, 1))).toEqual(["FFFFFF"]);
    expect(colorsOf(channels(undefined, 2))).toEqual(["00FF00", "FF00FF"]);
    expect(colorsOf(channels(undefined, 3))).toEqual(["00FFFF", "FF00FF", "FFFF00"]);
  });

  test("N4-40, N4-41: three uint8 channels are red, green, blue over the full range", () => {
    const { models } = channels(undefined, 3, "uint8");
    expect(models).toMatchObject(
      ["Red FF0000", "Green 00FF00", "Blue 0000FF"].map((text) => {
        const [label, color] = text.split(" ");
        return { label, color, visible: true, window: { start: 0, end: 255, min: 0, max: 255 } };
      }),
    );
    expect(channels(undefined, 1, "uint8").models[0]?.window).toBeUndefined();
  });

  test("N4-40: four interleaved uint8 channels are a photograph with alpha, which is off", () => {
    const models = channelModels(undefined, "uint8", 4, problemLog("z#"), true);
    expect(models.map(({ label, color, visible }) => `${label} ${color} ${visible}`)).toEqual([
      "Red FF0000 true",
      "Green 00FF00 true",
      "Blue 0000FF true",
      "Alpha FF0000 false",
    ]);
    expect(channels(undefined, 4, "uint8").models[3]?.label).toBe("Channel 4");
  });

  test("N4-31: a power is a gamma; a table that we have is taken, another one is noted", () => {
    const omero = {
      channels: [
        { family: "polynomial", coefficient: 0.5 },
        { lut: "Magma.lut" },
        { lut: "glasbey.lut" },
      ],
    };
    const { models, codes } = channels(omero, 3);
    expect(models.map(({ gamma, lut }) => [gamma, lut])).toEqual([
      [0.5, undefined],
      [undefined, "magma"],
      [undefined, undefined],
    ]);
    expect(codes).toEqual(["N4-31"]);
  });

  test("N4-37, N4-42: missing active means true, for the first four; at most sixteen", () => {
    expect(visibleOf(channels(undefined, 50))).toEqual([0, 1, 2, 3]);
    expect(visibleOf(channels({ channels: [{}, { active: false }, {}] }, 3))).toEqual([0, 2]);
    const all = { channels: Array.from({ length: 50 }, () => ({ active: true })) };
    expect(visibleOf(channels(all, 50))).toHaveLength(16);
    expect(visibleOf(channels({ channels: all.channels.slice(0, 12) }, 12))).toHaveLength(12);
  });

  test("N4-37: all off shows the first", () => {
    const off = { channels: [{ active: false }, { active: false }] };
    expect(visibleOf(channels(off, 2))).toEqual([0]);
  });

  test("N4-38: inverted is kept; greyscale shows the first active channel in white", () => {
    const omero = {
      channels: [
        { active: false, color: "FF0000" },
        { active: true, inverted: true },
        { active: true },
      ],
      rdefs: { model: "greyscale" },
    };
    const result = channels(omero, 3);
    expect(visibleOf(result)).toEqual([1]);
    expect(colorsOf(result)).toEqual(["FFFFFF", "FFFFFF", "FFFFFF"]);
    expect(result.models[1]?.inverted).toBe(true);
  });

  test("N4-36: omero shorter or longer than the channel axis", () => {
    const two = { channels: [{ label: "a", color: "0000FF" }, { label: "b" }] };
    const longer = channels(two, 3);
    expect(longer.models.map((channel) => channel.label)).toEqual(["a", "b", "Channel 3"]);
    expect(longer.codes).toEqual(["N4-36"]);
    expect(channels(two, 1).models).toHaveLength(1);
    expect(channels({ channels: [] }, 2).codes).toEqual([]);
  });

  test("N4-35: limits outside the data type give way to auto-contrast", () => {
    const window = { start: 0, end: 65535, min: 0, max: 65535 };
    const wide = channels({ channels: [{ window }] }, 1, "uint8");
    expect(wide.models[0]?.window).toBeUndefined();
    expect(wide.codes).toEqual(["N4-35"]);
    expect(channels({ channels: [{ window }] }, 1, "uint16").models[0]?.window).toEqual(window);
    expect(channels({ channels: [{ window }] }, 1, "float32").codes).toEqual([]);
  });
});

describe("default selection", () => {
  const layout = plainAxisLayout(["t", "c", "z", "angle", "y", "x"], [9, 3, 7, 4, 8, 8]);
  const stated = (defaultZ?: number, defaultT?: number) => ({ defaultZ, defaultT });

  test("N4-39: the middle z and the first of all else", () => {
    expect(defaultSelection(layout, undefined)).toEqual({ t: 0, z: 3, angle: 0 });
  });

  test("N4-39: rdefs inside the bounds", () => {
    expect(defaultSelection(layout, stated(1, 2))).toEqual({ t: 2, z: 1, angle: 0 });
    expect(defaultSelection(layout, stated(99, -1))).toEqual({ t: 0, z: 6, angle: 0 });
  });
});

describe("index at a level", () => {
  function imageOf(...levels: { shape: number; world: WorldFromIndex }[]): ImageModel {
    const array: ArrayMetadata = {
      zarrFormat: 3,
      path: rootPath,
      shape: [],
      dataType: "uint8",
      chunkGrid: { kind: "regular", chunkShape: [] },
      chunkKeyEncoding: { name: "default", separator: "/" },
      fillValue: 0,
      codecs: {
        arrayToArray: [],
        arrayToBytes: { name: "bytes", configuration: {} },
        bytesToBytes: [],
      },
      dimensionNames: undefined,
      attributes: {},
    };
    const size = levels[0]?.shape ?? 1;
    return {
      name: "",
      format: "",
      dataType: "uint8",
      axes: plainAxisLayout(["z", "t", "y", "x"], [size, size, 1, 1]),
      levels: levels.map(({ shape, world }, k) => ({
        path: String(k),
        array,
        shape: [shape, shape, 1, 1],
        worldFromIndex: world,
      })),
      channels: [],
      defaultSelection: {},
      attributes: {},
      problems: [],
    };
  }
  const world = (scale: number, translation: number): WorldFromIndex => ({
    scale: [scale, scale, 1, 1],
    translation: [translation, 0, 0, 0],
  });
  const [zDim, tDim] = [0, 1];

  test("N4-17: z down-sampled by 2, aligned at the corner", () => {
    const image = imageOf({ shape: 8, world: world(0.5, 0) }, { shape: 4, world: world(1, 0.25) });
    const indices = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => indexAtLevel(image, 1, zDim, index));
    expect(indices).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test("the finest level keeps every index, others stay inside their bounds", () => {
    const image = imageOf({ shape: 9, world: world(1, 0) }, { shape: 2, world: world(2, 0.5) });
    expect(indexAtLevel(image, 0, zDim, 8)).toBe(8);
    expect(indexAtLevel(image, 1, zDim, 8)).toBe(1);
    expect(indexAtLevel(image, 1, zDim, -3)).toBe(0);
    expect(indexAtLevel(image, 7, zDim, 3)).toBe(0);
  });

  test("N4-17: t down-sampled goes by world coordinates", () => {
    const image = imageOf({ shape: 8, world: world(1, 0) }, { shape: 4, world: world(2, 0) });
    expect([0, 2, 4, 6].map((index) => indexAtLevel(image, 1, tDim, index))).toEqual([0, 1, 2, 3]);
  });

  test("as many planes as before are the same planes, whatever the scale says", () => {
    const image = imageOf({ shape: 8, world: world(1, 0) }, { shape: 8, world: world(2, 0.5) });
    expect(indexAtLevel(image, 1, zDim, 5)).toBe(5);
    expect(indexAtLevel(image, 1, tDim, 5)).toBe(5);
  });

  test("of equal scale and another place, world coordinates tell", () => {
    const image = imageOf({ shape: 8, world: world(1, 0) }, { shape: 8, world: world(1, 2) });
    expect(indexAtLevel(image, 1, zDim, 5)).toBe(3);
  });
});

describe("units, N4-08", () => {
  test.each([
    ["micrometer", "µm", 1e-6],
    ["micrometre", "µm", 1e-6],
    ["Micrometers", "µm", 1e-6],
    ["micron", "µm", 1e-6],
    ["um", "µm", 1e-6],
    ["\u00b5m", "µm", 1e-6],
    ["\u03bcm", "µm", 1e-6],
    ["mm", "mm", 1e-3],
    ["Mm", "Mm", 1e6],
    ["meter", "m", 1],
    ["angstrom", "Å", 1e-10],
    ["foot", "ft", 0.3048],
    ["parsec", "pc", 3.0857e16],
  ])("%s is %s", (unit, symbol, metres) => {
    expect(lengthUnit(unit)?.symbol).toBe(symbol);
    expect(lengthUnit(unit)?.metres).toBeCloseTo(metres, metres > 1e9 ? -13 : 15);
    expect(unitSymbol(unit)).toBe(symbol);
  });

  test.each(["pixel", "px", "", "second", "constructor", "degrees_east", "s"])(
    "%j is no length",
    (unit) => {
      expect(lengthUnit(unit)).toBeUndefined();
    },
  );

  test("times have a symbol, unknown units stay as they are", () => {
    expect(["second", "milliseconds", "hour", "furlong", "pixel"].map(unitSymbol)).toEqual([
      "s",
      "ms",
      "h",
      "furlong",
      "pixel",
    ]);
    expect(lengthUnit(undefined)).toBeUndefined();
  });
});
