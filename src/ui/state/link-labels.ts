import { defaultOpacity, type LabelSettings, type LabelStyle, usableOpacity } from "./labels.ts";
import { formatNumber, parseNumber } from "./link-number.ts";

/** What a link says about label images that are shown; the others are hidden. */
export type LinkedLabel = {
  readonly name: string;
  /** undefined: that of the style. */
  readonly opacity: number | undefined;
  readonly style: LabelStyle;
};

/** More label images at once than anybody looks at. */
const maxLabels = 64;

/** Characters that part entries; names that hold them are percent-encoded once more. */
function escapeName(name: string): string {
  return name.replace(/[%;,@]/g, encodeURIComponent);
}

function unescapeName(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** "nuclei", "nuclei@0.5", "nuclei@0.5,outline"; undefined for anything else. */
function parseLabel(text: string): LinkedLabel | undefined {
  const [head = "", ...flags] = text.split(",");
  const [escaped = "", opacityText, ...rest] = head.split("@");
  const name = unescapeName(escaped);
  const opacity =
    opacityText === undefined ? undefined : usableOpacity(parseNumber(opacityText) ?? Number.NaN);
  const style = flags.length === 0 ? "fill" : flags[0];
  if (name === undefined || name === "" || rest.length > 0 || flags.length > 1) return undefined;
  if (opacityText !== undefined && opacity === undefined) return undefined;
  return style === "fill" || style === "outline" ? { name, opacity, style } : undefined;
}

/** Reads "nuclei@0.5,outline;cells". Of two entries for a name the last counts; what cannot be read is listed. */
export function parseLabels(text: string): {
  readonly labels: readonly LinkedLabel[];
  readonly malformed: readonly string[];
} {
  const byName = new Map<string, LinkedLabel>();
  const malformed: string[] = [];
  const entries = text.split(";").filter((entry) => entry !== "");
  for (const entry of entries.slice(0, maxLabels)) {
    const label = parseLabel(entry);
    if (label) byName.set(label.name, label);
    else malformed.push(entry);
  }
  malformed.push(...entries.slice(maxLabels, maxLabels + 1));
  return { labels: [...byName.values()], malformed };
}

export function formatLabels(labels: readonly LinkedLabel[]): string {
  return labels
    .map(({ name, opacity, style }) => {
      const at = opacity === undefined ? "" : `@${formatNumber(opacity)}`;
      return `${escapeName(name)}${at}${style === "fill" ? "" : `,${style}`}`;
    })
    .join(";");
}

/** What a link says of the label images that are shown. */
export function labelsForLink(labels: readonly LabelSettings[]): readonly LinkedLabel[] {
  return labels
    .filter(({ visible }) => visible)
    .map(({ name, opacity, style }) => ({
      name,
      opacity: opacity === defaultOpacity[style] ? undefined : opacity,
      style,
    }));
}

/** Settings of the label images that a link shows. */
export function linkedLabels(labels: readonly LinkedLabel[]): readonly LabelSettings[] {
  return labels.map(({ name, opacity, style }) => ({
    name,
    visible: true,
    style,
    opacity: opacity ?? defaultOpacity[style],
  }));
}
