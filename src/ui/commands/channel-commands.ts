import { withSolo } from "../state/channels.ts";
import type { ChannelSettings, ViewerActions } from "../state/viewer-state.ts";
import type { Command } from "./command.ts";

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

function toggle(digit: number): Command {
  return {
    id: `channel-${digit}`,
    title: `Show or hide channel ${digit}`,
    group: "Channels",
    keys: [`Digit${digit}`],
    family: { keys: "1…9", title: "Show or hide a channel" },
    run: ({ state, actions }) => {
      const channel = state.channels[digit - 1];
      if (channel !== undefined) actions.setChannel(channel.index, { visible: !channel.visible });
    },
  };
}

function solo(digit: number): Command {
  return {
    id: `solo-${digit}`,
    title: `Show channel ${digit} alone`,
    group: "Channels",
    keys: [`Shift+Digit${digit}`],
    family: { keys: "Shift+1…9", title: "Show one channel alone, or all again" },
    run: ({ state, actions }) => {
      const channel = state.channels[digit - 1];
      if (channel !== undefined) soloChannel(state.channels, channel.index, actions);
    },
  };
}

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Visibility and contrast. */
export const channelCommands: readonly Command[] = [
  ...digits.map(toggle),
  ...digits.map(solo),
  {
    id: "auto-contrast",
    title: "Contrast of the visible channels from what is on screen",
    group: "Channels",
    keys: ["c"],
    run: ({ state, actions }) => {
      for (const { index, visible } of state.channels) if (visible) actions.autoContrast(index);
    },
  },
  {
    id: "auto-contrast-plane",
    title: "Contrast of the visible channels from the whole plane",
    group: "Channels",
    keys: ["Shift+c"],
    run: ({ state, actions }) => {
      for (const { index, visible } of state.channels) {
        if (visible) actions.autoContrast(index, "plane");
      }
    },
  },
  {
    id: "greyscale",
    title: "Show the first visible channel alone in grey, or all in colour",
    group: "Channels",
    keys: [],
    run: ({ state, actions }) => actions.setGreyscale(!state.greyscale),
  },
];
