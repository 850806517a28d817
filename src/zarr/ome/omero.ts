import type { JsonValue } from "../json.ts";
import { parseColor } from "./color.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";

/** Rendering settings of one channel; what is not stated or not usable is `undefined`. */
export type OmeroChannel = {
  readonly label: string | undefined;
  /** Six upper-case hex digits. */
  readonly color: string | undefined;
  readonly active: boolean | undefined;
  readonly inverted: boolean;
  readonly window: OmeroWindow | undefined;
};

/** Display limits `start < end` inside slider limits `min < max`; all finite. Not yet compared with the data type. */
export type OmeroWindow = {
  readonly start: number;
  readonly end: number;
  readonly min: number;
  readonly max: number;
};

/** The `omero` block (0.4 and 0.5; "transitional", so nothing in it can make an image unreadable). */
export type Omero = {
  readonly channels: readonly OmeroChannel[];
  readonly defaultZ: number | undefined;
  readonly defaultT: number | undefined;
  readonly greyscale: boolean;
};

const maxChannels = 10_000;

/** Reads `omero`. `undefined` if there is no usable block (N4-36: `{}` and `null` are seen). */
export function parseOmero(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): Omero | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) {
    log.warn("N4-30", pointer, "an object", value);
    return undefined;
  }
  const { channels, rdefs } = value;
  if (!Array.isArray(channels)) log.warn("N4-30", `${pointer}/channels`, "a list", channels);
  const definitions = isJsonObject(rdefs) ? rdefs : {};
  return {
    channels: (Array.isArray(channels) ? channels : [])
      .slice(0, maxChannels)
      .map((channel, index) => parseChannel(channel, `${pointer}/channels/${index}`, log)),
    defaultZ: finite(definitions.defaultZ),
    defaultT: finite(definitions.defaultT),
    greyscale: definitions.model === "greyscale" || definitions.model === "grayscale",
  };
}

function parseChannel(value: JsonValue, pointer: string, log: ProblemLog): OmeroChannel {
  if (!isJsonObject(value)) {
    log.warn("N4-30", pointer, "an object", value);
    return {
      label: undefined,
      color: undefined,
      active: undefined,
      inverted: false,
      window: undefined,
    };
  }
  const { label, active, inverted } = value;
  const color = parseColor(value.color);
  // Missing is legal since 0.5.
  if (value.color !== undefined && !isHexColor(value.color)) {
    log.warn("N4-34", `${pointer}/color`, "six hex digits", value.color);
  }
  return {
    label: labelText(label),
    color,
    active: typeof active === "boolean" ? active : undefined,
    inverted: inverted === true,
    window: parseWindow(value.window, `${pointer}/window`, log),
  };
}

function isHexColor(color: JsonValue): boolean {
  return typeof color === "string" && /^[0-9a-f]{6}$/i.test(color);
}

function labelText(label: JsonValue | undefined): string | undefined {
  if (typeof label === "number") return String(label);
  return typeof label === "string" && label.trim() !== ""
    ? shortText(label.trim(), 200)
    : undefined;
}

/** Limits that cannot be used give way to auto-contrast (N4-35). `min` and `max` may be absent (N9-05). */
function parseWindow(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): OmeroWindow | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) {
    log.warn("N4-35", pointer, "an object with start and end", value);
    return undefined;
  }
  const start = finite(value.start);
  const end = finite(value.end);
  if (start === undefined || end === undefined || !(start < end)) {
    const received = [value.start ?? null, value.end ?? null];
    log.warn("N4-35", pointer, "numbers start < end", received);
    return undefined;
  }
  const min = value.min === undefined ? start : finite(value.min);
  const max = value.max === undefined ? end : finite(value.max);
  if (min === undefined || max === undefined || !(min < max)) {
    log.warn("N4-35", pointer, "numbers min < max", [value.min ?? null, value.max ?? null]);
    return undefined;
  }
  return { start, end, min: Math.min(min, start), max: Math.max(max, end) };
}

function finite(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
