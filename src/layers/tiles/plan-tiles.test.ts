import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pyramid, type SyntheticLevel, syntheticImage } from "../testing/synthetic-image.ts";
import { memoisedPlanTiles, type PlanInput, planTiles } from "./plan-tiles.ts";
import type { PlannedTile } from "./planned-tile.ts";
import { intersection, transformRect } from "./rect.ts";
import { tileCatalogue } from "./tile-catalogue.ts";
import { viewRect } from "./view-rect.ts";

function inputFor(levels: SyntheticLevel[], change: Partial<PlanInput> = {}): PlanInput {
  const { image, arrays } = syntheticImage(levels);
  return {
    catalogue: tileCatalogue(image, arrays),
    selection: image.defaultSelection,
    channels: [0],
    view: viewRect(
      { target: [500, 400], zoom: 0 },
      { widthPx: 1000, heightPx: 700, devicePixelRatio: 1 },
    ),
    maxTilesPerChannel: 2048,
    ...change,
  };
}

/** World rectangle of a tile. */
function worldRect({ plane, x, y, width, height }: PlannedTile) {
  return transformRect(plane.level.worldFromTexel, { x0: x, y0: y, x1: x + width, y1: y + height });
}

const scale = fc.double({ min: 0.01, max: 30, noNaN: true });

/** Any pyramid: arbitrary factors, chunks, translations, even flipped axes. */
const anyInput = fc
  .record({
    width: fc.integer({ min: 1, max: 4000 }),
    height: fc.integer({ min: 1, max: 4000 }),
    first: fc.tuple(scale, scale),
    flip: fc.tuple(fc.constantFrom(1, -1), fc.constantFrom(1, -1)),
    factors: fc.array(
      fc.tuple(
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.double({ min: 1, max: 5, noNaN: true }),
      ),
      { maxLength: 4 },
    ),
    chunk: fc.tuple(fc.integer({ min: 20, max: 3000 }), fc.integer({ min: 20, max: 3000 })),
    target: fc.tuple(
      fc.double({ min: -0.5, max: 1.5, noNaN: true }),
      fc.double({ min: -0.5, max: 1.5, noNaN: true }),
    ),
    zoom: fc.double({ min: -6, max: 6, noNaN: true }),
    channels: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    ratio: fc.constantFrom(1, 1.25, 2),
  })
  .map((given) => {
    let [down, right] = [1, 1];
    const levels = [[1, 1] as const, ...given.factors].map(([fy, fx]): SyntheticLevel => {
      down *= fy;
      right *= fx;
      return {
        shape: [1, 6, 1, Math.ceil(given.height / down), Math.ceil(given.width / right)],
        chunk: [1, 1, 1, given.chunk[0], given.chunk[1]],
        scale: [1, given.flip[0] * given.first[0] * down, given.flip[1] * given.first[1] * right],
      };
    });
    const width = given.width * given.first[1] * given.flip[1];
    const height = given.height * given.first[0] * given.flip[0];
    return inputFor(levels, {
      channels: given.channels,
      view: viewRect(
        { target: [given.target[0] * width, given.target[1] * height], zoom: given.zoom },
        { widthPx: 300, heightPx: 200, devicePixelRatio: given.ratio },
      ),
      maxTilesPerChannel: 400,
    });
  });

