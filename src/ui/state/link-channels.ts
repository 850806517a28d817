import { isLutName, type LutName } from "../../layers/luts/lut-name.ts";
import { gammaRange, parseHexColor } from "./channels.ts";
import { formatNumber, parseNumber, parseRange } from "./link-number.ts";

/** What a link says about one channel; what it does not say stays as the image's metadata has it. */
export type LinkedChannel = {
  readonly index: number;
  readonly visible: boolean;
  /** Six upper-case hex digits. */
  readonly color: string | undefined;
  readonly window: { readonly start: number; readonly end: number } | undefined;
  readonly inverted: boolean | undefined;
  readonly gamma: number | undefined;
  /** null: none, although the reader's defaults had one. */
  readonly lut: LutName | null | undefined;
};

/** More entries than any image has channels that a person could tell apart. */
const maxChannels = 4096;

function parseChannel(text: string): LinkedChannel | undefined {
  const [head = "", color = "", window = "", ...flags] = text.split(":");
  const match = /^(-?)(\d{1,9})$/.exec(head);
  if (match === null) return undefined;
  return {
    index: Number(match[2]),
    visible: match[1] === "",
    color: parseHexColor(color),
    window: parseRange(window),
    inverted: flags.includes("i") ? true : flags.includes("n") ? false : undefined,
    gamma: flags.map(parseGamma).find((gamma) => gamma !== undefined),
    lut: flags.map(parseLut).find((lut) => lut !== undefined),
  };
}

/** "g0.5"; undefined for anything else. */
function parseGamma(flag: string): number | undefined {
  const gamma = flag.startsWith("g") ? parseNumber(flag.slice(1)) : undefined;
  return gamma !== undefined && gamma >= gammaRange.min && gamma <= gammaRange.max
    ? gamma
    : undefined;
}

/** "lviridis"; "l" alone is none. */
function parseLut(flag: string): LutName | null | undefined {
  if (flag === "l") return null;
  const name = flag.startsWith("l") ? flag.slice(1) : "";
  return isLutName(name) ? name : undefined;
}

/** True if every part that was written was also understood. */
function understood(text: string, channel: LinkedChannel): boolean {
  const [, color = "", window = "", ...flags] = text.split(":");
  return (
    (color === "" || channel.color !== undefined) &&
    (window === "" || channel.window !== undefined) &&
    (channel.gamma !== undefined || !flags.some((flag) => flag.startsWith("g"))) &&
    (channel.lut !== undefined || !flags.some((flag) => flag.startsWith("l")))
  );
}

/**
 * Reads `[-]index[:RRGGBB[:start-end[:flags]]]`, joined by `;`. A leading dash hides the channel. Flags are joined by `:`: `i` inverts it, `n`
 * does not, `g0.5` is its gamma, `lviridis` its lookup table, `l` none; other flags are left to newer versions. Of two entries for one channel the last one counts.
 */
export function parseChannels(text: string): {
  readonly channels: readonly LinkedChannel[];
  readonly malformed: readonly string[];
} {
  const byIndex = new Map<number, LinkedChannel>();
  const malformed: string[] = [];
  const entries = text.split(";", maxChannels + 1);
  for (const entry of entries.slice(0, maxChannels)) {
    if (entry === "") continue;
    const channel = parseChannel(entry);
    if (channel === undefined || !understood(entry, channel)) malformed.push(entry);
    if (channel !== undefined) byIndex.set(channel.index, channel);
  }
  if (entries.length > maxChannels) malformed.push(entries[maxChannels] ?? "");
  return { channels: [...byIndex.values()], malformed };
}

function formatChannel(channel: LinkedChannel): string {
  const { index, visible, color, window, inverted, gamma, lut } = channel;
  const range = window && `${formatNumber(window.start)}-${formatNumber(window.end)}`;
  const flag = inverted === undefined ? "" : inverted ? "i" : "n";
  const flags = [
    flag,
    gamma === undefined ? "" : `g${formatNumber(gamma)}`,
    lut === undefined ? "" : `l${lut ?? ""}`,
  ].filter((text) => text !== "");
  const parts = [`${visible ? "" : "-"}${index}`, color ?? "", range ?? "", ...flags];
  return parts.join(":").replace(/:+$/, "");
}

export function formatChannels(channels: readonly LinkedChannel[]): string {
  return channels.map(formatChannel).join(";");
}

/** Display limits that the linked well has for itself, by channel index. */
export type LinkedOwnLimits = ReadonlyMap<number, { readonly start: number; readonly end: number }>;

/** Reads `index:start-end`, joined by `;`; undefined if any part is not readable. */
export function parseOwnLimits(text: string): LinkedOwnLimits | undefined {
  const limits = new Map<number, { readonly start: number; readonly end: number }>();
  for (const entry of text.split(";", maxChannels)) {
    const [, index, range] = /^(\d{1,9}):(.+)$/.exec(entry) ?? [];
    const window = range === undefined ? undefined : parseRange(range);
    if (index === undefined || window === undefined || !(window.start < window.end))
      return undefined;
    limits.set(Number(index), window);
  }
  return limits;
}

export function formatOwnLimits(limits: LinkedOwnLimits): string {
  return [...limits]
    .map(([index, { start, end }]) => `${index}:${formatNumber(start)}-${formatNumber(end)}`)
    .join(";");
}
