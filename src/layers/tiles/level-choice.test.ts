import { describe, expect, it } from "vitest";
import { pyramid, type SyntheticLevel, syntheticImage } from "../testing/synthetic-image.ts";
import { blockTileCount, chooseLevel, chooseThriftyLevel, tilesInView } from "./level-choice.ts";
import { planeLevels } from "./plane-level.ts";
import { viewRect } from "./view-rect.ts";

function levelsOf(levels: SyntheticLevel[]) {
  const { image, arrays } = syntheticImage(levels);
  return planeLevels(image, arrays);
}

const canvas = { widthPx: 1000, heightPx: 700, devicePixelRatio: 1 };
const at = (worldPerPixel: number, devicePixelRatio = 1) =>
  viewRect(
    { target: [2000, 2000], zoom: -Math.log2(worldPerPixel) },
    { ...canvas, devicePixelRatio },
  );

describe("the level for a zoom", () => {
  const halves = levelsOf(pyramid({ width: 8192, height: 8192, levels: 6, chunk: 256 }));

  it.each([
    [0.03, 0],
    [1, 0],
    [1.99, 0],
    [2, 1],
    [3.999, 1],
    [4, 2],
    [31, 4],
    [32, 5],
    [1e6, 5],
  ])(
    "of %d world units a pixel has texels no larger than a device pixel",
    (worldPerPixel, level) => {
      expect(chooseLevel(halves, at(worldPerPixel), 1e9)).toBe(level);
    },
  );

  it("counts device pixels, not CSS pixels", () => {
    expect(chooseLevel(halves, at(4, 2), 1e9)).toBe(1);
  });

  it("looks at both axes", () => {
    const wide = levelsOf(
      pyramid({ width: 8192, height: 8192, levels: 4, factor: [1, 2], chunk: 256 }),
    );
    // y keeps a texel of 1, so x alone decides.
    expect(chooseLevel(wide, at(4), 1e9)).toBe(2);
    const tall = levelsOf([
      { shape: [1, 1, 1, 400, 4000], chunk: [1, 1, 1, 64, 64], scale: [1, 10, 1] },
      { shape: [1, 1, 1, 400, 2000], chunk: [1, 1, 1, 64, 64], scale: [1, 10, 2] },
      { shape: [1, 1, 1, 200, 1000], chunk: [1, 1, 1, 64, 64], scale: [1, 20, 4] },
    ]);
    // No level is sharper than 10 along y; level 1 is just as sharp there and no sharper than needed along x.
    expect(chooseLevel(tall, at(2), 1e9)).toBe(1);
    expect(chooseLevel(tall, at(5), 1e9)).toBe(1);
    expect(chooseLevel(tall, at(20), 1e9)).toBe(2);
  });

  it("turns to a coarser one when there are too many tiles", () => {
    const many = at(1);
    const [finest] = halves;
    expect(blockTileCount(tilesInView(finest!, finest!, many))).toBe(5 * 4);
    expect(chooseLevel(halves, many, 20)).toBe(0);
    expect(chooseLevel(halves, many, 19)).toBe(1);
  });

  it("takes the level with the fewest tiles if all have too many", () => {
    const single = levelsOf(pyramid({ width: 8192, height: 8192, levels: 1, chunk: 16 }));
    expect(chooseLevel(single, at(8), 10)).toBe(0);
  });
});

describe("the level of one of many images", () => {
  // 64 texels are one chunk, 128 are four.
  const thumbnails = levelsOf(pyramid({ width: 256, height: 256, levels: 3, chunk: 64 }));

  it.each([
    [1.5, 1],
    [1.99, 1],
    [2.1, 2],
    [3.9, 2],
    [40, 2],
  ])("of %d world units a pixel has at most two pixels a texel and fewer tiles", (size, level) => {
    expect(chooseThriftyLevel(thumbnails, at(size), 1e9)).toBe(level);
  });

  it("is no coarser where that spares nothing", () => {
    const chunks = levelsOf(pyramid({ width: 256, height: 256, levels: 3, chunk: 256 }));
    expect(chooseThriftyLevel(chunks, at(3), 1e9)).toBe(1);
  });
});
