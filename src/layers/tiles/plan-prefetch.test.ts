import { describe, expect, it } from "vitest";
import { syntheticImage } from "../testing/synthetic-image.ts";
import { bufferedRuns } from "./buffered-runs.ts";
import { planAround, planPrefetch } from "./plan-prefetch.ts";
import { type PlanInput, planTiles } from "./plan-tiles.ts";
import { tileCatalogue } from "./tile-catalogue.ts";
import { viewRect } from "./view-rect.ts";

const input: PlanInput = (() => {
  const { image, arrays } = syntheticImage([
    { shape: [1, 2, 12, 1024, 1024], chunk: [1, 1, 1, 256, 256], scale: [1, 1, 1] },
    { shape: [1, 2, 6, 256, 256], chunk: [1, 1, 1, 256, 256], scale: [2, 4, 4] },
  ]);
  return {
    catalogue: tileCatalogue(image, arrays),
    selection: { t: 0, z: 3 },
    channels: [0, 1],
    view: viewRect(
      { target: [512, 512], zoom: 0 },
      { widthPx: 400, heightPx: 400, devicePixelRatio: 1 },
    ),
    maxTilesPerChannel: 2048,
  };
})();
const viewOfAll = viewRect(
  { target: [512, 512], zoom: 0 },
  { widthPx: 1100, heightPx: 1100, devicePixelRatio: 1 },
);
const atZ = (z: number) => ({ t: 0, z });
const wantedKeys = (z: number) =>
  planTiles({ ...input, selection: atZ(z) }).wanted.map(({ ref }) => ref.key);

describe("planPrefetch", () => {
  const requests = planPrefetch([input], [atZ(4), atZ(5)], Number.POSITIVE_INFINITY);
  const keys = requests.map(({ ref }) => ref.key);

  it("asks for what the next planes will want, nearest plane first, in the lowest tier", () => {
    const shown = new Set(wantedKeys(3));
    const expected = new Set([...wantedKeys(4), ...wantedKeys(5)].filter((key) => !shown.has(key)));
    expect(new Set(keys)).toEqual(expected);
    expect(keys.length).toBe(expected.size);
    expect(requests.map(({ priority }) => priority)).toEqual(
      keys.map((_, rank) => ({ tier: "prefetch", rank })),
    );
    const last4 = Math.max(...wantedKeys(4).map((key) => keys.indexOf(key)));
    const first5 = keys.findIndex((key) => !wantedKeys(4).includes(key));
    expect(last4).toBeLessThan(first5);
  });

  it("leaves out what is on screen: two z of the finest level share one of the coarsest", () => {
    const shown = new Set(wantedKeys(3));
    expect(keys.filter((key) => shown.has(key))).toEqual([]);
  });

  it("takes whole planes only, as many as the budget holds", () => {
    const one = planPrefetch([input], [atZ(4)], Number.POSITIVE_INFINITY);
    const bytes = one.length * 256 * 256 * 4;
    expect(planPrefetch([input], [atZ(4), atZ(5)], bytes + 4)).toEqual(one);
    expect(planPrefetch([input], [atZ(4), atZ(5)], bytes - 4)).toEqual([]);
  });
});

describe("planAround", () => {
  const keysAt = (target: readonly [number, number], of: Partial<PlanInput> = {}) => {
    const size = { widthPx: 200, heightPx: 200, devicePixelRatio: 1 };
    const near = { ...input, ...of, view: viewRect({ target, zoom: 0 }, size) };
    return { near, around: planAround([near], Number.POSITIVE_INFINITY) };
  };

  it("asks for one tile on each side of the view, of all channels, and for none that is in view", () => {
    // Rows and columns 1 and 2 of 4 × 4 are in view.
    const { near, around } = keysAt([512, 512]);
    const shown = new Set(planTiles(near).wanted.map(({ ref }) => ref.key));
    expect(around.length).toBe((16 - 4) * 2);
    expect(around.filter(({ ref }) => shown.has(ref.key))).toEqual([]);
    expect(around.every(({ priority }) => priority.tier === "prefetch")).toBe(true);
  });

  it("goes no farther than the image", () => {
    // The first tile is in view: its three neighbours are not.
    expect(keysAt([100, 100]).around.length).toBe(3 * 2);
    expect(planAround([{ ...input, view: viewOfAll }], Number.POSITIVE_INFINITY)).toEqual([]);
  });

  it("takes the nearest ones, as many as the budget holds", () => {
    const { near, around } = keysAt([512, 512]);
    expect(planAround([near], 5 * 256 * 256 * 4)).toEqual(around.slice(0, 5));
  });

  it("leaves one of many images alone, and views that would be shown coarser if they were larger", () => {
    expect(keysAt([512, 512], { isOneOfMany: true }).around).toEqual([]);
    expect(keysAt([512, 512], { maxTilesPerChannel: 4 }).around).toEqual([]);
  });
});

describe("bufferedRuns", () => {
  const z = input.catalogue.image.axes.axes[2]!;
  const visibleKeys = (index: number) =>
    planTiles({ ...input, selection: atZ(index) }).visible.map(({ ref }) => ref.key);

  it("joins the indices whose visible tiles are all there", () => {
    const there = new Set([3, 4, 5, 9].flatMap(visibleKeys));
    expect(bufferedRuns(input, z, (key) => there.has(key))).toEqual([
      { first: 3, last: 5 },
      { first: 9, last: 9 },
    ]);
  });

  it("one missing tile of one channel is enough to miss", () => {
    const there = new Set([3, 4].flatMap(visibleKeys));
    there.delete(visibleKeys(4).at(-1)!);
    expect(bufferedRuns(input, z, (key) => there.has(key))).toEqual([{ first: 3, last: 3 }]);
  });

  it("says nothing where no channel is shown", () => {
    expect(bufferedRuns({ ...input, channels: [] }, z, () => true)).toEqual([]);
  });

  it("looks at one tile of an index that is not there", () => {
    let asked = 0;
    bufferedRuns(input, z, () => {
      asked++;
      return false;
    });
    expect(asked).toBe(z.size);
  });
});
