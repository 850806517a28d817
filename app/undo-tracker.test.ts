import { expect, it } from "vitest";
import { ownWindows, withChannelInHand, withOwnContrast } from "../src/ui/state/own-contrast.ts";
import { fakePlate, plateAt } from "../src/ui/testing/fake-plate.ts";
import { fakeViewer, openState } from "../src/ui/testing/fake-viewer.ts";
import { UndoTracker } from "./undo-tracker.ts";

function tracked() {
  const { store, actions } = fakeViewer({});
  let nowMs = 0;
  const tracker = new UndoTracker(store, () => nowMs);
  store.setState(openState());
  return { store, actions, tracker, wait: (ms: number) => (nowMs += ms) };
}

it("takes back one gesture at a time, and gives it again", () => {
  const { store, actions, tracker, wait } = tracked();
  const start = store.getState().view;
  for (let x = 0; x < 5; x++) {
    actions.setView({ target: [x, 0], zoom: 1 });
    wait(16);
  }
  actions.setSelection("z", 5);
  wait(2000);
  actions.setSelection("z", 6);
  actions.setChannel(1, { color: "FF0000" });
  expect(store.getState().undo).toEqual({ canUndo: true, canRedo: false });
  tracker.undo();
  expect(store.getState().channels[1]?.color).toBe("0000FF");
  tracker.undo();
  tracker.undo();
  expect(store.getState().selection).toEqual({ z: 118 });
  expect(store.getState().view?.target).toEqual([4, 0]);
  tracker.undo();
  expect(store.getState().view).toEqual(start);
  expect(store.getState().undo).toEqual({ canUndo: false, canRedo: true });
  for (let i = 0; i < 9; i++) tracker.redo();
  expect(store.getState().selection).toEqual({ z: 6 });
  expect(store.getState().channels[1]?.color).toBe("FF0000");
});

it("the same thing again after a rest is another step", () => {
  const { store, actions, tracker, wait } = tracked();
  actions.setView({ target: [1, 0], zoom: 1 });
  wait(1000);
  actions.setView({ target: [2, 0], zoom: 1 });
  tracker.undo();
  expect(store.getState().view?.target).toEqual([1, 0]);
});

it("limits that auto-contrast finds are no step, and stay when older steps come back", () => {
  const { store, actions, tracker, wait } = tracked();
  store.setState(({ channels, source }) => ({
    source: { ...source },
    channels: channels.map((channel) => ({ ...channel, window: undefined })),
  }));
  actions.setChannel(0, { color: "FF0000" });
  wait(1000);
  const window = { start: 1, end: 2, min: 0, max: 3 };
  actions.setChannel(0, { window });
  tracker.undo();
  expect(store.getState().channels[0]).toMatchObject({ color: "00FF00", window });
  expect(store.getState().undo.canUndo).toBe(false);
});

it("planes that play are one step", () => {
  const { store, actions, tracker, wait } = tracked();
  store.setState({ playback: { playing: "z", fps: 1, mode: "loop" } });
  for (let z = 0; z < 5; z++) {
    actions.setSelection("z", z);
    wait(1000);
  }
  tracker.undo();
  expect(store.getState().selection).toEqual({ z: 118 });
  expect(store.getState().playback.playing).toBeUndefined();
});

it("another image begins anew", () => {
  const { store, actions, tracker } = tracked();
  actions.setSelection("z", 3);
  store.setState(openState());
  expect(store.getState().undo).toEqual({ canUndo: false, canRedo: false });
  tracker.undo();
  expect(store.getState().selection).toEqual({ z: 118 });
});

it("a contrast of one well alone is taken back like any other, and one stays where one is on the plate", () => {
  const { store, tracker, wait } = tracked();
  store.setState({ ...openState(), plate: plateAt(fakePlate, "B/04") });
  const ends = () => {
    const own = ownWindows(plateAt(store.getState().plate!, "B/04"));
    return own && [...own.values()].map(({ end }) => end);
  };
  store.setState((state) => withOwnContrast(state, true));
  const begun = ends();
  const { window } = store.getState().channels[0]!;
  for (const end of [900, 800, 700]) {
    wait(16);
    store.setState((state) => withChannelInHand(state, 0, { window: { ...window!, end } }));
  }
  expect(ends()?.[0]).toBe(700);
  store.setState(({ plate }) => ({ plate: plateAt(plate!, "B/03") }));
  tracker.undo();
  expect(ends()).toEqual(begun);
  tracker.undo();
  expect(ends()).toBeUndefined();
  expect(store.getState().plate?.opened?.well.id).toBe("B/03");
  expect(store.getState().undo).toEqual({ canUndo: false, canRedo: true });
  tracker.redo();
  tracker.redo();
  expect(ends()?.[0]).toBe(700);
  expect(store.getState().channels[0]?.window).toEqual(window);
});
