import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import { syntheticImage } from "../src/layers/testing/synthetic-image.ts";
import { type PlanInput, planTiles } from "../src/layers/tiles/plan-tiles.ts";
import { tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import { viewRect } from "../src/layers/tiles/view-rect.ts";
import { fakeViewer, openState } from "../src/ui/testing/fake-viewer.ts";
import type { ChunkRequest } from "../src/zarr/chunks/chunk-request.ts";
import type { Selection } from "../src/zarr/image/image-model.ts";
import { FetchAhead } from "./fetch-ahead.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const { image, arrays } = syntheticImage([
  { shape: [1, 1, 20, 1024, 1024], chunk: [1, 1, 1, 256, 256], scale: [1, 1, 1] },
]);
const size = { widthPx: 200, heightPx: 200, devicePixelRatio: 1 };
const base: PlanInput = {
  catalogue: tileCatalogue(image, arrays),
  selection: { z: 3 },
  channels: [0],
  view: viewRect({ target: [512, 512], zoom: 0 }, size),
  maxTilesPerChannel: 2048,
};

/** A viewer whose stage draws when it is told to. */
function watched({ savesData = false, upcoming = [] as readonly Selection[] } = {}) {
  const { store } = fakeViewer({ ...openState(image), selection: { z: 3 } });
  let frame: ComposedFrame | undefined;
  let wanted: readonly ChunkRequest[] = [];
  new FetchAhead({
    store,
    savesData,
    chunks: {
      setWanted: (_, requests) => {
        wanted = requests;
      },
      state: () => undefined,
      subscribe: () => () => {},
    },
    drawn: () => frame,
    upcoming: () => upcoming,
  });
  const draw = (z: number, complete = true, pending = complete ? 0 : 1) => {
    const input = { ...base, selection: { z } };
    const part = { input, plan: planTiles(input) } as unknown as ComposedFrame["parts"][number];
    frame = { parts: [part], complete, tiles: { pending } } as unknown as ComposedFrame;
    const { stage } = openState(image);
    store.setState({ stage: { ...stage! } });
  };
  const step = (z: number, passesPlanes = false) =>
    store.setState({ selection: { z }, passesPlanes });
  /** Wanted chunks by plane. */
  const ahead = () => {
    const counts: Record<number, number> = {};
    for (const { ref } of wanted) counts[ref.chunk[2]!] = (counts[ref.chunk[2]!] ?? 0) + 1;
    return counts;
  };
  return { store, draw, step, ahead, isPrefetch: () => wanted.map((r) => r.priority.tier) };
}

describe("FetchAhead", () => {
  it("wants the next two planes in the direction of the steps, once the plane is there", () => {
    const { draw, step, ahead, isPrefetch } = watched();
    draw(3);
    expect(ahead()).toEqual({});
    step(4);
    draw(4, false);
    expect(ahead()).toEqual({});
    draw(4);
    expect(ahead()).toEqual({ 5: 4, 6: 4 });
    expect(new Set(isPrefetch())).toEqual(new Set(["prefetch"]));
    step(3);
    draw(3);
    expect(ahead()).toEqual({ 2: 4, 1: 4 });
  });

  it("gives up what it wants while something on screen is waited for", () => {
    const { draw, step, ahead } = watched();
    step(4);
    draw(4);
    draw(4, false);
    expect(ahead()).toEqual({});
    draw(4);
    expect(ahead()).toEqual({ 5: 4, 6: 4 });
  });

  it("keeps what it wants while the picture is made anew of what is in memory, as after a lost context", () => {
    const { draw, step, ahead } = watched();
    step(4);
    draw(4);
    draw(4, false, 0);
    expect(ahead()).toEqual({ 5: 4, 6: 4 });
  });

  it("takes nothing from a jump, nor from a hand that flies over planes", () => {
    const { draw, step, ahead } = watched();
    step(9);
    draw(9);
    expect(ahead()).toEqual({});
    step(10, true);
    step(11, true);
    draw(11);
    expect(ahead()).toEqual({});
  });

  it("wants what lies around the view of a plane that rests, behind the next planes", () => {
    const { draw, step, ahead } = watched();
    step(4);
    draw(4);
    vi.advanceTimersByTime(350);
    expect(ahead()).toEqual({ 4: 12, 5: 4, 6: 4 });
  });

  it("wants nothing for who asked for less data", () => {
    const { draw, step, ahead } = watched({ savesData: true });
    step(4);
    draw(4);
    vi.advanceTimersByTime(1000);
    expect(ahead()).toEqual({});
  });

  it("while something plays wants what comes next, from the start on and also while the present plane is late; no more once it stops", () => {
    const { store, draw, ahead } = watched({ savesData: true, upcoming: [{ z: 7 }, { z: 8 }] });
    const { playback } = store.getState();
    draw(3, false);
    draw(3);
    store.setState({ playback: { ...playback, playing: "z" } });
    expect(ahead()).toEqual({ 7: 4, 8: 4 });
    draw(3, false);
    expect(ahead()).toEqual({ 7: 4, 8: 4 });
  });

  it("wants nothing more of a film that stops", () => {
    const upcoming: Selection[] = [{ z: 7 }];
    const { store, draw, ahead } = watched({ savesData: true, upcoming });
    const { playback } = store.getState();
    store.setState({ playback: { ...playback, playing: "z" } });
    draw(3);
    expect(ahead()).toEqual({ 7: 4 });
    upcoming.length = 0;
    store.setState({ playback });
    expect(ahead()).toEqual({});
  });
});
