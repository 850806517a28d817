import { describe, expect, it } from "vitest";
import type { FrameLock } from "../../src/ui/state/frame-options.ts";
import { fakeViewer } from "../../src/ui/testing/fake-viewer.ts";
import { lockedActions } from "./locked-actions.ts";

function locked(...locks: FrameLock[]) {
  const viewer = fakeViewer();
  const actions = lockedActions(viewer.actions, new Set(locks), () => viewer.store.getState());
  return { ...viewer, actions };
}

describe("a visitor", () => {
  it("may do everything where nothing is locked", () => {
    const viewer = fakeViewer();
    const same = lockedActions(viewer.actions, new Set(), () => viewer.store.getState());
    expect(same).toBe(viewer.actions);
  });

  it("may zoom but not pan, or pan but not zoom", () => {
    for (const [lock, expected] of [
      ["pan", { target: [48.6, 49.3], zoom: 5 }],
      ["zoom", { target: [1, 2], zoom: 2.7 }],
    ] as const) {
      const { actions, store } = locked(lock);
      actions.setView({ target: [1, 2], zoom: 5 });
      expect(store.getState().view).toEqual(expected);
    }
  });

  it("changes neither channels nor planes that are locked", () => {
    const { actions, calls, store } = locked("channels", "planes");
    const before = store.getState();
    actions.setChannel(0, { visible: false });
    actions.autoContrast(0);
    actions.setGreyscale(true);
    actions.setSelection("z", 3);
    actions.setPlayback({ playing: "z" });
    actions.undo();
    expect(calls).toEqual([]);
    expect(store.getState()).toBe(before);
    actions.zoomBy(1);
    expect(calls).toEqual([{ action: "zoomBy", args: [1] }]);
  });
});
