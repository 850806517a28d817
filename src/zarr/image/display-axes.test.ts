import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { displayAxesOf, imageWithDisplayAxes } from "./display-axes.ts";
import type { ImageModel } from "./image-model.ts";
import { openImage } from "./open-image.ts";
import { array, dataset, group, readerOf } from "./testing/fake-nodes.ts";

type StatedAxis = { name: string; type?: string; unit?: string };

/** Opens an image of 0.9 with the given axes, shape and scale; a second level is half as large along the last two. */
async function open(axes: readonly StatedAxis[], shape: number[], scale: number[]) {
  const halved = (numbers: number[], by: (n: number) => number) =>
    numbers.map((n, dim) => (dim >= numbers.length - 2 ? by(n) : n));
  const datasets = [dataset("0", ...scale), dataset("1", ...halved(scale, (s) => s * 2))];
  const multiscales: JsonObject[] = [
    { version: "0.4", axes: axes.map((axis) => ({ ...axis })), datasets },
  ];
  const nodes = {
    "": group({ multiscales }),
    "0": array(shape),
    "1": array(halved(shape, (n) => Math.max(1, n >> 1))),
  };
  const { image } = await openImage(readerOf(nodes).reader);
  return image;
}

const space = (name: string, unit = "micrometer"): StatedAxis => ({ name, type: "space", unit });
const time: StatedAxis = { name: "t", type: "time", unit: "second" };
const channel: StatedAxis = { name: "c", type: "channel" };

const placeOf = (image: ImageModel, name: string, level = 0) => {
  const { dim = -1, unit } = image.axes.axes.find((axis) => axis.name === name) ?? {};
  const { scale, translation } = image.levels[level]?.worldFromIndex ?? {};
  return { scale: scale?.[dim], translation: translation?.[dim], unit };
};
const rolesOf = ({ axes }: ImageModel) =>
  axes.axes.map(({ name, role }) => `${name}:${role ?? ""}`).join(" ");

describe("chosen display axes", () => {
  test("N9-02: z in y's place: y is walked in z's, from its middle", async () => {
    const image = await open(
      [channel, space("z"), space("y"), space("x")],
      [2, 10, 40, 60],
      [1, 2, 0.5, 0.5],
    );
    const side = imageWithDisplayAxes(image, ["z", "x"]);
    expect(rolesOf(side)).toBe("c:c z:y y:z x:x");
    expect(side.axes).toMatchObject({ xDim: 3, yDim: 1, cDim: 0 });
    expect(side.defaultSelection).toEqual({ y: 20 });
    expect(side.chosenAxes).toEqual(["z", "x"]);
    expect(placeOf(side, "z")).toEqual({ scale: 2, translation: 0, unit: "micrometer" });
    expect(side.channels).toBe(image.channels);
  });

  test("the same axes, unknown ones and one axis twice change nothing", async () => {
    const image = await open([space("z"), space("y"), space("x")], [10, 40, 60], [1, 1, 1]);
    for (const axes of [["y", "x"], ["q", "x"], ["x", "x"], undefined] as const) {
      expect(imageWithDisplayAxes(image, axes)).toBe(image);
    }
    expect(displayAxesOf(imageWithDisplayAxes(image, ["x", "y"]))).toEqual(["x", "y"]);
  });

  test("axes of unlike units are both shown by index, levels in their places", async () => {
    const image = await open([time, space("y"), space("x")], [30, 40, 60], [5, 0.5, 0.25]);
    const kymograph = imageWithDisplayAxes(image, ["t", "x"]);
    expect(rolesOf(kymograph)).toBe("t:y y: x:x");
    expect(placeOf(kymograph, "t")).toEqual({ scale: 1, translation: 0, unit: undefined });
    expect(placeOf(kymograph, "x")).toEqual({ scale: 1, translation: 0, unit: undefined });
    expect(placeOf(kymograph, "x", 1)).toEqual({ scale: 2, translation: 0.5, unit: undefined });
    expect(placeOf(kymograph, "y").unit).toBe("micrometer");
  });

  test("a channel axis on display leaves one channel", async () => {
    const image = await open([channel, space("y"), space("x")], [5, 40, 60], [1, 1, 1]);
    const spectra = imageWithDisplayAxes(image, ["c", "x"]);
    expect(spectra.channels.map(({ label }) => label)).toEqual(["Channel 1"]);
    expect(spectra.axes.cDim).toBeUndefined();
    expect(spectra.defaultSelection).toEqual({ y: 20 });
  });

  test("any two axes of any image: both are shown, all others are walked or channels, and the way back is the image", async () => {
    const image = await open(
      [time, { name: "lag", type: "time" }, channel, space("z"), space("y"), space("x")],
      [2, 3, 4, 5, 6, 7],
      [1, 1, 1, 1, 1, 1],
    );
    const names = image.axes.axes.map(({ name }) => name);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (down, across) => {
        const shown = imageWithDisplayAxes(image, [down, across]);
        const { xDim, yDim, cDim, axes } = shown.axes;
        if (down !== across) expect(displayAxesOf(shown)).toEqual([down, across]);
        expect(xDim).not.toBe(yDim);
        const walked = axes.filter(({ dim }) => ![xDim, yDim, cDim].includes(dim));
        expect(Object.keys(shown.defaultSelection).sort()).toEqual(
          walked.map(({ name }) => name).sort(),
        );
        const roles = axes.flatMap(({ role }) => (role === undefined ? [] : [role]));
        expect(new Set(roles).size).toBe(roles.length);
        expect(imageWithDisplayAxes(image, displayAxesOf(image))).toBe(image);
      }),
    );
  });
});

