import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../json.ts";
import { parseAxes } from "../ome/axes.ts";
import type { TransformationStep } from "../ome/coordinate-transformations.ts";
import { problemLog } from "../ome/problem-log.ts";
import { axisLayout, impliedAxes, plainAxisLayout } from "./axis-layout.ts";
import type { AxisLayout } from "./image-model.ts";
import { type StatedLevel, worldFromIndexOfLevels } from "./world-from-index.ts";

/** "name:role" of each dimension; a slider has no role. */
const rolesOf = ({ axes }: AxisLayout) =>
  axes.map((axis) => `${axis.name}:${axis.role ?? ""}`).join(" ");

function layoutOf(axes: JsonValue, shape?: readonly number[]) {
  const parsed = parseAxes(axes, "/axes", problemLog("z#")) ?? [];
  return axisLayout(parsed, shape ?? parsed.map(() => 8));
}

const t = { name: "t", type: "time" };
const c = { name: "c", type: "channel" };
const z = { name: "z", type: "space" };
const y = { name: "y", type: "space" };
const x = { name: "x", type: "space" };

describe("axes by role", () => {
  test.each<[JsonValue, string]>([
    [[t, c, z, y, x], "t:t c:c z:z y:y x:x"],
    // N4-03, N4-04: any order
    [[c, x, y, z], "c:c x:x y:y z:z"],
    [[y, x, c], "y:y x:x c:c"],
    // N4-04: upper case and full names without types
    [["T", "C", "Z", "Y", "X"], "T:t C:c Z:z Y:y X:x"],
    [["time", "channel", "y", "x"], "time:t channel:c y:y x:x"],
    // N4-05: custom axes are sliders
    [
      [{ name: "angle", type: "angle" }, { name: "phase", type: null }, y, x],
      "angle: phase: y:y x:x",
    ],
    // N4-06: the second of a role
    [
      [t, { name: "lag", type: "time" }, c, { name: "λ", type: "channel" }, y, x],
      "t:t lag: c:c λ: y:y x:x",
    ],
    // N4-07: tyx
    [[t, y, x], "t:t y:y x:x"],
    // space axes with other names take what is free from the last dimension up
    [
      [
        { name: "i", type: "space" },
        { name: "j", type: "space" },
      ],
      "i:y j:x",
    ],
    [[{ name: "k", type: "space" }, y, x], "k:z y:y x:x"],
    // no y: z is shown in its place
    [[t, z, x], "t:t z:y x:x"],
    // no space at all: the last two that are neither time nor channel, else the last two
    [[{ name: "u" }, { name: "v" }, c], "u:y v:x c:c"],
    [[t, c], "t:y c:x"],
  ])("%j → %s", (axes, expected) => {
    expect(rolesOf(layoutOf(axes))).toBe(expected);
  });

  test("dimensions of x, y and c are told", () => {
    expect(layoutOf([c, x, y, z])).toMatchObject({ xDim: 1, yDim: 2, cDim: 0 });
    expect(layoutOf([t, y, x]).cDim).toBeUndefined();
  });

  test("N6-02, N9-03: long names and orientations are kept for people", () => {
    const head = { type: "anatomical", value: "inferior-to-superior" };
    const { axes } = layoutOf([{ ...y, longName: "height", orientation: head }, x]);
    expect(axes[0]).toMatchObject({
      longName: "height",
      orientation: { from: "inferior", to: "superior" },
    });
    expect(Object.keys(axes[1] ?? {})).not.toContain("orientation");
  });

  test("a channel axis of thousands is a slider", () => {
    const layout = layoutOf([c, y, x], [5000, 8, 8]);
    expect(layout.cDim).toBeUndefined();
    expect(rolesOf(layout)).toBe("c: y:y x:x");
  });

  test("N1-01, N1-02: implied axes", () => {
    const names = (ndim: number) =>
      impliedAxes(ndim)
        .map((axis) => axis.name)
        .join("");
    expect([2, 3, 4, 5].map(names)).toEqual(["yx", "zyx", "czyx", "tczyx"]);
    expect(names(6)).toBe("dim_0tczyx");
    expect(impliedAxes(2, ["lat", null]).map((axis) => axis.name)).toEqual(["lat", "dim_1"]);
  });

  test("plain arrays: the last two are shown, channels apart, names unique", () => {
    const roles = (...names: (string | null)[]) =>
      rolesOf(
        plainAxisLayout(
          names,
          names.map(() => 4),
        ),
      );
    expect(roles(null, null, null)).toBe("dim_0: dim_1:y dim_2:x");
    expect(roles("time", "channel", "lat", "lon")).toBe("time:t channel:c lat:y lon:x");
    expect(roles("y", "x", "c")).toBe("y:y x:x c:c");
    expect(roles("x", "x", "x")).toBe("x: dim_1:y dim_2:x");
    expect(roles("c", "x")).toBe("c:y x:x");
    expect(roles("z", "band", "y", "x")).toBe("z:z band: y:y x:x");
  });

  test("any axes give exactly one x, one y, and safe unique names", () => {
    const axis = fc.record({
      name: fc.oneof(
        fc.constantFrom("x", "y", "z", "t", "c", "X", "__proto__", "constructor"),
        fc.string(),
      ),
      type: fc.constantFrom("space", "time", "channel", "angle", null, ""),
    });
    fc.assert(
      fc.property(fc.array(axis, { minLength: 2, maxLength: 7 }), (axes) => {
        const layout = layoutOf(axes);
        const count = (role: string) => layout.axes.filter((axis) => axis.role === role).length;
        expect([count("x"), count("y")]).toEqual([1, 1]);
        expect(layout.axes[layout.xDim]?.role).toBe("x");
        expect(layout.axes[layout.yDim]?.role).toBe("y");
        expect(count("c")).toBe(layout.cDim === undefined ? 0 : 1);
        const names = layout.axes.map((axis) => axis.name);
        expect(new Set(names).size).toBe(axes.length);
        expect(names.some((name) => name in Object.prototype)).toBe(false);
      }),
    );
  });
});

