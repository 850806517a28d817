import type { JsonObject, JsonValue } from "../json.ts";
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
  /** Exponent of the intensity: the coefficient of the family "polynomial"; 1 for all else. */
  readonly gamma: number;
  /** File name of a lookup table, as OMERO has it: "fire.lut". */
  readonly lut: string | undefined;
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

/**
 * Reads `omero`. `undefined` if there is no usable block (N4-36: `{}` and `null` are seen).
 * @param isComplete every channel must state colour and window, as before 0.5 (N4-30)
 */
export function parseOmero(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
  isComplete = false,
): Omero | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) {
    log.warn("N4-30", pointer, "an object", value);
    return undefined;
  }
  const { channels } = value;
  if (!Array.isArray(channels)) log.warn("N4-30", `${pointer}/channels`, "a list", channels);
  return {
    channels: (Array.isArray(channels) ? channels : [])
      .slice(0, maxChannels)
      .map((channel, index) => {
        const here = `${pointer}/channels/${index}`;
        return parseChannel(channel, here, log, isComplete);
      }),
    ...parseDefinitions(value.rdefs, `${pointer}/rdefs`, log),
  };
}

/** `rdefs`: the plane to start with, and the colour model (N4-32, N4-38, N4-39). */
function parseDefinitions(value: JsonValue | undefined, pointer: string, log: ProblemLog) {
  const definitions = isJsonObject(value) ? value : {};
  const { model, defaultZ, defaultT } = definitions;
  for (const [key, index] of Object.entries({ defaultZ, defaultT })) {
    if (index === undefined || index === null || finite(index) !== undefined) continue;
    log.warn("N4-39", `${pointer}/${key}`, "a number", index);
  }
  const isGreyscale = model === "greyscale" || model === "grayscale";
  if (model !== undefined && model !== null && model !== "color" && !isGreyscale) {
    log.warn("N4-32", `${pointer}/model`, '"color" or "greyscale"', model);
  }
  return { defaultZ: finite(defaultZ), defaultT: finite(defaultT), greyscale: isGreyscale };
}

const noSettings: OmeroChannel = {
  label: undefined,
  color: undefined,
  active: undefined,
  inverted: false,
  window: undefined,
  gamma: 1,
  lut: undefined,
};

function parseChannel(
  value: JsonValue,
  pointer: string,
  log: ProblemLog,
  isComplete: boolean,
): OmeroChannel {
  if (!isJsonObject(value)) {
    log.warn("N4-30", pointer, "an object", value);
    return noSettings;
  }
  if (isComplete) {
    for (const key of ["color", "window"]) {
      if (value[key] === undefined) log.warn("N4-30", `${pointer}/${key}`, `a ${key}`, undefined);
    }
  }
  if (value.color !== undefined && !isHexColor(value.color)) {
    log.warn("N4-34", `${pointer}/color`, "six hex digits", value.color);
  }
  return {
    label: labelText(value.label, `${pointer}/label`, log),
    color: parseColor(value.color),
    active: statedBoolean(value.active, `${pointer}/active`, log),
    inverted: statedBoolean(value.inverted, `${pointer}/inverted`, log) ?? false,
    window: parseWindow(value.window, `${pointer}/window`, log),
    gamma: gammaOf(value, pointer, log),
    lut: lutName(value.lut, `${pointer}/lut`, log),
  };
}

/** true and false; 1 and 0 are read as such, with a warning (N4-31). */
function statedBoolean(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): boolean | undefined {
  if (value === undefined || value === null || typeof value === "boolean")
    return value ?? undefined;
  log.warn("N4-31", pointer, "true or false", value);
  return value === 1 ? true : value === 0 ? false : undefined;
}

/** OMERO's families of curves: polynomial is a power; exponential and logarithmic ones are shown as straight (N4-31). */
function gammaOf({ family, coefficient }: JsonObject, pointer: string, log: ProblemLog): number {
  if (family === undefined || family === null || family === "linear") return 1;
  if (family === "polynomial") {
    const power = finite(coefficient);
    if (power !== undefined && power > 0) return power;
    log.warn("N4-31", `${pointer}/coefficient`, "a number above 0", coefficient);
    return 1;
  }
  const isKnown = family === "exponential" || family === "logarithmic";
  const expected = isKnown ? "linear or polynomial; it is shown as linear" : "a known family";
  log.warn("N4-31", `${pointer}/family`, expected, family);
  return 1;
}

function lutName(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return shortText(value, 100);
  log.warn("N4-31", pointer, "the name of a lookup table", value);
  return undefined;
}

function isHexColor(color: JsonValue): boolean {
  return typeof color === "string" && /^[0-9a-f]{6}$/i.test(color);
}

function labelText(
  label: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): string | undefined {
  if (label === undefined || label === null) return undefined;
  if (typeof label !== "string") log.warn("N4-31", pointer, "a string", label);
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