describe("one unit for the plane", () => {
  test("N4-08: lengths of different units are converted to that of x", async () => {
    const image = await open([space("y", "nanometer"), space("x", "um")], [40, 60], [500, 0.5]);
    expect(placeOf(image, "y")).toEqual({ scale: 0.5, translation: 0, unit: "um" });
    expect(placeOf(image, "y", 1)).toEqual({ scale: 1, translation: 0.25, unit: "um" });
  });

  test("N4-08: spellings of one unit are one unit", async () => {
    const image = await open([space("y", "micron"), space("x", "micrometer")], [40, 60], [3, 2]);
    expect(placeOf(image, "y").scale).toBe(3);
    expect(image.problems).toEqual([]);
  });

  test("N4-08: a length and a time have no common scale: both by index, with a note", async () => {
    const image = await open([time, space("x")], [40, 60], [3, 2]);
    expect(placeOf(image, "t")).toEqual({ scale: 1, translation: 0, unit: undefined });
    expect(placeOf(image, "x", 1)).toEqual({ scale: 2, translation: 0.5, unit: undefined });
    expect(image.problems.map(({ code }) => code)).toContain("N4-08");
  });
});

describe("one dimension", () => {
  test("N9-01, N9-02: a strip, one row high, along its axis", async () => {
    const image = await open([{ name: "t", type: "time", unit: "millisecond" }], [1200], [2]);
    expect(rolesOf(image)).toBe("t:x strip:y");
    expect(image.levels.map(({ shape }) => shape)).toEqual([
      [1200, 1],
      [600, 1],
    ]);
    expect(image.levels.map(({ worldFromIndex }) => worldFromIndex.scale)).toEqual([
      [2, 200],
      [4, 200],
    ]);
    expect(image.defaultSelection).toEqual({});
  });

  test("N9-02: a plain array of one dimension, too", async () => {
    const { image } = await openImage(readerOf({ "": array([5], { names: ["x"] }) }).reader);
    expect(rolesOf(image)).toBe("x:x strip:y");
    expect(imageWithDisplayAxes(image, ["x", "strip"])).toBe(image);
  });
});
