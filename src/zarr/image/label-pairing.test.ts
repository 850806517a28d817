import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Axis, AxisRole, ImageModel } from "./image-model.ts";
import type { LabelImage } from "./label-image.ts";
import {
  labelAlong,
  labelPlacement,
  pairedChannel,
  pairedSelection,
  pairingProblems,
} from "./label-pairing.ts";
import { array } from "./testing/fake-nodes.ts";

type Along = readonly [role: AxisRole, size: number, scale: number, translation: number];

/** A model with nothing but axes and a finest level. */
function model(along: readonly Along[], unit = "micrometer"): ImageModel {
  const axes = along.map(
    ([role, size], dim): Axis => ({
      name: role,
      role,
      dim,
      size,
      unit: role === "c" || role === "t" ? undefined : unit,
    }),
  );
  const dimOf = (role: AxisRole) => axes.findIndex((axis) => axis.role === role);
  const shape = along.map(([, size]) => size);
  const worldFromIndex = {
    scale: along.map(([, , scale]) => scale),
    translation: along.map(([, , , translation]) => translation),
  };
  return {
    name: "",
    format: "",
    dataType: "uint8",
    axes: {
      axes,
      xDim: dimOf("x"),
      yDim: dimOf("y"),
      cDim: dimOf("c") < 0 ? undefined : dimOf("c"),
    },
    levels: [{ path: "0", array: arrayMetadata(shape), shape, worldFromIndex }],
    channels: [],
    defaultSelection: {},
    attributes: {},
    problems: [],
  };
}

function arrayMetadata(shape: readonly number[]) {
  const node = array(shape);
  if (node.kind !== "array") throw new Error("A fake array is an array.");
  return node.metadata;
}

function labelOf(image: ImageModel, isPlaced = true): LabelImage {
  const more = { colors: new Map(), properties: new Map(), sourceImage: "../../", problems: [] };
  return { name: "cells", image, isPlaced, ...more };
}

const plane: readonly Along[] = [
  ["y", 64, 0.3, 0],
  ["x", 64, 0.3, 0],
];
const image = model([["t", 3, 1, 0], ["c", 2, 1, 0], ["z", 4, 2, 0], ...plane]);

describe("labels are paired with their image", () => {
  test("N4-52: planes through world coordinates, not by index", () => {
    // Planes of twice the thickness, their centres at 1 and 5.
    const label = model([["z", 2, 4, 1], ...plane]);
    const paired = [0, 1, 2, 3].map((z) => pairedSelection(image, label, { t: 1, z })?.z);
    expect(paired).toEqual([0, 0, 1, 1]);
  });

  test("N4-52: where the labels have no plane there is none", () => {
    const label = model([["z", 2, 2, 4], ...plane]);
    expect(pairedSelection(image, label, { t: 0, z: 0 })).toBeUndefined();
    expect(pairedSelection(image, label, { t: 0, z: 3 })).toEqual({ z: 1 });
  });

  test("N4-53: missing axes and axes of one index stand for all of the image's", () => {
    expect(pairedSelection(image, model(plane), { t: 2, z: 3 })).toEqual({});
    const flat = model([["t", 3, 1, 0], ["z", 1, 9, 100], ...plane]);
    expect(pairedSelection(image, flat, { t: 2, z: 3 })).toEqual({ t: 2, z: 0 });
  });

  test("as many indices whose scales contradict each other: index k is plane k", () => {
    const unscaled = model([["t", 3, 60, 7], ["z", 4, 1, 0], ...plane]);
    expect(pairedSelection(image, unscaled, { t: 2, z: 3 })).toEqual({ t: 2, z: 3 });
  });

  test("an axis that the image lacks stays at the labels' own default", () => {
    const label = { ...model([["z", 5, 1, 0], ...plane]), defaultSelection: { z: 2 } };
    expect(pairedSelection(model(plane), label, {})).toEqual({ z: 2 });
  });

  test("N4-53: a channel of its own only where there are as many", () => {
    expect(pairedChannel(image, model([["c", 2, 1, 0], ...plane]), 1)).toBe(1);
    expect(pairedChannel(image, model([["c", 1, 1, 0], ...plane]), 1)).toBe(0);
    expect(pairedChannel(image, model([["c", 5, 1, 0], ...plane]), 1)).toBe(0);
    expect(pairedChannel(image, model(plane), 1)).toBe(0);
  });

  test("N9-02: labels follow the axes that are shown, and are not drawn over others", () => {
    const named = (image: ImageModel) => ({ ...image, channels: [] });
    const volume = named(model([["z", 4, 2, 0], ...plane]));
    const zx = { ...volume, chosenAxes: ["z", "x"] as const };
    expect(labelAlong(zx, volume)?.axes).toMatchObject({ yDim: 0, xDim: 2 });
    expect(labelAlong(zx, named(model(plane)))).toBeUndefined();
    expect(labelAlong(volume, volume)).toBe(volume);
    expect(labelAlong({ ...volume, systems: [], system: "world" }, volume)).toBeUndefined();
  });

  test("lengths of another unit are converted", () => {
    const nanometres = model(
      [
        ["y", 64, 300, 0],
        ["x", 64, 300, 0],
      ],
      "nanometer",
    );
    const { scaleX, shiftX } = labelPlacement(image, labelOf(nanometres));
    expect(scaleX).toBeCloseTo(1e-3, 12);
    expect(shiftX).toBe(0);
  });

  test("N1-08: labels that do not say where they lie cover their image, to its edges", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (size, scale, translation) => {
          const label = model([
            ["y", 7, 1, 0],
            ["x", size, 1, 0],
          ]);
          const wide = model([
            ["y", 64, 1, 0],
            ["x", 64, scale, translation],
          ]);
          const { scaleX, shiftX } = labelPlacement(wide, labelOf(label, false));
          const left = scaleX * -0.5 + shiftX;
          const right = scaleX * (size - 0.5) + shiftX;
          expect(left).toBeCloseTo(translation - scale / 2, 6);
          expect(right).toBeCloseTo(translation + 63.5 * scale, 6);
        },
      ),
    );
  });

  test("the plane that is found is the nearest one, within half of its thickness", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 40 }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.nat(39),
        (size, labelSize, scale, labelScale, translation, index) => {
          fc.pre(size !== labelSize && index < size);
          const whole = model([["z", size, scale, 0], ...plane]);
          const label = model([["z", labelSize, labelScale, translation], ...plane]);
          const found = pairedSelection(whole, label, { z: index })?.z;
          const distances = Array.from({ length: labelSize }, (_, k) =>
            Math.abs(k * labelScale + translation - index * scale),
          );
          const least = Math.min(...distances);
          if (found === undefined) expect(least).toBeGreaterThan(labelScale / 2 - 1e-9);
          else expect(distances[found]).toBeLessThanOrEqual(Math.min(least, labelScale / 2) + 1e-9);
        },
      ),
    );
  });

  test("N4-52, N4-53: what a pair does not keep is named", () => {
    const label = model([["t", 2, 1, 0], ["z", 1, 1, 0], ...plane]);
    const levels = [...label.levels, ...label.levels];
    const problems = pairingProblems(image, labelOf({ ...label, levels }), "labels/cells#");
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ["N4-52", "info"],
      ["N4-53", "warning"],
    ]);
    expect(problems[1]?.expected).toContain('1 or 3 along "t"');
  });
});
