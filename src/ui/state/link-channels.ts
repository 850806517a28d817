import { parseHexColor } from "./channels.ts";
import { formatNumber, parseRange } from "./link-number.ts";

/** What a link says about one channel; what it does not say stays as the image's metadata has it. */
export type LinkedChannel = {
  readonly index: number;
  readonly visible: boolean;
  /** Six upper-case hex digits. */
  readonly color: string | undefined;
  readonly window: { readonly start: number; readonly end: number } | undefined;
  readonly inverted: boolean | undefined;
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
  };
}

/** True if every part that was written was also understood. */
function understood(text: string, channel: LinkedChannel): boolean {
  const [, color = "", window = ""] = text.split(":");
  return (
    (color === "" || channel.color !== undefined) && (window === "" || channel.window !== undefined)
  );
}

/**
 * Reads `[-]index[:RRGGBB[:start-end[:i|n]]]`, joined by `;`. A leading dash hides the channel; `i` inverts it, `n` does not.
 * Of two entries for one channel the last one counts.
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

function formatChannel({ index, visible, color, window, inverted }: LinkedChannel): string {
  const range = window && `${formatNumber(window.start)}-${formatNumber(window.end)}`;
  const flag = inverted === undefined ? "" : inverted ? "i" : "n";
  const parts = [`${visible ? "" : "-"}${index}`, color ?? "", range ?? "", flag];
  return parts.join(":").replace(/:+$/, "");
}

export function formatChannels(channels: readonly LinkedChannel[]): string {
  return channels.map(formatChannel).join(";");
}
