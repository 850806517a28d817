import { setTimeout } from "node:timers/promises";
import type { ZarrscopeStateChange } from "./harness/automation.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages, whiteChannel } from "./store/coordinate-images.ts";
import type { LoggedRequest } from "./store/request-log.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

const far = { latencyMs: 150 };

/** So much later a timer of the page may see that a plane was selected than the page itself. */
const clockMs = 10;

/** 200 planes of four chunks. */
const stack: VirtualImage = {
  ...coordinateImages["v2-slash"],
  axes: "zyx",
  shape: [200, 256, 256],
  chunks: [1, 128, 128],
  levels: [{ factors: [1, 1, 1] }],
  scale: [1, 1, 1],
  omero: whiteChannel,
};

/** 20 planes of 64 chunks, and a level below. */
const wide: VirtualImage = {
  ...stack,
  shape: [20, 1024, 1024],
  levels: [{ factors: [1, 1, 1] }, { factors: [1, 8, 8] }],
};

/** How many chunks of the finest level came of each plane. */
function planesRead(log: readonly LoggedRequest[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { key, status, aborted } of log) {
    const [, z] = /^0\/(\d+)\/\d+\/\d+$/.exec(key) ?? [];
    if (z === undefined || status !== 200 || aborted) continue;
    counts.set(Number(z), (counts.get(Number(z)) ?? 0) + 1);
  }
  return counts;
}

test("a hand that flies over planes asks for few of them, and sees the last one", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("flown-over", stack);
  store.setScenario("far", far);
  await viewer.open(store.url("flown-over", { scenario: "far" }));
  await viewer.setState({ selection: { z: 0 } });
  store.clearLog();
  const slider = page.locator(".zs-slider", { has: page.getByRole("slider", { name: "Z" }) });
  const track = (await slider.locator(".zs-slider-track").boundingBox())!;
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x, y);
  await page.mouse.down();
  // A plane that stays selected for 80 ms counts as a rest and is shown (`plane-pace.ts`); on a slow page that happens in mid-flight.
  const rests = await page.evaluateHandle((restMs) => {
    const seen = { count: 0 };
    let [shown, sinceMs] = [window.zarrscope?.getState().selection.z, performance.now()];
    setInterval(() => {
      const z = window.zarrscope?.getState().selection.z;
      if (z === shown) return;
      if (performance.now() - sinceMs >= restMs) seen.count++;
      [shown, sinceMs] = [z, performance.now()];
    }, 2);
    return seen;
  }, 80 - clockMs);
  // As a hand would: it takes its time, and does not wait for the page.
  const moves: Promise<void>[] = [];
  const startMs = performance.now();
  for (let done = 0; done < 1; await setTimeout(16)) {
    done = Math.min(1, (performance.now() - startMs) / 2400);
    moves.push(page.mouse.move(track.x + done * track.width, y));
  }
  await Promise.all(moves);
  await page.mouse.up();
  await viewer.settled();
  expect((await viewer.openState()).selection).toMatchObject({ z: 199 });
  const read = planesRead(store.log());
  expect(read.get(199)).toBe(4);
  const whole = [...read].filter(([z, chunks]) => z > 0 && z < 199 && chunks === 4);
  expect(whole.length).toBeLessThan(20 + (await rests.evaluate(({ count }) => count)));
  await viewer.expectScreen(stack);
});

test("who steps through planes finds the next ones there, and who rests what lies around the view", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("stepped-through", wide);
  store.setScenario("far", far);
  await viewer.open(store.url("stepped-through", { scenario: "far" }));
  const read = () => planesRead(store.log());
  /** Chunks of plane 5 that were asked for before the view was there: what lies around it is asked for 300 ms later. */
  const askedUntilSettled = async (change: ZarrscopeStateChange) => {
    const settledMs = await viewer.page.evaluate(async (to) => {
      await window.zarrscope?.setState(to);
      await window.zarrscope?.settled();
      return performance.timeOrigin + performance.now();
    }, change);
    // The log may learn of a request later than it was made.
    await setTimeout(200);
    return store
      .log({ key: /^0\/5\// })
      .filter(({ startMs }) => performance.timeOrigin + startMs < settledMs);
  };
  const quiet = () =>
    expect.poll(() => store.log().some(({ endMs }) => endMs === undefined)).toBe(false);
  await viewer.setState({ view: { target: [512, 512], zoom: 2 }, selection: { z: 3 } });
  const { data: inView } = await viewer.setState({ selection: { z: 4 } });
  await expect.poll(() => read().get(6) ?? 0).toBeGreaterThanOrEqual(inView);
  store.clearLog();
  expect(await askedUntilSettled({ selection: { z: 5 } })).toEqual([]);
  await viewer.expectScreen(wide);
  // One more tile on each side is at least as many as around a square of so many.
  const around = Math.ceil(4 * Math.sqrt(inView) + 4);
  await expect.poll(() => read().get(5) ?? 0).toBeGreaterThanOrEqual(around);
  await quiet();
  store.clearLog();
  expect(await askedUntilSettled({ view: { target: [612, 600] } })).toEqual([]);
  await viewer.expectScreen(wide);
});

test.describe("with Save-Data", () => {
  test.use({ savesData: true });
  test("nothing is fetched ahead", async ({ store, viewer, page }) => {
    store.defineVirtual("saved", wide);
    await viewer.open(store.url("saved"));
    await viewer.setState({ view: { target: [512, 512], zoom: 2 }, selection: { z: 3 } });
    const { data: inView } = await viewer.setState({ selection: { z: 4 } });
    // Twice as long as a view has to rest.
    await page.waitForTimeout(600);
    const read = planesRead(store.log());
    expect(read.has(5)).toBe(false);
    expect(read.get(4)).toBe(inView);
  });
});
