import { axisOfRole, playableAxis } from "../state/playable-axis.ts";
import { selectedIndex } from "../state/selection.ts";
import type { Command, CommandContext } from "./command.ts";

const nothing: readonly string[] = [];

function step({ state, actions, byKey }: CommandContext, role: "z" | "t", by: number): void {
  const axis = axisOfRole(state, role);
  if (axis === undefined) return;
  const index = selectedIndex(state.selection, axis) + by;
  // A key that is held goes on.
  const hand = byKey ? "passing" : "at rest";
  actions.setSelection(axis.name, Math.max(0, Math.min(axis.size - 1, index)), hand);
}

function stepCommand(role: "z" | "t", by: number, title: string, keys: readonly string[]): Command {
  return {
    id: `${role}${by > 0 ? "+" : "-"}${Math.abs(by)}`,
    title,
    group: "Planes",
    keys,
    run: (context) => step(context, role, by),
  };
}

function setMode(mode: "loop" | "ping-pong" | "once", title: string): Command {
  return {
    id: `playback-${mode}`,
    title,
    group: "Planes",
    keys: nothing,
    run: ({ actions }) => actions.setPlayback({ mode }),
  };
}

/** Walking along z and t, by step and by itself. */
export const planeCommands: readonly Command[] = [
  stepCommand("z", -1, "Previous z plane", [",", "PageDown"]),
  stepCommand("z", 1, "Next z plane", [".", "PageUp"]),
  stepCommand("z", -10, "Ten z planes back", ["<", "Shift+PageDown"]),
  stepCommand("z", 10, "Ten z planes on", [">", "Shift+PageUp"]),
  stepCommand("t", -1, "Previous time point", ["["]),
  stepCommand("t", 1, "Next time point", ["]"]),
  stepCommand("t", -10, "Ten time points back", ["{"]),
  stepCommand("t", 10, "Ten time points on", ["}"]),
  {
    id: "play",
    title: "Play or pause",
    group: "Planes",
    keys: ["Space"],
    run: ({ state, actions, byKey }) => {
      if (state.playback.playing !== undefined) {
        actions.setPlayback({ playing: undefined });
        return;
      }
      // A key is hit by accident; who asked for less motion starts it by its button or by name.
      if (byKey && matchMedia("(prefers-reduced-motion: reduce)").matches) return;
      const axis = playableAxis(state);
      if (axis !== undefined) actions.setPlayback({ playing: axis.name });
    },
  },
  setMode("loop", "Play in a loop"),
  setMode("ping-pong", "Play to and fro"),
  setMode("once", "Play once"),
];
