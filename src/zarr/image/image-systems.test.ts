import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { imageInSystem, selectionAlong } from "./image-in-system.ts";
import type { ImageModel } from "./image-model.ts";
import { openImage } from "./open-image.ts";
import { array, group, readerOf } from "./testing/fake-nodes.ts";

const spatial = (...names: string[]): JsonValue =>
  names.map((name) => ({ name, type: "space", unit: "micrometer" }));
const system = (name: string, axes: JsonValue): JsonValue => ({ name, axes });
const dataset = (path: string, transformation: JsonObject): JsonValue => ({
  path,
  coordinateTransformations: [{ ...transformation, input: { path }, output: { name: "physical" } }],
});
const view = (transformation: JsonObject): JsonValue => ({
  ...transformation,
  input: { name: "physical" },
  output: { name: "view" },
});

type Parts = {
  readonly axes?: JsonValue;
  readonly viewAxes?: JsonValue;
  readonly datasets?: readonly JsonValue[];
  readonly views?: readonly JsonValue[];
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  readonly numbers?: (path: string) => { shape: number[]; values: number[] };
};

/** Opens an image of 0.6 with the systems "physical" (intrinsic) and "view". */
async function open(parts: Parts): Promise<ImageModel> {
  const { axes = spatial("y", "x"), viewAxes = axes, shapes = { "0": [40, 60] } } = parts;
  const { datasets = [dataset("0", { type: "scale", scale: [2, 3] })], views = [] } = parts;
  const multiscale = {
    name: "turned",
    coordinateSystems: [system("physical", axes), system("view", viewAxes)],
    datasets: [...datasets],
    coordinateTransformations: [...views],
  };
  const arrays = Object.entries(shapes).map(([path, shape]) => [path, array(shape)] as const);
  const { reader } = readerOf({
    "": group({ ome: { version: "0.6", multiscales: [multiscale] } }, 3),
    ...Object.fromEntries(arrays),
  });
  const { numbers } = parts;
  const { image } = await openImage(
    numbers ? { ...reader, numbers: async ({ path }) => numbers(path) } : reader,
  );
  return image;
}

const warnings = ({ problems }: ImageModel) =>
  problems.filter(({ severity }) => severity === "warning").map(({ code }) => code);

