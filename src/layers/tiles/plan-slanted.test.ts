import fc from "fast-check";
import { expect, it } from "vitest";
import { pyramid, slanted, syntheticImage } from "../testing/synthetic-image.ts";
import { type Affine, transformPoint } from "./affine.ts";
import { areaContains, areaOf } from "./area.ts";
import { chooseLevel } from "./level-choice.ts";
import { planTiles } from "./plan-tiles.ts";
import { finestPixel, planeIndexAt } from "./plane-affine.ts";
import type { PlannedTile } from "./planned-tile.ts";
import { intersection, transformRect } from "./rect.ts";
import { tileAtPoint } from "./tile-at-point.ts";
import { tileCatalogue } from "./tile-catalogue.ts";

const entry = fc.double({ min: -2, max: 2, noNaN: true });
const shift = fc.double({ min: -1000, max: 1000, noNaN: true });
/** Maps that keep areas at more than a twentieth of their lengths' product: thinner slivers say nothing. */
const maps: fc.Arbitrary<Affine> = fc
  .record({ xx: entry, xy: entry, x0: shift, yx: entry, yy: entry, y0: shift })
  .filter(({ xx, xy, yx, yy }) => {
    const lengths = Math.hypot(xx, yx) * Math.hypot(xy, yy);
    return lengths > 0.01 && Math.abs(xx * yy - xy * yx) > lengths / 20;
  });

function imageOf(map: Affine) {
  const { image, arrays } = syntheticImage(
    slanted(pyramid({ width: 500, height: 300, levels: 3, chunk: 32 }), map),
  );
  return { image, catalogue: tileCatalogue(image, arrays) };
}

function viewAt(map: Affine, x: number, y: number, size: number) {
  const [worldX, worldY] = transformPoint(map, x, y);
  const half = size / 2;
  const rect = { x0: worldX - half, y0: worldY - half, x1: worldX + half, y1: worldY + half };
  return { ...rect, worldPerDevicePixel: size / 200 };
}

it("N6-23: a turned or sheared plane: every place in view has its tile, and no tile lies beside the view", () => {
  const place = fc.tuple(
    fc.double({ min: -50, max: 550, noNaN: true }),
    fc.double({ min: -50, max: 350, noNaN: true }),
    fc.double({ min: 5, max: 900, noNaN: true }),
  );
  fc.assert(
    fc.property(maps, place, (map, [x, y, size]) => {
      const { image, catalogue } = imageOf(map);
      const view = viewAt(map, x, y, size);
      const selection = image.defaultSelection;
      const plan = planTiles({
        catalogue,
        selection,
        channels: [0],
        view,
        maxTilesPerChannel: 2048,
      });
      const level = catalogue.levels.find(({ index }) => index === plan.level)!;
      const keys = new Set(plan.visible.map(({ ref }) => ref.key));
      expect(keys.size).toBe(plan.visible.length);
      for (const tile of plan.visible) expect(touches(tile, view)).toBe(true);
      const looked = { catalogue, selection, channels: [0] };
      for (let i = 0; i < 100; i++) {
        const worldX = view.x0 + ((i % 10) + 0.5) * (size / 10);
        const worldY = view.y0 + (Math.floor(i / 10) + 0.5) * (size / 10);
        const hit = tileAtPoint(looked, level, 0, worldX, worldY);
        if (hit) expect(keys.has(hit.tile.ref.key)).toBe(true);
        const [column, row] = planeIndexAt(image.levels[0]!, image.axes, [worldX, worldY]);
        const isInside = column >= -0.5 && row >= -0.5 && column < 499.5 && row < 299.5;
        const isEdge = [column, row].some((at) => Math.abs(at + 0.5) < 1e-6);
        if (level.index === 0 && !isEdge) expect(hit !== undefined).toBe(isInside);
      }
    }),
    { numRuns: 60 },
  );
});

function touches({ plane, x, y, width, height }: PlannedTile, view: ReturnType<typeof viewAt>) {
  const texels = { x0: x, y0: y, x1: x + width, y1: y + height };
  const { worldFromTexel, texelFromWorld } = plane.level;
  return (
    intersection(transformRect(worldFromTexel, texels), view) !== undefined &&
    intersection(transformRect(texelFromWorld, view), texels) !== undefined
  );
}

it("the level is chosen by the length of a texel's sides, however they lie", () => {
  const turn = (degrees: number): Affine => {
    const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    return { xx: cos, xy: -sin, x0: 0, yx: sin, yy: cos, y0: 0 };
  };
  for (const degrees of [0, 10, 45, 80, 90, 135, 300]) {
    const map = turn(degrees);
    const { image, catalogue } = imageOf(map);
    expect(finestPixel(image)[0]).toBeCloseTo(1, 12);
    for (const [worldPerDevicePixel, level] of [
      [0.5, 0],
      [1.01, 0],
      [1.99, 0],
      [2.01, 1],
      [4.01, 2],
    ] as const) {
      const view = { ...viewAt(map, 250, 150, 100), worldPerDevicePixel };
      expect(chooseLevel(catalogue.levels, view, 2048)).toBe(level);
    }
  }
});

it("an area holds its points and not those of the rectangle around it", () => {
  const turned = areaOf(
    { xx: 1, xy: -1, x0: 0, yx: 1, yy: 1, y0: 0 },
    { x0: 0, y0: 0, x1: 10, y1: 10 },
  );
  expect(turned.world).toEqual({ x0: -10, y0: 0, x1: 10, y1: 20 });
  expect(areaContains(turned, 0, 10)).toBe(true);
  expect(areaContains(turned, 9, 1)).toBe(false);
  const straight = areaOf(
    { xx: -2, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 },
    { x0: 0, y0: 0, x1: 10, y1: 10 },
  );
  expect(straight).toEqual({ world: { x0: -20, y0: 0, x1: 0, y1: 10 } });
  expect(areaContains(straight, -19, 9)).toBe(true);
});
