import { withSolo } from "../state/channels.ts";
import { selectedIndex, sliderAxes } from "../state/selection.ts";
import { panBy } from "../state/view.ts";
import type { ChannelSettings, ViewerActions, ViewerState } from "../state/viewer-state.ts";
import type { Command } from "./shortcuts.ts";

const panShare = 0.1;

/** Shows one channel alone, or all again if it was. */
export function soloChannel(
  channels: readonly ChannelSettings[],
  index: number,
  actions: Pick<ViewerActions, "setChannel">,
): void {
  for (const [position, { visible }] of withSolo(channels, index).entries()) {
    const before = channels[position];
    if (before !== undefined && before.visible !== visible)
      actions.setChannel(before.index, { visible });
  }
}

function step(state: ViewerState, actions: ViewerActions, role: "z" | "t", by: number): void {
  if (state.source.status !== "open") return;
  const axis = sliderAxes(state.source.image).find((candidate) => candidate.role === role);
  if (axis === undefined) return;
  const index = selectedIndex(state.selection, axis) + by;
  actions.setSelection(axis.name, Math.max(0, Math.min(axis.size - 1, index)));
}

/** Carries out what a key asked for. Does nothing while no image is open. */
export function runCommand(
  command: Command,
  state: ViewerState,
  actions: ViewerActions,
  togglePanel: () => void,
): void {
  if (state.source.status !== "open") return;
  switch (command.kind) {
    case "zoom":
      actions.zoomBy(command.delta);
      return;
    case "fit":
      actions.fit();
      return;
    case "pan": {
      const { view, stage } = state;
      if (view === undefined || stage === undefined) return;
      const { dx, dy } = command;
      actions.setView(panBy(view, dx * panShare * stage.widthPx, dy * panShare * stage.heightPx));
      return;
    }
    case "step":
      step(state, actions, command.role, command.by);
      return;
    case "toggle-channel": {
      const channel = state.channels[command.position];
      if (channel !== undefined) actions.setChannel(channel.index, { visible: !channel.visible });
      return;
    }
    case "solo-channel": {
      const channel = state.channels[command.position];
      if (channel !== undefined) soloChannel(state.channels, channel.index, actions);
      return;
    }
    case "auto-contrast":
      for (const { index, visible } of state.channels) if (visible) actions.autoContrast(index);
      return;
    case "toggle-panel":
      togglePanel();
      return;
  }
}
