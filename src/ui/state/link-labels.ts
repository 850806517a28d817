import { defaultOpacity, type LabelSettings, type LabelStyle, usableOpacity } from "./labels.ts";
import { formatNumber, parseNumber } from "./link-number.ts";
import type { PinnedLabel, ViewerState } from "./viewer-state.ts";

/** What a link says about label images that are shown; the others are hidden. */
export type LinkedLabel = {
  readonly name: string;
  /** undefined: that of the style. */
  readonly opacity: number | undefined;
  readonly style: LabelStyle;
  /** Decimal id of the object of it that stands out. */
  readonly object: string | undefined;
};

/** Ids have up to 64 bits, and a sign where the type has one. */
const objectId = /^(0|-?[1-9]\d{0,19})$/;

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

/** "nuclei", "nuclei@0.5", "nuclei@0.5,outline", "nuclei,4711"; undefined for anything else. */
function parseLabel(text: string): LinkedLabel | undefined {
  const [head = "", ...flags] = text.split(",");
  const [escaped = "", opacityText, ...rest] = head.split("@");
  const name = unescapeName(escaped);
  const opacity =
    opacityText === undefined ? undefined : usableOpacity(parseNumber(opacityText) ?? Number.NaN);
  if (name === undefined || name === "" || rest.length > 0) return undefined;
  if (opacityText !== undefined && opacity === undefined) return undefined;
  const stated = flags.filter((flag) => flag === "fill" || flag === "outline");
  const objects = flags.filter((flag) => objectId.test(flag));
  if (stated.length > 1 || objects.length > 1) return undefined;
  if (stated.length + objects.length < flags.length) return undefined;
  return { name, opacity, style: stated[0] ?? "fill", object: objects[0] };
}

/** Reads "nuclei@0.5,outline,4711;cells". Of two entries for a name the last counts; what cannot be read is listed. */
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
    .map(({ name, opacity, style, object }) => {
      const at = opacity === undefined ? "" : `@${formatNumber(opacity)}`;
      const flags = [
        ...(style === "fill" ? [] : [style]),
        ...(object === undefined ? [] : [object]),
      ];
      return [`${escapeName(name)}${at}`, ...flags].join(",");
    })
    .join(";");
}

/** What a link says of the label images that are shown. */
export function labelsForLink({
  labels,
  pinnedLabel,
}: Pick<ViewerState, "labels" | "pinnedLabel">): readonly LinkedLabel[] {
  return labels
    .filter(({ visible }) => visible)
    .map(({ name, opacity, style }) => ({
      name,
      opacity: opacity === defaultOpacity[style] ? undefined : opacity,
      style,
      object: pinnedLabel?.name === name ? pinnedLabel.id : undefined,
    }));
}

/** The object that a link makes stand out; of several the topmost one. */
export function linkedObject(labels: readonly LinkedLabel[]): PinnedLabel | undefined {
  const top = labels.findLast(({ object }) => object !== undefined);
  return top?.object === undefined ? undefined : { name: top.name, id: top.object, place: "known" };
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
