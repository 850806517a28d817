import { describe, expect, it } from "vitest";
import type { VirtualImage } from "../store/virtual-image.ts";
import type { OpenState } from "./automation.ts";
import { compareScreen } from "./compare-screen.ts";
import {
  expectedLevel,
  indexOfSelection,
  type Rgb,
  screenOracle,
  worldFromDevicePixel,
} from "./screen-oracle.ts";

// At level 0 the ramp of uint16 is 16x + 36y + 613c while it is below 4000.
const image: VirtualImage = {
  format: "v2",
  axes: "zcyx",
  shape: [4, 2, 40, 60],
  chunks: [1, 1, 32, 32],
  levels: [{ factors: [1, 1, 1, 1] }, { factors: [2, 1, 2, 2] }],
  dataType: "uint16",
};
const window = { start: 0, end: 2550, min: 0, max: 65535 };
function state(change: Partial<OpenState> = {}): OpenState {
  return {
    source: "",
    view: { target: [30, 20], zoom: 0 },
    axes: ["y", "x"],
    selection: { z: 0 },
    greyscale: false,
    labels: [],
    channels: [
      {
        index: 0,
        label: "",
        visible: true,
        color: "FF0000",
        inverted: false,
        gamma: 1,
        lut: null,
        window,
      },
      {
        index: 1,
        label: "",
        visible: false,
        color: "00FF00",
        inverted: false,
        gamma: 1,
        lut: null,
        window,
      },
    ],
    ...change,
  };
}
const geometry = { widthPx: 100, heightPx: 80, devicePixelRatio: 1 };

function only(expected: ReturnType<ReturnType<typeof screenOracle>>): Rgb[] {
  if (typeof expected === "string") throw new Error(expected);
  return [...expected.oneOf];
}

it("puts the target in the canvas' middle, y downwards, at any device pixel ratio", () => {
  expect(worldFromDevicePixel(state(), geometry, [49, 39])).toEqual([29.5, 19.5]);
  const sharp = { ...geometry, devicePixelRatio: 2 };
  expect(worldFromDevicePixel(state(), sharp, [99, 79])).toEqual([29.75, 19.75]);
  const view = { target: [30, 20] as [number, number], zoom: 3 };
  expect(worldFromDevicePixel({ view }, geometry, [50, 40])).toEqual([30.0625, 20.0625]);
});

