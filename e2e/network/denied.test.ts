import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startStore, type TestStore } from "../store/test-store.ts";
import { flat } from "./images.ts";
import { codesOf, countKinds, openRig } from "./rig.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
});
afterAll(() => store.close());
beforeEach(() => store.clearLog());

const chunkKeys = /^0\/c\//;

describe("a signature that expires in mid-session", () => {
  test("N05 what is loaded stays, the rest is denied and never fill, and nothing more is asked for", async () => {
    store.defineVirtual("signed", flat);
    store.setScenario("expires", []);
    const rig = await openRig(store.url("signed", { scenario: "expires" }));
    const all = rig.planes(0);
    const [first, rest] = [all.slice(0, 6), all.slice(6)];
    rig.want(first);
    expect(countKinds(await rig.settled(first))).toEqual({ data: 6 });

    // From now on everything is refused, what does not exist too: exactly as where 403 means "missing".
    store.setScenario("expires", { status: 403 });
    rig.want(all.slice(0, 8));
    expect(countKinds(await rig.settled(all.slice(0, 8)))).toEqual({ data: 6, denied: 2 });
    expect(rig.scheduler.endedAccess()).toEqual([
      `${store.url("signed", { scenario: "expires" })}/`,
    ]);
    expect(rig.scheduler.takenForMissing()).toEqual([]);

    // All that follows costs no request at all.
    store.clearLog();
    rig.want(all);
    const states = await rig.settled(all);
    expect(countKinds(states)).toEqual({ data: 6, denied: 18 });
    expect(codesOf(states)).toEqual(["ZS-EXPIRED"]);
    expect(store.log().length).toBeLessThanOrEqual(2);
    expect(rig.wrongPixels(flat, 0, first)).toBe(0);

    // Once access is back, "try again" brings all of it.
    store.setScenario("expires", []);
    rig.scheduler.retryFailed();
    expect(countKinds(await rig.settled(rest))).toEqual({ data: 18 });
    expect(rig.scheduler.endedAccess()).toEqual([]);
    expect(rig.wrongPixels(flat, 0, all)).toBe(0);
  });

  test("N05 N08 where 403 was taken for missing before, a signature that expires still makes no fill", async () => {
    store.defineVirtual("sparse", { ...flat, missing: ({ coords }) => coords[0]! === 1 });
    const refuseAbsent = { key: ["0/c/1/*", "0/zarrscope-probe-*"], status: 403 };
    store.setScenario("s3", refuseAbsent);
    const rig = await openRig(store.url("sparse", { scenario: "s3" }));
    const all = rig.planes(0);
    const top = all.slice(0, 12);
    rig.want(top);
    expect(countKinds(await rig.settled(top))).toEqual({ data: 6, fill: 6 });
    expect(rig.scheduler.takenForMissing()).toHaveLength(1);
    // Of several refusals at once few ask whether access goes on.
    expect(
      store.log({ key: chunkKeys }).filter(({ range }) => range === "bytes=0-0").length,
    ).toBeLessThanOrEqual(6);

    store.setScenario("s3", { status: 403 });
    rig.want(all);
    const bottom = await rig.settled(all.slice(12));
    expect(countKinds(bottom)).toEqual({ denied: 12 });
    expect(codesOf(bottom)).toEqual(["ZS-EXPIRED"]);
  });

  test("N07 one refused chunk of a readable source is denied, and ends nothing", async () => {
    store.defineVirtual("signed", flat);
    store.setScenario("one", { key: "0/c/1/2", status: 403 });
    const rig = await openRig(store.url("signed", { scenario: "one" }));
    const all = rig.planes(0);
    rig.want(all);
    expect(countKinds(await rig.settled(all))).toEqual({ data: 23, denied: 1 });
    expect(rig.scheduler.endedAccess()).toEqual([]);
  });

  test("N05 a token that is no longer taken (401) ends access too", async () => {
    store.defineVirtual("signed", flat);
    store.setScenario("token", []);
    const rig = await openRig(store.url("signed", { scenario: "token" }));
    const all = rig.planes(0);
    rig.want(all.slice(0, 3));
    await rig.settled(all.slice(0, 3));
    store.setScenario("token", { status: 401 });
    rig.want(all);
    expect(codesOf(await rig.settled(all))).toEqual(["ZS-EXPIRED"]);
    expect(rig.scheduler.endedAccess()).toHaveLength(1);
  });
});

test("N06 a chunk that was never written (404) is fill with the array's value, and no failure", async () => {
  const image = {
    ...flat,
    fillValue: 77,
    missing: ({ coords }: { coords: readonly number[] }) => coords[1] === 3,
  };
  store.defineVirtual("holes", image);
  const rig = await openRig(store.url("holes"));
  const all = rig.planes(0);
  rig.want(all);
  const states = await rig.settled(all);
  expect(countKinds(states)).toEqual({ data: 20, fill: 4 });
  const fills = states.flatMap((state) => (state.kind === "fill" ? [state.value] : []));
  expect(fills).toEqual([77, 77, 77, 77]);
  expect(rig.wrongPixels(image, 0, all)).toBe(0);
  expect(store.log({ key: /^0\/c\/\d\/3$/ })).toHaveLength(4);
});
