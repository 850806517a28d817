import { describe, expect, it } from "vitest";
import { fakeViewer } from "../testing/fake-viewer.ts";
import { runCommand } from "./run-command.ts";
import type { Command } from "./shortcuts.ts";

function run(command: Command, viewer = fakeViewer()) {
  runCommand(command, viewer.store.getState(), viewer.actions, () => {});
  return viewer;
}

describe("runCommand", () => {
  it("steps along z and stops at the ends", () => {
    const viewer = fakeViewer();
    run({ kind: "step", role: "z", by: 10 }, viewer);
    expect(viewer.store.getState().selection).toEqual({ z: 128 });
    run({ kind: "step", role: "z", by: -1000 }, viewer);
    expect(viewer.store.getState().selection).toEqual({ z: 0 });
  });

  it("does nothing along an axis that is not there", () => {
    expect(run({ kind: "step", role: "t", by: 1 }).calls).toEqual([]);
  });

  it("pans by a tenth of the canvas", () => {
    const { view } = run({ kind: "pan", dx: 1, dy: 0 }).store.getState();
    expect(view?.target[0]).toBeCloseTo(48.6 + 100 * 2 ** -2.7);
  });

  it("hides a channel, shows one alone, and all again", () => {
    const viewer = fakeViewer();
    const visible = () => viewer.store.getState().channels.map((channel) => channel.visible);
    run({ kind: "toggle-channel", position: 0 }, viewer);
    expect(visible()).toEqual([false, true]);
    run({ kind: "solo-channel", position: 0 }, viewer);
    expect(visible()).toEqual([true, false]);
    run({ kind: "solo-channel", position: 0 }, viewer);
    expect(visible()).toEqual([true, true]);
    run({ kind: "toggle-channel", position: 8 }, viewer);
    expect(visible()).toEqual([true, true]);
  });

  it("sets the contrast of visible channels only", () => {
    const viewer = run({ kind: "toggle-channel", position: 0 });
    run({ kind: "auto-contrast" }, viewer);
    expect(viewer.calls.filter(({ action }) => action === "autoContrast")).toEqual([
      { action: "autoContrast", args: [1] },
    ]);
  });

  it("does nothing while no image is open", () => {
    expect(run({ kind: "fit" }, fakeViewer({})).calls).toEqual([]);
  });
});
