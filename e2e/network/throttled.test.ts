import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { seededRandom } from "../store/scenario.ts";
import { startStore, type TestStore } from "../store/test-store.ts";
import { flat } from "./images.ts";
import { codesOf, countKinds, openRig } from "./rig.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
  store.defineVirtual("flat", flat);
});
afterAll(() => store.close());
beforeEach(() => store.clearLog());

const chunks = { key: /^0\/c\// };
/** Timers and clocks differ by a little. */
const slackMs = 30;

test("N11 429 with Retry-After: the server is left alone for as long as it says, then asked with fewer requests at once", async () => {
  const headers = { "Retry-After": "1" };
  store.setScenario("busy", { key: "0/c/**", status: 429, headers, times: 1 });
  const rig = await openRig(store.url("flat", { scenario: "busy" }));
  const all = rig.planes(0);
  rig.want(all);
  // Long enough to be told.
  expect(rig.scheduler.paused()).toEqual([]);
  expect(countKinds(await rig.settled(all))).toEqual({ data: 24 });
  expect(rig.wrongPixels(flat, 0, all)).toBe(0);

  const log = store.log(chunks);
  const refused = log.filter(({ status }) => status === 429);
  const firstEnd = Math.min(...refused.map(({ endMs }) => endMs!));
  // Those that were under way when the first answer came are no fault of ours.
  const after = log.filter(({ startMs }) => startMs > firstEnd + 1_000 - slackMs);
  expect(after.length).toBeGreaterThanOrEqual(12);
  expect(log.length - after.length).toBeLessThanOrEqual(12);
  // Twelve at first; halved by each refusal, then one more for two answers.
  const most = Math.max(...after.map(({ inFlight }) => inFlight));
  expect(most).toBeLessThan(12);
  // Nothing is asked for more often than it is refused, and once more.
  expect(log).toHaveLength(24 + refused.length);
});

test("N11 a long rest is told, and ends when a person wants it to", async () => {
  const headers = { "Retry-After": "50" };
  store.setScenario("busy", { key: "0/c/**", status: 429, headers });
  const rig = await openRig(store.url("flat", { scenario: "busy" }));
  const all = rig.planes(0);
  rig.want(all);
  await expect.poll(() => rig.scheduler.paused()).toMatchObject([{ cause: "throttled" }]);
  const [{ nextTryMs = 0 } = {}] = rig.scheduler.paused();
  expect(nextTryMs - performance.now()).toBeGreaterThan(45_000);
  store.setScenario("busy", []);
  rig.scheduler.retryFailed();
  expect(rig.scheduler.paused()).toEqual([]);
  rig.want([]);
  rig.want(all);
  expect(countKinds(await rig.settled(all))).toEqual({ data: 24 });
});

test("N12 429 for every second request and nothing said of when: it backs off at random, and completes", async () => {
  store.setScenario("flap", { key: "0/c/**", status: 429, probability: 0.5 }, { seed: 5 });
  const random = seededRandom(12);
  const rig = await openRig(store.url("flat", { scenario: "flap" }), {
    random: () => random() / 40,
  });
  const all = rig.planes(0);
  rig.want(all);
  expect(countKinds(await rig.settled(all))).toEqual({ data: 24 });
  expect(rig.wrongPixels(flat, 0, all)).toBe(0);
  const log = store.log(chunks);
  const refused = log.filter(({ status }) => status === 429).length;
  expect(refused).toBeGreaterThan(6);
  expect(log).toHaveLength(24 + refused);
  // Some are refused more often than a failure would be tried again.
  const tries = new Map<string, number>();
  for (const { key } of log) tries.set(key, (tries.get(key) ?? 0) + 1);
  expect(Math.max(...tries.values())).toBeGreaterThan(4);
});

test("N10 503 for one chunk: four tries, then failed; its neighbours are there, and Retry brings it once the server has healed", async () => {
  store.setScenario("ill", { key: "0/c/1/2", status: 503 });
  const rig = await openRig(store.url("flat", { scenario: "ill" }));
  const all = rig.planes(0);
  rig.want(all);
  const states = await rig.settled(all);
  expect(countKinds(states)).toEqual({ data: 23, error: 1 });
  expect(codesOf(states)).toEqual(["ZS-HTTP-503"]);
  expect(store.log({ key: /^0\/c\/1\/2$/ })).toHaveLength(4);
  store.setScenario("ill", []);
  rig.scheduler.retryFailed();
  expect(countKinds(await rig.settled(all))).toEqual({ data: 24 });
});

test("N13 30 % of the connections are reset: all is there in the end", async () => {
  store.setScenario("flap", { key: "0/c/**", resetAt: 0, probability: 0.3 }, { seed: 1 });
  const rig = await openRig(store.url("flat", { scenario: "flap" }));
  const all = rig.planes(0);
  rig.want(all);
  expect(countKinds(await rig.settled(all))).toEqual({ data: 24 });
  expect(rig.wrongPixels(flat, 0, all)).toBe(0);
  expect(store.log(chunks).length).toBeGreaterThan(28);
});
