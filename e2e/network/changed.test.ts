import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startStore, type TestStore } from "../store/test-store.ts";
import { flat, sharded } from "./images.ts";
import { codesOf, countKinds, openRig } from "./rig.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
});
afterAll(() => store.close());
beforeEach(() => store.clearLog());

/** The same image with other values: what is at (y, x) of one is at another place of the other. */
const rewritten = { ...flat, pattern: "hash" } as const;
const url = () => store.url("data", { scenario: "dated" });
const httpDate = (ms: number) => new Date(ms).toUTCString();

for (const exposed of [true, false]) {
  test(`N29 data that are rewritten in mid-view are no mixture: what is new is not shown, and that is said (ETag ${exposed ? "" : "not "}to be seen)`, async () => {
    const openedAtMs = Date.now() - 60_000;
    const before = { "Last-Modified": httpDate(openedAtMs - 3_600_000) };
    const hidden = exposed ? {} : { ETag: "" };
    store.defineVirtual("data", flat);
    store.setScenario("dated", { validators: true, headers: { ...before, ...hidden } });
    const rig = await openRig(url(), { openedAtMs });
    const all = rig.planes(0);
    const first = all.slice(0, 8);
    rig.want(first);
    expect(countKinds(await rig.settled(first))).toEqual({ data: 8 });
    expect(rig.scheduler.changedRoots()).toEqual([]);

    store.defineVirtual("data", rewritten);
    const after = { "Last-Modified": httpDate(openedAtMs + 30_000) };
    store.setScenario("dated", { validators: true, headers: { ...after, ...hidden } });
    rig.want(all);
    const states = await rig.settled(all);
    expect(countKinds(states)).toEqual({ data: 8, error: 16 });
    expect(codesOf(states)).toEqual(["ZS-CHANGED"]);
    expect(rig.scheduler.changedRoots()).toEqual([`${url()}/`]);
    expect(rig.wrongPixels(flat, 0, all)).toBe(0);
    // Each was asked for once: another try is of no use.
    expect(store.log({ key: /^0\/c\// })).toHaveLength(24);
    // "Retry" mixes nothing either.
    rig.scheduler.retryFailed();
    expect(countKinds(await rig.settled(all))).toEqual({ data: 8, error: 16 });

    // Opened anew it is the new one, all of it.
    const again = await openRig(url(), { openedAtMs: openedAtMs + 60_000 });
    const now = again.planes(0);
    again.want(now);
    expect(countKinds(await again.settled(now))).toEqual({ data: 24 });
    expect(again.wrongPixels(rewritten, 0, now)).toBe(0);
  });
}

test("N29 ranges of two versions of one shard are never put together", async () => {
  store.defineVirtual("data", sharded);
  store.setScenario("dated", { validators: true, headers: { "Last-Modified": "" } });
  const rig = await openRig(url());
  const all = rig.planes(0);
  const [one, beside] = [rig.plane(0, 0, 0), rig.plane(0, 0, 2)];
  rig.want([one]);
  expect(countKinds(await rig.settled([one]))).toEqual({ data: 1 });
  store.defineVirtual("data", { ...sharded, pattern: "hash" });
  rig.want([one, beside]);
  const states = await rig.settled([one, beside]);
  expect(countKinds(states)).toEqual({ data: 1, error: 1 });
  expect(codesOf(states)).toEqual(["ZS-CHANGED"]);
  expect(rig.wrongPixels(sharded, 0, all)).toBe(0);
});

test("N29 a server that dates each answer anew, or whose clock is another one, is not taken for data that change", async () => {
  store.defineVirtual("data", flat);
  const openedAtMs = Date.now();
  for (const offsetMs of [1_000, 3_600_000]) {
    store.setScenario("dated", { headers: { "Last-Modified": httpDate(openedAtMs + offsetMs) } });
    const rig = await openRig(url(), { openedAtMs });
    const all = rig.planes(0);
    rig.want(all);
    expect(countKinds(await rig.settled(all))).toEqual({ data: 24 });
    expect(rig.scheduler.changedRoots()).toEqual([]);
  }
});
