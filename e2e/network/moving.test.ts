import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { seededRandom } from "../store/scenario.ts";
import { startStore, type TestStore } from "../store/test-store.ts";
import { sharded } from "./images.ts";
import { countKinds, openRig } from "./rig.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 3 });
});
afterAll(() => store.close());
beforeEach(() => store.clearLog());

test("N25 fast panning: most of what is out of sight again is dropped or called off, nothing fails, nothing goes on", async () => {
  // Bodies of 512 kB, which are worth an abort.
  const wide = { ...sharded, shards: undefined, chunks: [512, 512], shape: [1024, 65_536] };
  const { shards: _, ...image } = wide;
  store.defineVirtual("wide", image);
  store.setScenario("slow", { key: "0/c/**", latencyMs: 40, bytesPerSecond: 4_000_000 });
  const rig = await openRig(store.url("wide", { scenario: "slow" }));
  const random = seededRandom(25);
  const stale = new Set<string>();
  let view: ReturnType<typeof rig.plane>[] = [];
  for (let step = 0; step < 40; step++) {
    const left = step === 39 ? 120 : Math.floor(random() * 110);
    for (const { chunk } of view) stale.add(chunk.join("/"));
    view = [0, 1, 2, 3, 4, 5].flatMap((x) => [
      rig.plane(0, 0, left + x),
      rig.plane(0, 1, left + x),
    ]);
    rig.want(view);
    await new Promise((resolve) => setTimeout(resolve, 15));
    for (const ref of view) expect(rig.scheduler.state(ref.key)?.kind).toMatch(/pending|data/);
  }
  for (const { chunk } of view) stale.delete(chunk.join("/"));
  expect(countKinds(await rig.settled(view))).toEqual({ data: 12 });
  expect(rig.wrongPixels(image, 0, view)).toBe(0);
  await expect.poll(() => store.log().filter(({ endMs }) => endMs === undefined)).toEqual([]);
  expect(rig.scheduler.statistics()).toMatchObject({ queued: 0, running: 0 });

  const finished = store
    .log({ key: /^0\/c\// })
    .filter(({ key, aborted }) => stale.has(key.slice("0/c/".length)) && !aborted);
  expect(stale.size).toBeGreaterThan(100);
  expect(finished.length).toBeLessThan(stale.size / 2);
});

test("N26 of two chunks that became one range, one is no longer wanted: the other arrives by the same request", async () => {
  store.defineVirtual("sharded", sharded);
  store.setScenario("slow", { ranged: true, latencyMs: 80 });
  const rig = await openRig(store.url("sharded", { scenario: "slow" }));
  const [kept, dropped] = [rig.plane(0, 0, 0), rig.plane(0, 0, 1)];
  rig.want([kept, dropped]);
  // The index, then one range for both.
  const ranges = () => store.log({ key: /^0\/c\/0\/0$/ }).filter(({ method }) => method === "GET");
  await expect.poll(() => ranges().length).toBe(2);
  rig.want([kept]);
  expect(countKinds(await rig.settled([kept]))).toEqual({ data: 1 });
  expect(rig.wrongPixels(sharded, 0, [kept])).toBe(0);
  expect(ranges()).toHaveLength(2);
  expect(ranges().every(({ aborted }) => !aborted)).toBe(true);
  // Nobody wants any of them: now it is called off.
  const [third, fourth] = [rig.plane(0, 1, 0), rig.plane(0, 1, 1)];
  rig.want([kept, third, fourth]);
  await expect.poll(() => ranges().length).toBe(3);
  rig.want([kept]);
  await expect.poll(() => ranges()[2]?.aborted).toBe(true);
});

test("N21 five redirects from server to server are followed; the signature goes to the first one only", async () => {
  store.defineVirtual("sharded", sharded);
  const hops = 5;
  for (let hop = 0; hop < hops; hop++) {
    const origin = store.origins[(hop + 1) % 3];
    store.setScenario(`hop${hop}`, { redirect: `${origin}/s/hop${hop + 1}{path}` });
  }
  store.setScenario(`hop${hops}`, []);
  const rig = await openRig(`${store.url("sharded", { scenario: "hop0" })}?sig=SECRET`);
  const [one] = [rig.plane(0, 0, 0)];
  rig.want([one]);
  expect(countKinds(await rig.settled([one]))).toEqual({ data: 1 });
  expect(rig.wrongPixels(sharded, 0, [one])).toBe(0);
  const log = store.log();
  expect(new Set(log.map(({ origin }) => origin))).toEqual(new Set([0, 1, 2]));
  expect(log.some(({ scenario }) => scenario === `hop${hops}`)).toBe(true);
  for (const { scenario, url, headers } of log) {
    expect(url.includes("SECRET"), scenario).toBe(scenario === "hop0");
    expect(headers.authorization).toBeUndefined();
    expect(headers.cookie).toBeUndefined();
  }
});