describe("a tile plan", () => {
  it("covers what is in view of the chosen level, with nothing twice and nothing outside", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const plan = planTiles(input);
        const { levels } = input.catalogue;
        const shown = intersection(input.view, levels[0]!.bounds);
        const level = levels[plan.level]!;
        const covered = shown && intersection(shown, level.bounds);
        const slack = 1e-5 * Math.max(level.texelWidth, level.texelHeight);
        for (const { visible } of plan.draw) {
          let area = 0;
          for (const tile of visible) {
            const part = shown && intersection(worldRect(tile), shown);
            expect(part).toBeDefined();
            area += (part!.x1 - part!.x0) * (part!.y1 - part!.y0);
            expect(Math.max(tile.width, tile.height)).toBeLessThanOrEqual(1024);
          }
          for (const rect of plan.omitted) {
            const part = shown && intersection(rect.world, shown);
            if (part) area += (part.x1 - part.x0) * (part.y1 - part.y0);
          }
          const whole = covered ? (covered.x1 - covered.x0) * (covered.y1 - covered.y0) : 0;
          const rim = covered
            ? 2 * slack * (covered.x1 - covered.x0 + covered.y1 - covered.y0)
            : slack;
          expect(Math.abs(area - whole)).toBeLessThanOrEqual(rim + 1e-9 * whole);
        }
        const keys = plan.wanted.map(({ ref }) => ref.key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(plan.visible.length).toBeLessThanOrEqual(400 * input.channels.length);
      }),
      { numRuns: 200 },
    );
  });

  it("asks for cuts that lie inside their chunk and inside the array", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const { ref } of planTiles(input).wanted) {
          const { array, chunk, cut } = ref;
          for (const [dim, size] of array.metadata.shape.entries()) {
            const length = dim === 3 ? cut.height : dim === 4 ? cut.width : 1;
            const last = cut.start[dim]! + length;
            expect(last).toBeLessThanOrEqual(array.readChunkShape[dim]!);
            expect(chunk[dim]! * array.readChunkShape[dim]! + last).toBeLessThanOrEqual(size);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("serves the coarsest level first, then the chosen one from the centre outward, all channels of a place together", () => {
    const input = inputFor(
      pyramid({ width: 4000, height: 3000, levels: 4, channels: 2, chunk: 128 }),
      { channels: [0, 1] },
    );
    const plan = planTiles(input);
    expect(plan.level).toBe(0);
    const tiers = plan.wanted.map(({ priority }) => priority.tier);
    expect(tiers.lastIndexOf("fallback")).toBe(plan.fallback.length - 1);
    expect(tiers.indexOf("visible")).toBe(plan.fallback.length);
    expect(plan.fallback.every(({ plane }) => plane.level.index === 3)).toBe(true);
    const ranks = plan.wanted.slice(plan.fallback.length).map(({ priority }) => priority.rank);
    expect(ranks).toEqual(ranks.map((_, i) => i));
    const distances = plan.visible.map((tile) => {
      const { x0, y0, x1, y1 } = worldRect(tile);
      return Math.hypot((x0 + x1) / 2 - 500, (y0 + y1) / 2 - 400);
    });
    for (let i = 1; i < distances.length; i++) {
      expect(distances[i]!).toBeGreaterThanOrEqual(distances[i - 1]! - 1e-9);
    }
    expect(plan.visible.slice(0, 4).map(({ plane }) => plane.channel)).toEqual([0, 1, 0, 1]);
  });

  it("draws the chosen level, then sharper ones, then coarser ones", () => {
    const input = inputFor(pyramid({ width: 9000, height: 9000, levels: 6, chunk: 256 }), {
      view: viewRect(
        { target: [4000, 4000], zoom: -3 },
        { widthPx: 800, heightPx: 600, devicePixelRatio: 1 },
      ),
    });
    const [channel] = planTiles(input).draw;
    expect(channel!.planes.map(({ level }) => level.index)).toEqual([3, 2, 1, 4, 5]);
  });

  it("takes the plane of each level through world coordinates: z may be down-sampled too (N4-17)", () => {
    const chunk = [1, 1, 2, 64, 64] as const;
    const input = inputFor(
      [
        { shape: [1, 1, 12, 256, 256], chunk, scale: [1, 1, 1] },
        { shape: [1, 1, 4, 64, 64], chunk, scale: [3, 4, 4] },
      ],
      { selection: { t: 0, z: 7 } },
    );
    const plan = planTiles(input);
    const [fallback] = plan.fallback;
    // z = 7 lies in the third of four planes: chunk 1, plane 0 of it.
    expect(fallback!.ref.chunk[2]).toBe(1);
    expect(fallback!.ref.cut.start[2]).toBe(0);
    expect(plan.visible[0]!.ref.chunk[2]).toBe(3);
    expect(plan.visible[0]!.ref.cut.start[2]).toBe(1);
  });

  it("cuts chunks that are larger than a texture", () => {
    const input = inputFor(
      [{ shape: [1, 1, 1, 2500, 3000], chunk: [1, 1, 1, 2500, 3000], scale: [1, 1, 1] }],
      {
        view: viewRect(
          { target: [1500, 1250], zoom: -2 },
          { widthPx: 1000, heightPx: 700, devicePixelRatio: 1 },
        ),
      },
    );
    const { visible } = planTiles(input);
    expect(visible).toHaveLength(9);
    expect(new Set(visible.map(({ ref }) => ref.chunk.join())).size).toBe(1);
    const sides = visible.map(({ width, height }) => `${width}x${height}`).sort();
    expect(sides).toContain("1024x1024");
    expect(sides).toContain("952x452");
  });

  it("keeps to the middle and names the rest when one level has too many tiles", () => {
    const input = inputFor(pyramid({ width: 4096, height: 4096, levels: 1, chunk: 32 }), {
      view: viewRect(
        { target: [2048, 2048], zoom: -2 },
        { widthPx: 1024, heightPx: 1024, devicePixelRatio: 1 },
      ),
      maxTilesPerChannel: 100,
    });
    const plan = planTiles(input);
    expect(plan.visible.length).toBe(100);
    expect(plan.omitted.length).toBe(4);
    expect(plan.visible.some(({ x, y }) => x === 2048 && y === 2048)).toBe(true);
  });

  it("is nothing outside the image, and nothing for an image without a place in the world", () => {
    const outside = viewRect(
      { target: [-9000, 0], zoom: 0 },
      { widthPx: 100, heightPx: 100, devicePixelRatio: 1 },
    );
    expect(
      planTiles(inputFor(pyramid({ width: 500, height: 500, levels: 2 }), { view: outside }))
        .wanted,
    ).toEqual([]);
    const broken: SyntheticLevel = {
      shape: [1, 1, 1, 9, 9],
      chunk: [1, 1, 1, 9, 9],
      scale: [1, 0, Number.NaN],
    };
    expect(planTiles(inputFor([broken])).wanted).toEqual([]);
  });

  it("is the same object until its input changes", () => {
    const input = inputFor(pyramid({ width: 4000, height: 3000, levels: 4 }));
    const plan = memoisedPlanTiles();
    const first = plan(input);
    expect(plan({ ...input, channels: [...input.channels], view: { ...input.view } })).toBe(first);
    const moved = plan({ ...input, view: { ...input.view, x0: input.view.x0 - 1 } });
    expect(moved).not.toBe(first);
    expect(moved.visible[0]).toBe(first.visible[0]);
  });
});

describe("the plan of one of many images", () => {
  const levels = pyramid({ width: 256, height: 256, levels: 3, chunk: 64 });
  const canvas = { widthPx: 1000, heightPx: 700, devicePixelRatio: 1 };
  const input = inputFor(levels, { isOneOfMany: true });
  const seenFrom = (x: number, y: number, zoom = -1.5) => ({
    ...input,
    view: viewRect({ target: [x, y], zoom }, canvas),
  });

  it("is the same object while the view is moved and the image is wholly in it", () => {
    const plan = memoisedPlanTiles();
    const first = plan(seenFrom(128, 128));
    expect(plan(seenFrom(300, 90))).toBe(first);
    expect(plan(seenFrom(300, 90, -1.4))).not.toBe(first);
    expect(plan(seenFrom(1500, 128))).not.toBe(first);
  });

  it("has no coarse tiles that are as many as the sharp ones", () => {
    const { fallback, visible } = planTiles(seenFrom(128, 128, -1.9));
    expect([fallback.length, visible.length]).toEqual([0, 1]);
    const sharper = planTiles(seenFrom(128, 128, 0));
    expect([sharper.fallback.length, sharper.visible.length]).toEqual([1, 4]);
  });
});
