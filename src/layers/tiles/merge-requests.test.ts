import fc from "fast-check";
import { expect, it } from "vitest";
import { catalogueOf } from "../testing/scene-of.ts";
import { pyramid, syntheticImage } from "../testing/synthetic-image.ts";
import { scaleAndShift } from "./affine.ts";
import { mergedRequests } from "./merge-requests.ts";
import { type PlanInput, planTiles } from "./plan-tiles.ts";

const size = 256;
const view = { x0: -100, y0: -50, x1: 900, y1: 700, worldPerDevicePixel: 1 };

function planAt(x: number, y: number, channels: readonly number[] = [0, 1]) {
  const synthetic = syntheticImage(
    pyramid({ width: size, height: size, levels: 3, channels: 2, chunk: 64 }),
  );
  const input: PlanInput = {
    catalogue: catalogueOf(synthetic, scaleAndShift(1, x, 1, y)),
    selection: synthetic.image.defaultSelection,
    channels,
    view,
    maxTilesPerChannel: 100,
  };
  return planTiles(input);
}

it("one image keeps its own order", () => {
  const plan = planAt(0, 0);
  expect(mergedRequests([plan], view)).toBe(plan.wanted);
  expect(mergedRequests([], view)).toEqual([]);
});

it("all that is coarse comes first, then what is near the centre, whichever image it belongs to", () => {
  const place = fc.record({
    x: fc.integer({ min: -300, max: 900 }),
    y: fc.integer({ min: -300, max: 700 }),
  });
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 5 }), (places) => {
      const plans = places.map(({ x, y }) => planAt(x, y));
      const merged = mergedRequests(plans, view);
      const keys = merged.map(({ ref }) => ref.key);
      expect(new Set(keys).size).toBe(keys.length);
      expect([...keys].sort()).toEqual(
        plans.flatMap(({ wanted }) => wanted.map(({ ref }) => ref.key)).sort(),
      );
      const tiles = new Map(
        plans
          .flatMap(({ fallback, visible }) => [...fallback, ...visible])
          .map((tile) => [tile.ref.key, tile]),
      );
      const order = merged.map(({ ref, priority }) => {
        const { plane, x, y, width, height } = tiles.get(ref.key)!;
        const { xx, x0, yy, y0 } = plane.level.worldFromTexel;
        const distance = Math.hypot(
          xx * (x + width / 2) + x0 - 400,
          yy * (y + height / 2) + y0 - 325,
        );
        return { tier: priority.tier, distance, rank: priority.rank };
      });
      const coarse = order.filter(({ tier }) => tier === "fallback");
      expect(order.slice(0, coarse.length)).toEqual(coarse);
      for (const run of [coarse, order.slice(coarse.length)]) {
        expect(run.map(({ rank }) => rank)).toEqual(run.map((_, i) => i));
        for (let i = 1; i < run.length; i++) {
          expect(run[i]!.distance).toBeGreaterThanOrEqual(run[i - 1]!.distance - 1e-9);
        }
      }
    }),
    { numRuns: 30 },
  );
});
