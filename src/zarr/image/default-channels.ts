import type { DataType } from "../array/data-type.ts";
import type { Omero, OmeroChannel, OmeroWindow } from "../ome/omero.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { ChannelModel, ChannelWindow } from "./image-model.ts";
import { omeroLut } from "./omero-luts.ts";

/** Green and magenta can be told apart with any colour vision. */
const pair = ["00FF00", "FF00FF"];
const primaries = ["FF0000", "00FF00", "0000FF"];
/** Three and more: cyan, magenta, yellow first, then what is left of the strong colours. */
const many = ["00FFFF", "FF00FF", "FFFF00", "FF0000", "00FF00", "0000FF", "FF8000", "FFFFFF"];

/** Channels that are on without being asked for (N4-42). */
const maxVisibleByDefault = 4;
/** Channels that are on if the metadata wants all of them. */
const maxVisibleStated = 16;

const integerRange: Partial<Record<DataType, readonly [number, number]>> = {
  bool: [0, 1],
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
};

/**
 * One channel per index of the channel axis, one if there is none (`count` 1): from `omero` where it says something usable, else
 * from defaults (N4-30 to N4-42). `count` is bounded by the caller.
 * @param isInterleaved the channel axis comes last, as in photographs
 */
export function channelModels(
  omero: Omero | undefined,
  dataType: DataType,
  count: number,
  log: ProblemLog,
  isInterleaved = false,
): readonly ChannelModel[] {
  const stated = omero?.channels ?? [];
  if (stated.length > 0 && stated.length !== count) {
    log.warn("N4-36", "/omero/channels", `${count} channels, as the array has`, stated.length);
  }
  const rgb = stated.length === 0 && isRgb(dataType, count, isInterleaved);
  const visible = visibility(stated, rgb ? 3 : count, omero?.greyscale === true);
  return Array.from({ length: count }, (_, index): ChannelModel => {
    const channel = stated[index];
    const fromStated = channel?.window && windowWithin(channel.window, dataType, index, log);
    return {
      index,
      label:
        channel?.label ??
        (rgb ? ["Red", "Green", "Blue", "Alpha"][index] : undefined) ??
        `Channel ${index + 1}`,
      color: omero?.greyscale ? "FFFFFF" : (channel?.color ?? defaultColor(index, count, rgb)),
      visible: visible.has(index),
      inverted: channel?.inverted ?? false,
      window: fromStated ?? (rgb ? { start: 0, end: 255, min: 0, max: 255 } : undefined),
      ...curveAndTable(channel, index, log),
    };
  });
}

/**
 * Nothing says that an image is a photograph (N4-40): three channels of bytes are taken for one, and four if they are interleaved; then
 * the last is alpha, which is off.
 */
function isRgb(dataType: DataType, count: number, isInterleaved: boolean): boolean {
  return dataType === "uint8" && (count === 3 || (count === 4 && isInterleaved));
}

/** A power other than 1, and a lookup table if it is one that we have (N4-31); else the channel's colour is used. */
function curveAndTable(channel: OmeroChannel | undefined, index: number, log: ProblemLog) {
  if (!channel) return {};
  const lut = channel.lut === undefined ? undefined : omeroLut(channel.lut);
  if (channel.lut !== undefined && lut === undefined) {
    const expected = "a lookup table that is known here; the colour is shown instead";
    log.info("N4-31", `/omero/channels/${index}/lut`, expected, channel.lut);
  }
  return { ...(channel.gamma === 1 ? {} : { gamma: channel.gamma }), ...(lut ? { lut } : {}) };
}

function defaultColor(index: number, count: number, rgb: boolean): string {
  if (count === 1) return "FFFFFF";
  const palette = rgb ? primaries : count === 2 ? pair : many;
  return palette[index % palette.length] ?? "FFFFFF";
}

/** Missing `active` means true, for the first few; if all are off, the first is shown (N4-37). Greyscale shows one (N4-38). */
function visibility(
  stated: readonly OmeroChannel[],
  count: number,
  greyscale: boolean,
): ReadonlySet<number> {
  const visible = new Set<number>();
  const limit = greyscale ? 1 : maxVisibleStated;
  for (let index = 0; index < count && visible.size < limit; index++) {
    const active = stated[index]?.active;
    if (active === true || (active === undefined && visible.size < maxVisibleByDefault)) {
      visible.add(index);
    }
  }
  if (visible.size === 0) visible.add(0);
  return visible;
}

/** Limits outside what the data type can hold give way to auto-contrast (N4-35). */
function windowWithin(
  window: OmeroWindow,
  dataType: DataType,
  index: number,
  log: ProblemLog,
): ChannelWindow | undefined {
  const range = integerRange[dataType];
  if (!range) return window;
  const [low, high] = range;
  if (window.start >= low - 1 && window.end <= high + 1) return window;
  log.warn(
    "N4-35",
    `/omero/channels/${index}/window`,
    `limits within ${dataType}, ${low} to ${high}`,
    [window.start, window.end],
  );
  return undefined;
}