const scale = (...vector: number[]): TransformationStep => ({ type: "scale", vector });
const translation = (...vector: number[]): TransformationStep => ({ type: "translation", vector });

function level(
  shape: readonly number[] | undefined,
  ...transformations: TransformationStep[]
): StatedLevel {
  const path = shape ? shape.join("x") : "missing";
  return { path, shape, transformations: transformations.length > 0 ? transformations : undefined };
}

function place(levels: readonly StatedLevel[], multiscale: readonly TransformationStep[] = []) {
  const log = problemLog("z#");
  const ndim = levels.find((item) => item.shape)?.shape?.length ?? 0;
  const spatial = Array.from({ length: ndim }, (_, dim) => dim);
  const worldFromIndex = worldFromIndexOfLevels(levels, multiscale, ndim, spatial, log);
  return { worldFromIndex, codes: [...new Set(log.problems.map((problem) => problem.code))] };
}

describe("world from index", () => {
  test("N4-12: translations of the levels are trusted as they are", () => {
    const { worldFromIndex, codes } = place([
      level([8, 8], scale(0.5, 0.25), translation(3, 0)),
      level([4, 4], scale(1, 0.5), translation(3, 0)),
    ]);
    expect(worldFromIndex).toEqual([
      { scale: [0.5, 0.25], translation: [3, 0] },
      { scale: [1, 0.5], translation: [3, 0] },
    ]);
    expect(codes).toEqual([]);
  });

  test("levels without any translation are aligned at their corner", () => {
    const { worldFromIndex } = place([level([8, 9], scale(2, 3)), level([4, 3], scale(4, 9))]);
    expect(worldFromIndex.map((world) => world.translation)).toEqual([
      [0, 0],
      [1, 3],
    ]);
  });

  test("corners coincide for any scales, whatever the multiscale adds", () => {
    const size = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(size, size, size, size, size, (s0, s1, s2, factor, shift) => {
        const shapes = [[100], [50], [25]];
        const levels = [s0, s0 + s1, s0 + s1 + s2].map((s, k) => level(shapes[k], scale(s)));
        const { worldFromIndex } = place(levels, [scale(factor), translation(shift)]);
        const corners = worldFromIndex.map((world) => world.translation[0]! - world.scale[0]! / 2);
        for (const corner of corners) expect(corner).toBeCloseTo(corners[0]!, 6);
      }),
    );
  });

  test("one translation anywhere: nothing is aligned", () => {
    const { worldFromIndex } = place([
      level([8], scale(1)),
      level([4], scale(2), translation(0.5)),
    ]);
    expect(worldFromIndex.map((world) => world.translation)).toEqual([[0], [0.5]]);
  });

  test("only spatial axes are aligned", () => {
    const log = problemLog("z#");
    const levels = [level([8, 8], scale(1, 1)), level([4, 4], scale(2, 2))];
    const worlds = worldFromIndexOfLevels(levels, [], 2, [1], log);
    expect(worlds[1]?.translation).toEqual([0, 0.5]);
  });

  test("N4-13: the multiscale's transformations come after the dataset's", () => {
    const { worldFromIndex } = place(
      [level([8], scale(2), translation(3))],
      [scale(10), translation(1)],
    );
    expect(worldFromIndex).toEqual([{ scale: [20], translation: [31] }]);
  });

  test("N4-14: steps are applied in the order in which they stand", () => {
    const { worldFromIndex } = place([level([8], translation(3), scale(2))]);
    expect(worldFromIndex).toEqual([{ scale: [2], translation: [6] }]);
  });

  test("N4-14: short and long vectors belong to the last dimensions", () => {
    const { worldFromIndex, codes } = place([
      level([2, 8, 8], scale(0.5, 0.25), translation(1)),
      level([2, 4, 4], scale(9, 1, 1, 0.5), translation(0, 0, 0)),
    ]);
    expect(worldFromIndex[0]).toEqual({ scale: [1, 0.5, 0.25], translation: [0, 0, 1] });
    expect(worldFromIndex[1]?.scale).toEqual([1, 1, 0.5]);
    expect(codes).toEqual(["N4-14"]);
  });

  test("N4-14, N1-05: without a usable scale the shapes tell", () => {
    const bad = place([
      level([90, 90], scale(0.5, Number.NaN)),
      level([30, 45], scale(0, Number.NaN)),
    ]);
    expect(bad.worldFromIndex.map((world) => world.scale)).toEqual([
      [0.5, 1],
      [1.5, 2],
    ]);
    expect(bad.codes).toEqual(["N4-14"]);
    const none = place([level([90, 90]), level([30, 45])]);
    expect(none.worldFromIndex.map((world) => world.scale)).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(none.codes).toEqual([]);
  });

  test("N4-15: an axis flipped on every level stays flipped; corners coincide", () => {
    const { worldFromIndex, codes } = place([level([8], scale(-1)), level([4], scale(-2))]);
    expect(worldFromIndex).toEqual([
      { scale: [-1], translation: [0] },
      { scale: [-2], translation: [-0.5] },
    ]);
    expect(codes).toEqual(["N4-15"]);
    const mixed = place([level([8], scale(1)), level([4], scale(-2))]);
    expect(mixed.worldFromIndex[1]?.scale).toEqual([2]);
    expect(mixed.codes).toEqual(["N4-14"]);
  });

  test("N4-16: rounding is trusted, the finest scale on half the pixels is not", () => {
    const rounded = place([level([271], scale(0.36)), level([135], scale(0.72))]);
    expect(rounded.worldFromIndex[1]?.scale).toEqual([0.72]);
    expect(rounded.codes).toEqual([]);
    const lazy = place([level([80, 5], scale(1, 1)), level([40, 5], scale(1, 1))]);
    expect(lazy.worldFromIndex[1]?.scale).toEqual([2, 1]);
    expect(lazy.codes).toEqual(["N4-16"]);
    const tiny = place([level([2], scale(1)), level([1], scale(1))]);
    expect(tiny.codes).toEqual([]);
  });

  test("N4-19: a missing finest level still gives the corner", () => {
    const { worldFromIndex } = place([level(undefined, scale(1)), level([4], scale(2))]);
    expect(worldFromIndex[1]).toEqual({ scale: [2], translation: [0.5] });
  });

  test("whatever is stated, world positions are finite and scales not 0", () => {
    const entry = fc.oneof(fc.double(), fc.constantFrom(0, -1, Number.NaN, 1e308, -1e308, 5e-324));
    const step = fc.record({
      type: fc.constantFrom("scale" as const, "translation" as const),
      vector: fc.array(entry, { maxLength: 4 }),
    });
    const shape = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 2, maxLength: 2 });
    const levels = fc.array(fc.tuple(shape, fc.array(step, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(levels, fc.array(step, { maxLength: 3 }), (stated, multiscale) => {
        const { worldFromIndex } = place(
          stated.map(([shape, steps]) => level(shape, ...steps)),
          multiscale,
        );
        for (const { scale, translation } of worldFromIndex) {
          expect(scale.every((s) => Number.isFinite(s) && s !== 0)).toBe(true);
          expect(translation.every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
