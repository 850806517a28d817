import { isLutName } from "../../layers/luts/lut-name.ts";
import { type ChannelChange, parseHexColor, usableGamma, usableWindow } from "./channels.ts";
import type { ChannelSettings } from "./viewer-state.ts";

const kind = "zarrscope/channel";
/** Longer texts are no settings. */
const maxLength = 10_000;

/** Settings of one channel as JSON for the clipboard; all but its name, its place and whether it is visible. */
export function channelToText({ color, window, inverted, gamma, lut }: ChannelSettings): string {
  return JSON.stringify({ kind, version: 1, color, window, inverted, gamma, lut }, null, 2);
}

/** Settings from the clipboard; a sentence about what is wrong with them. What is not given stays as it is. */
export function channelFromText(
  text: string,
): { readonly change: ChannelChange } | { readonly problem: string } {
  const parsed = parseObject(text);
  if (parsed === undefined || parsed.get("kind") !== kind) {
    return { problem: "The clipboard holds no channel settings." };
  }
  const color = parsed.get("color");
  const gamma = parsed.get("gamma");
  const lut = parsed.get("lut");
  const inverted = parsed.get("inverted");
  const usable = {
    color: typeof color === "string" ? parseHexColor(color) : undefined,
    gamma: typeof gamma === "number" ? usableGamma(gamma) : undefined,
    lut: lut === null || (typeof lut === "string" && isLutName(lut)) ? lut : undefined,
    inverted: typeof inverted === "boolean" ? inverted : undefined,
    window: windowOf(parsed.get("window")),
  };
  for (const [name, value] of Object.entries(usable)) {
    if (value === undefined && parsed.get(name) !== undefined) {
      return { problem: `The clipboard's channel settings have an unusable ${name}.` };
    }
  }
  return {
    change: {
      ...(usable.color === undefined ? {} : { color: usable.color }),
      ...(usable.gamma === undefined ? {} : { gamma: usable.gamma }),
      ...(usable.lut === undefined ? {} : { lut: usable.lut }),
      ...(usable.inverted === undefined ? {} : { inverted: usable.inverted }),
      ...(usable.window === undefined ? {} : { window: usable.window }),
    },
  };
}

/** Members of a JSON object; a map, so that no key can reach a prototype. */
function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  if (text.length > maxLength) return undefined;
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function windowOf(value: unknown) {
  const members = membersOf(value);
  const [start, end, min, max] = ["start", "end", "min", "max"].map((key) => members?.get(key));
  if (typeof start !== "number" || typeof end !== "number") return undefined;
  return usableWindow({
    start,
    end,
    min: typeof min === "number" ? min : start,
    max: typeof max === "number" ? max : end,
  });
}