describe("coordinate systems of an image", () => {
  test("N6-05, N6-08: the intrinsic one is shown; a view is one to choose, and is never applied unasked", async () => {
    const image = await open({ views: [view({ type: "translation", translation: [100, 200] })] });
    expect(warnings(image)).toEqual([]);
    expect(image.system).toBe("physical");
    expect(image.systems?.map(({ name }) => name)).toEqual(["physical", "view"]);
    expect(image.levels[0]?.worldFromIndex).toEqual({ scale: [2, 3], translation: [0, 0] });
    const moved = imageInSystem(image, "view");
    expect(moved.levels[0]?.worldFromIndex).toEqual({ scale: [2, 3], translation: [100, 200] });
    expect(moved.levels[0]?.array).toBe(image.levels[0]?.array);
    expect(imageInSystem(moved, "physical").levels).toEqual(image.levels);
  });

  test("N6-07: levels without a translation stay where the metadata put them", async () => {
    const image = await open({
      datasets: [
        dataset("0", { type: "scale", scale: [1, 1] }),
        dataset("1", { type: "scale", scale: [2, 2] }),
      ],
      shapes: { "0": [40, 60], "1": [20, 30] },
    });
    expect(image.levels[1]?.worldFromIndex).toEqual({ scale: [2, 2], translation: [0, 0] });
  });

  test("N6-23: a turned view keeps levels together, the shear stated apart", async () => {
    const image = await open({
      datasets: [
        dataset("0", { type: "scale", scale: [1, 1] }),
        dataset("1", {
          type: "sequence",
          transformations: [
            { type: "scale", scale: [2, 2] },
            { type: "translation", translation: [0.5, 0.5] },
          ],
        }),
      ],
      shapes: { "0": [40, 60], "1": [20, 30] },
      views: [
        view({
          type: "affine",
          affine: [
            [3, 0.4, 30],
            [0.3, 2, 20],
          ],
        }),
      ],
    });
    const { levels } = imageInSystem(image, "view");
    expect(levels[0]?.worldFromIndex).toEqual({
      scale: [3, 2],
      translation: [30, 20],
      shear: { xFromY: 0.3, yFromX: 0.4 },
    });
    expect(levels[1]?.worldFromIndex).toEqual({
      scale: [6, 4],
      translation: [30 + 0.5 * 3 + 0.5 * 0.4, 20 + 0.5 * 0.3 + 0.5 * 2],
      shear: { xFromY: 0.6, yFromX: 0.8 },
    });
  });

  test("N6-10: a matrix in an array beside the image", async () => {
    const image = await open({
      views: [view({ type: "affine", path: "parameters" })],
      shapes: { "0": [40, 60], parameters: [2, 3] },
      numbers: () => ({ shape: [2, 3], values: [0, 1, 0, 1, 0, 0] }),
    });
    expect(warnings(image)).toEqual([]);
    expect(imageInSystem(image, "view").axes).toMatchObject({ xDim: 0, yDim: 1 });
  });

  test("N6-10: a path out of the store is refused, and told", async () => {
    const image = await open({
      views: [view({ type: "affine", path: "../../elsewhere" })],
      numbers: () => ({ shape: [2, 3], values: [0, 1, 0, 1, 0, 0] }),
    });
    expect(image.systems).toBeUndefined();
    expect(warnings(image)).toEqual(["N6-10", "N6-10"]);
  });

  test.each<[string, string, JsonObject, JsonValue?]>([
    [
      "ZS-OBLIQUE",
      "a turn of z",
      {
        type: "affine",
        affine: [
          [0.8, 0.6, 0, 0],
          [-0.6, 0.8, 0, 0],
          [0, 0, 1, 0],
        ],
      },
    ],
    ["N6-26", "a field", { type: "displacements", path: "field" }],
    [
      "N6-30",
      "what flattens the image",
      {
        type: "affine",
        affine: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 1, 0, 0],
        ],
      },
    ],
  ])(
    "%s: %s is named, and the image is shown in its intrinsic system",
    async (code, _, transformation) => {
      const image = await open({
        axes: spatial("z", "y", "x"),
        datasets: [dataset("0", { type: "scale", scale: [1, 2, 3] })],
        shapes: { "0": [5, 40, 60] },
        views: [view(transformation)],
      });
      expect(image.system).toBe("physical");
      expect(image.systems).toBeUndefined();
      expect(warnings(image)).toContain(code);
    },
  );

  test("N6-33: a system that mixes channels with space is named", async () => {
    const axes = [{ name: "c", type: "channel" }, ...(spatial("y", "x") as JsonValue[])];
    const image = await open({
      axes,
      datasets: [dataset("0", { type: "scale", scale: [1, 2, 3] })],
      shapes: { "0": [3, 40, 60] },
      views: [
        view({
          type: "affine",
          affine: [
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [5, 0, 1, 0],
          ],
        }),
      ],
    });
    expect(image.systems).toBeUndefined();
    expect(warnings(image)).toContain("ZS-OBLIQUE");
  });

  test("N6-29, N6-30: an intrinsic system that cannot be drawn leaves the array's own indices", async () => {
    const image = await open({
      axes: spatial("z", "y", "x"),
      datasets: [
        dataset("0", {
          type: "rotation",
          rotation: [
            [0.8, 0.6, 0],
            [-0.6, 0.8, 0],
            [0, 0, 1],
          ],
        }),
      ],
      shapes: { "0": [5, 40, 60] },
      views: [],
    });
    expect(image.system).toBe("array indices");
    expect(image.levels[0]?.worldFromIndex).toEqual({ scale: [1, 1, 1], translation: [0, 0, 0] });
    expect(image.axes.axes.map(({ unit }) => unit)).toEqual([undefined, undefined, undefined]);
    expect(warnings(image)).toEqual(expect.arrayContaining(["N6-05", "ZS-OBLIQUE"]));
  });
});

test("a selection belongs to dimensions: what z was before is y's slider after, and back", async () => {
  const image = await open({
    axes: spatial("z", "y", "x"),
    datasets: [dataset("0", { type: "identity" })],
    shapes: { "0": [5, 40, 60] },
    views: [view({ type: "mapAxis", mapAxis: [1, 0, 2] })],
  });
  const turned = imageInSystem(image, "view");
  expect(turned.axes).toMatchObject({ xDim: 2, yDim: 0 });
  expect(selectionAlong({ z: 3 }, image.axes, turned.axes)).toEqual({ z: 20 });
  expect(selectionAlong({ z: 7 }, turned.axes, image.axes)).toEqual({ z: 2 });
});
