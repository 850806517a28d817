import { isLutName } from "../../layers/luts/lut-name.ts";
import type { ChannelModel, ChannelWindow, ImageModel } from "../../zarr/image/image-model.ts";
import type { ChannelSettings } from "./viewer-state.ts";

export type ChannelChange = Partial<Omit<ChannelSettings, "index">>;

const hexColor = /^[0-9A-Fa-f]{6}$/;

/** Six hex digits in upper case, from "ff0000", "#FF0000" or "#F00"; undefined for anything else. */
export function parseHexColor(text: string): string | undefined {
  const digits = text.trim().replace(/^#/, "");
  if (hexColor.test(digits)) return digits.toUpperCase();
  if (!/^[0-9A-Fa-f]{3}$/.test(digits)) return undefined;
  return digits.replace(/./g, (digit) => digit + digit).toUpperCase();
}

/**
 * Display limits that can be drawn: finite, start below end, inside slider limits that are widened where needed. undefined if
 * a number is not finite or start is not below end.
 */
export function usableWindow(window: ChannelWindow): ChannelWindow | undefined {
  const { start, end } = window;
  if (!Number.isFinite(start) || !Number.isFinite(end) || !(start < end)) return undefined;
  const min = Number.isFinite(window.min) ? Math.min(window.min, start) : start;
  const max = Number.isFinite(window.max) ? Math.max(window.max, end) : end;
  return { start, end, min, max };
}

export const gammaRange = { min: 0.1, max: 5 } as const;

/** A gamma that can be drawn, to 3 digits after the point; undefined for what is no number. */
export function usableGamma(gamma: number): number | undefined {
  if (!Number.isFinite(gamma)) return undefined;
  const { min, max } = gammaRange;
  return Math.round(Math.max(min, Math.min(max, gamma)) * 1000) / 1000;
}

function settingsOf(channel: ChannelModel): ChannelSettings {
  return {
    index: channel.index,
    label: channel.label,
    visible: channel.visible,
    color: parseHexColor(channel.color) ?? "FFFFFF",
    window: channel.window && usableWindow(channel.window),
    inverted: channel.inverted,
    gamma: usableGamma(channel.gamma ?? 1) ?? 1,
    lut: channel.lut ?? null,
  };
}

/** Settings as the image's metadata asks for them. */
export function defaultChannels(image: ImageModel): readonly ChannelSettings[] {
  return image.channels.map(settingsOf);
}

function changed(channel: ChannelSettings, change: ChannelChange): ChannelSettings {
  const next = { ...channel };
  if (change.label !== undefined) next.label = change.label;
  if (change.visible !== undefined) next.visible = change.visible;
  if (change.inverted !== undefined) next.inverted = change.inverted;
  if (change.color !== undefined) next.color = parseHexColor(change.color) ?? channel.color;
  if (change.window !== undefined) next.window = usableWindow(change.window) ?? channel.window;
  if (change.gamma !== undefined) next.gamma = usableGamma(change.gamma) ?? channel.gamma;
  if (change.lut === null || (change.lut !== undefined && isLutName(change.lut))) {
    next.lut = change.lut;
  }
  return next;
}

/** Changes one channel. What cannot be drawn (a colour that is none, an empty window) is left as it was. */
export function withChannel(
  channels: readonly ChannelSettings[],
  index: number,
  change: ChannelChange,
): readonly ChannelSettings[] {
  return channels.map((channel) => (channel.index === index ? changed(channel, change) : channel));
}

/** Shows one channel alone; if it is alone already, shows all of them again. */
export function withSolo(
  channels: readonly ChannelSettings[],
  index: number,
): readonly ChannelSettings[] {
  const alone = channels.every((channel) => channel.visible === (channel.index === index));
  return channels.map((channel) => ({ ...channel, visible: alone || channel.index === index }));
}