describe("screenOracle", () => {
  it("is nearest when magnified", () => {
    const view = { target: [30, 20] as [number, number], zoom: 3 };
    const expectedAt = screenOracle(image, state({ view }), geometry, 0);
    // Device pixel (50, 40) lies at world (30.06, 20.06): pixel (30, 20) = 480 + 720 = 1200 → 120.
    expect(only(expectedAt([50, 40]))).toEqual([[120, 0, 0]]);
    // World 30.5 is the border to the next source pixel; 31 is 16 more.
    expect(only(expectedAt([54, 40]))[0]![0]).toBeCloseTo(121.6, 5);
  });

  it("is bilinear when reduced, and accepts a filter that stops at the chunk's border", () => {
    const view = { target: [30, 20] as [number, number], zoom: -0.5 };
    const expectedAt = screenOracle(image, state({ view }), geometry, 0);
    const [x, y] = worldFromDevicePixel({ view }, geometry, [45, 40]);
    const [whole, clamped] = only(expectedAt([45, 40]));
    expect(whole![0]).toBeCloseTo((16 * x + 36 * y) / 10, 5);
    expect(clamped).toEqual(whole);
    const view2 = { target: [31.4, 20] as [number, number], zoom: -0.5 };
    const atBorder = only(
      screenOracle(image, state({ view: view2 }), { ...geometry, widthPx: 99 }, 0)([49, 40]),
    );
    // World x = 31.4 is past the last pixel (31) of the chunk.
    expect(atBorder[0]![0]! - atBorder[1]![0]!).toBeCloseTo((16 * 0.4) / 10, 5);
  });

  it("adds up visible channels and cuts off at white", () => {
    const channels = state().channels.map((channel) => ({
      ...channel,
      visible: true,
      color: "FFFFFF",
    }));
    const view = { target: [30, 20] as [number, number], zoom: 3 };
    const expectedAt = screenOracle(image, state({ view, channels }), geometry, 0);
    // 120 + (1200 + 613) / 10 > 255
    expect(only(expectedAt([50, 40]))).toEqual([[255, 255, 255]]);
  });

  it("reverses the ramp of an inverted channel", () => {
    const channels = state().channels.map((channel) => ({ ...channel, inverted: true }));
    const view = { target: [30, 20] as [number, number], zoom: 3 };
    const expectedAt = screenOracle(image, state({ view, channels }), geometry, 0);
    expect(only(expectedAt([50, 40]))[0]![0]).toBeCloseTo(135, 5);
  });

  it("knows outside from inside, and leaves borders of source pixels alone", () => {
    const view = { target: [0, 0] as [number, number], zoom: 3 };
    const expectedAt = screenOracle(image, state({ view }), geometry, 0);
    expect(expectedAt([40, 40])).toBe("outside");
    expect(typeof expectedAt([50, 40])).toBe("object");
    const exact = screenOracle(
      image,
      state({ view: { target: [10.5, 5], zoom: 3 } }),
      { ...geometry, widthPx: 99 },
      0,
    );
    expect(exact([49, 40])).toBe("ambiguous");
  });

  it("shows fill values where chunks are missing", () => {
    const holes: VirtualImage = { ...image, fillValue: 500, missing: () => true };
    const view = { target: [30, 20] as [number, number], zoom: 3 };
    expect(only(screenOracle(holes, state({ view }), geometry, 0)([50, 40]))).toEqual([[50, 0, 0]]);
  });

  it("finds the plane of a coarser level by its world position", () => {
    expect([0, 1, 2, 3].map((z) => indexOfSelection(image, 1, { z })[0])).toEqual([0, 0, 1, 1]);
  });
});

it("expectedLevel: the coarsest whose pixel is no larger than a device pixel", () => {
  const at = (zoom: number, devicePixelRatio = 1) =>
    expectedLevel(image, { view: { target: [0, 0], zoom } }, { devicePixelRatio });
  expect([at(3), at(0), at(-0.99), at(-1), at(-5)]).toEqual([0, 0, 0, 1, 1]);
  expect(at(-1, 2)).toBe(0);
  // Rows that are always too high do not keep a coarser column from being chosen.
  const levels = [{ factors: [1, 1, 1, 1] }, { factors: [1, 1, 1, 4] }];
  const flat: VirtualImage = { ...image, scale: [1, 1, 8, 1], levels };
  expect(expectedLevel(flat, { view: { target: [0, 0], zoom: -2 } }, { devicePixelRatio: 1 })).toBe(
    1,
  );
});

it("compareScreen counts what is off by more than the tolerance, and what it left out", () => {
  const data = new Uint8Array(64 * 64 * 4).fill(100);
  data.fill(0, 0, 64 * 32 * 4);
  const picture = { width: 64, height: 64, data };
  const right = compareScreen(picture, ([, y]) => ({
    oneOf: [y < 32 ? [0, 0, 2] : [99, 100, 101]],
  }));
  expect(right).toMatchObject({ compared: 16, skipped: 0, wrong: 0, worst: 2 });
  const wrong = compareScreen(picture, ([, y]) => (y < 32 ? { oneOf: [[0, 3, 0]] } : "outside"));
  expect(wrong).toMatchObject({ compared: 8, skipped: 8, wrong: 8, worst: 3 });
  expect(wrong.examples[0]).toMatch(/0,0,0 instead of 0.0,3.0,0.0/);
  const outside = compareScreen(picture, () => "outside", { background: [100, 100, 100] });
  expect(outside).toMatchObject({ compared: 16, wrong: 8 });
});
