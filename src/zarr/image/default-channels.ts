import type { DataType } from "../array/data-type.ts";
import type { Omero, OmeroChannel, OmeroWindow } from "../ome/omero.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { ChannelModel, ChannelWindow } from "./image-model.ts";

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
 */
export function channelModels(
  omero: Omero | undefined,
  dataType: DataType,
  count: number,
  log: ProblemLog,
): readonly ChannelModel[] {
  const stated = omero?.channels ?? [];
  if (stated.length > 0 && stated.length !== count) {
    log.warn("N4-36", "/omero/channels", `${count} channels, as the array has`, stated.length);
  }
  const rgb = stated.length === 0 && count === 3 && dataType === "uint8";
  const visible = visibility(stated, count, omero?.greyscale === true);
  return Array.from({ length: count }, (_, index): ChannelModel => {
    const channel = stated[index];
    const fromStated = channel?.window && windowWithin(channel.window, dataType, index, log);
    return {
      index,
      label:
        channel?.label ??
        (rgb ? ["Red", "Green", "Blue"][index] : undefined) ??
        `Channel ${index + 1}`,
      color: omero?.greyscale ? "FFFFFF" : (channel?.color ?? defaultColor(index, count, rgb)),
      visible: visible.has(index),
      inverted: channel?.inverted ?? false,
      window: fromStated ?? (rgb ? { start: 0, end: 255, min: 0, max: 255 } : undefined),
    };
  });
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
