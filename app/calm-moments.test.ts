import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import { fakeViewer, openState } from "../src/ui/testing/fake-viewer.ts";
import { CalmMoments } from "./calm-moments.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const opened = openState();

/** A frame was drawn, of which so many tiles are missing. */
function draw(store: ViewerStore, pending: number): void {
  store.setState(({ stage }) => ({
    stage: stage && { ...stage, tiles: { ...stage.tiles, pending } },
  }));
}

function watched() {
  const { store } = fakeViewer(opened);
  const calm = new CalmMoments(store);
  const told: string[] = [];
  const tellers = { bytes: () => told.push("bytes"), histogram: () => told.push("histogram") };
  return { store, calm, told, ...tellers };
}

it("all are told in one turn, a fifth of a second after the first asked", async () => {
  const { calm, told, bytes, histogram } = watched();
  calm.once(bytes);
  await vi.advanceTimersByTimeAsync(150);
  calm.once(histogram);
  calm.once(bytes);
  await vi.advanceTimersByTimeAsync(49);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(["bytes", "histogram"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toHaveLength(2);
});

it("waits for a picture of which something is missing, and until it has stayed for a moment", async () => {
  const { store, calm, told, bytes } = watched();
  calm.once(bytes);
  draw(store, 3);
  await vi.advanceTimersByTimeAsync(400);
  draw(store, 0);
  await vi.advanceTimersByTimeAsync(59);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(["bytes"]);
});

it("waits while planes are stepped through, views moved or a source is opened, but a second at most", async () => {
  const changes: ((store: ViewerStore, step: number) => void)[] = [
    (store, z) => store.setState({ selection: { z } }),
    (store, x) => store.setState({ view: { target: [x, 0], zoom: 0 } }),
    (store) => draw(store, 0),
    (store) => store.setState({ source: { status: "opening", url: "http://a.test/" } }),
  ];
  for (const change of changes) {
    const { store, calm, told, bytes } = watched();
    calm.once(bytes);
    for (let step = 1; step < 25; step++) {
      change(store, step);
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(40);
    expect(told).toEqual(["bytes"]);
  }
});

it("waits for the first frame of what is asked for, however late", async () => {
  const { store, calm, told, bytes } = watched();
  calm.once(bytes);
  await vi.advanceTimersByTimeAsync(190);
  store.setState({ selection: { z: 1 } });
  await vi.advanceTimersByTimeAsync(500);
  draw(store, 0);
  await vi.advanceTimersByTimeAsync(59);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(["bytes"]);
});

it("one that throws keeps nobody from being told", async () => {
  const { calm, told, bytes } = watched();
  const thrown: unknown[] = [];
  vi.stubGlobal("queueMicrotask", (call: () => void) => {
    try {
      call();
    } catch (error) {
      thrown.push(error);
    }
  });
  calm.once(() => {
    throw new Error("of the first");
  });
  calm.once(bytes);
  await vi.advanceTimersByTimeAsync(200);
  vi.unstubAllGlobals();
  expect(thrown).toEqual([new Error("of the first")]);
  expect(told).toEqual(["bytes"]);
});

it("whoever takes it back is not told, and does not keep others from it", async () => {
  const { calm, told, bytes, histogram } = watched();
  const forget = calm.once(bytes);
  forget();
  await vi.advanceTimersByTimeAsync(150);
  calm.once(histogram);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toEqual(["histogram"]);
});

it("who asks again while it is told is told another time", async () => {
  const { calm, told } = watched();
  const again = () => {
    told.push("again");
    if (told.length === 1) calm.once(again);
  };
  calm.once(again);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toHaveLength(2);
});
