import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { coordinatePlates } from "../../e2e/store/coordinate-plates.ts";
import { startStore, type TestStore } from "../../e2e/store/test-store.ts";
import { mergedRequests } from "../../src/layers/tiles/merge-requests.ts";
import { planTiles } from "../../src/layers/tiles/plan-tiles.ts";
import type { CellRange } from "../../src/zarr/plate/plate-layout.ts";
import { openLinked } from "./testing/open-linked.ts";

const latencyMs = 20;

/** As browsers do over HTTP/1.1, sends six requests at a time; those that wait can be called off and are never sent. */
function sixAtATime(send: typeof fetch): typeof fetch {
  let sent = 0;
  const waiting: (() => void)[] = [];
  return async (input, init) => {
    while (sent === 6) await new Promise<void>((resolve) => waiting.push(resolve));
    init?.signal?.throwIfAborted();
    sent++;
    try {
      return await send(input, init);
    } finally {
      sent--;
      for (const wake of waiting.splice(0)) wake();
    }
  };
}

let store: TestStore;
beforeAll(async () => {
  vi.stubGlobal("fetch", sixAtATime(fetch));
  store = await startStore({ origins: 1 });
  store.setScenario("near", { latencyMs });
  store.definePlate("plate", coordinatePlates["plate-96-fields"]);
});
afterAll(() => {
  vi.unstubAllGlobals();
  return store.close();
});

describe("the requests of a plate", () => {
  it("end for wells that are left behind, and are made once when one comes back", async () => {
    const { plate, scheduler, dispose } = await openLinked(
      store.url("plate", { scenario: "near" }),
    );
    const { images, model } = plate!;
    const show = (cells: CellRange) => {
      const view = {
        x0: cells.firstColumn - 0.5,
        y0: cells.firstRow - 0.5,
        x1: cells.endColumn - 0.5,
        y1: cells.endRow - 0.5,
        worldPerDevicePixel: 12 / 1000,
      };
      const centre = [(view.x0 + view.x1) / 2, (view.y0 + view.y1) / 2] as const;
      const plans = images.in(cells, centre).members.map((catalogue) =>
        planTiles({
          catalogue,
          selection: {},
          channels: [0, 1],
          view,
          maxTilesPerChannel: 2048,
          isOneOfMany: true,
        }),
      );
      const wanted = mergedRequests(plans, view);
      scheduler.setWanted("stage", wanted);
      return wanted.map(({ ref }) => ref.key);
    };
    const settled = (keys: readonly string[]) =>
      expect
        .poll(() => keys.filter((key) => scheduler.state(key)?.kind === "data").length, {
          timeout: 20_000,
        })
        .toBe(keys.length);
    const chunks = () => store.log().filter(({ key }) => /\/\d\/\d\/\d\/\d$/.test(key));

    store.clearLog();
    const all = show({ firstRow: 0, endRow: 8, firstColumn: 0, endColumn: 12 });
    expect(all).toHaveLength(192);
    await expect.poll(() => chunks().length, { timeout: 20_000 }).toBeGreaterThan(24);
    // Away, to three wells: what was under way ends, nothing else begins.
    const before = chunks().length;
    const { running } = scheduler.statistics();
    const few = show({ firstRow: 7, endRow: 8, firstColumn: 9, endColumn: 12 });
    await settled(few);
    const others = chunks()
      .slice(before)
      .filter(({ key }) => !/^H\/(10|11|12)\//.test(key));
    expect(others.length).toBeLessThanOrEqual(running);
    expect(chunks().length).toBeLessThan(100);
    expect(store.log().some(({ key }) => key.startsWith("H/12/0/2/"))).toBe(true);

    // Back, while the metadata of two rows are read besides.
    const whole = show({ firstRow: 0, endRow: 8, firstColumn: 0, endColumn: 12 });
    await Promise.all(model.wells.filter(({ row }) => row < 2).map((well) => images.read(well)));
    await settled(whole);
    expect(new Set(chunks().map(({ key }) => key)).size).toBe(192);
    // One that was called off in the moment in which it was sent is asked for again.
    expect(chunks().filter(({ aborted }) => !aborted)).toHaveLength(192);
    dispose();
  });
});
