import type { ViewState } from "../../layers/scene.ts";
import type { DisplayAxes } from "../../zarr/image/display-axes.ts";
import { type ForeignView, parseAliases } from "./link-aliases.ts";
import { formatAxes, parseLinkedAxes } from "./link-axes.ts";
import {
  formatChannels,
  formatOwnLimits,
  type LinkedChannel,
  type LinkedOwnLimits,
  parseChannels,
  parseOwnLimits,
} from "./link-channels.ts";
import { decode, encode, pairsOf, quoted } from "./link-encoding.ts";
import { formatLabels, type LinkedLabel, parseLabels } from "./link-labels.ts";
import { formatLook, type LinkedLook, parseBackground, parseTheme } from "./link-look.ts";
import { formatNumber, parseNumber } from "./link-number.ts";
import { formatPlatePart, parsePlatePart } from "./link-plate.ts";
import { formatSources, positionIn, sourcesIn } from "./link-sources.ts";
import { isSecretKey } from "./source-access.ts";

/**
 * What an address carries. Identity stands in the query, the view in the fragment, which never reaches a server's log:
 * `?source=https://host/image.zarr#v=1&view=135.2,16.9,2.5&z=118&ch=0:FF0000:120-3500;-2&labels=nuclei@0.3,outline&model=greyscale&theme=light`, for the
 * third of several images `?source=https://host/slide.zarr&series=2`, for a plate
 * `?source=https://host/plate.zarr&well=B/03&field=1&acquisition=0`. Indices are 0-based.
 * Everything is optional: what is not there is as the image's metadata has it.
 */
export type Link = LinkedLook & {
  readonly source: string | undefined;
  /** Sources to switch between, `source` among them: `source=` repeated, `at=` says which is shown; empty where there is one only. */
  readonly sources: readonly string[];
  /** Position of the image among those of the source; undefined: the first. */
  readonly series: number | undefined;
  /** A well of a plate, by its path or its name, as it was written. */
  readonly well: string | undefined;
  /** Among the fields of the acquisition. */
  readonly field: number | "all" | undefined;
  /** By its id. */
  readonly acquisition: number | undefined;
  readonly view: ViewState | undefined;
  /** Other display axes than the image's own: `axes=z,x`, down and across. */
  readonly axes: DisplayAxes | undefined;
  /** Index by axis name. */
  readonly indices: ReadonlyMap<string, number>;
  readonly channels: readonly LinkedChannel[];
  /** Display limits of the linked well alone, where it has its own: `own=0:120-3500;1:0-90`. */
  readonly own: LinkedOwnLimits | undefined;
  /** Imaging model: `model=greyscale` or `model=color`. An axis of that name has a number there. */
  readonly greyscale: boolean | undefined;
  /** What is shown of complex numbers ("phase") or records (a field's name): `part=phase`. */
  readonly part: string | undefined;
  /** Name of a coordinate system of the image: `system=world`. */
  readonly system: string | undefined;
  /** Label images that are shown. */
  readonly labels: readonly LinkedLabel[];
  /** From links of other viewers; never written. */
  readonly foreign: ForeignView | undefined;
};

export type ParsedLink = {
  readonly link: Link;
  /** One sentence for each part that was there but could not be used. */
  readonly notices: readonly string[];
};

export const emptyLink: Link = {
  source: undefined,
  sources: [],
  series: undefined,
  well: undefined,
  field: undefined,
  acquisition: undefined,
  view: undefined,
  axes: undefined,
  indices: new Map(),
  channels: [],
  own: undefined,
  greyscale: undefined,
  part: undefined,
  system: undefined,
  labels: [],
  theme: undefined,
  background: undefined,
  foreign: undefined,
};

const version = 1;
const maxFragmentLength = 65_536;

/** Keys of the fragment that are no axis; axes of such a name are written as `axis.<name>`. */
const reservedKeys = new Set([
  "",
  "v",
  "view",
  "axes",
  "ch",
  "own",
  "part",
  "source",
  "labels",
  "ui",
  "embed",
  "theme",
  "well",
  "field",
  "acquisition",
  "series",
  "image",
  "url",
  "system",
]);
const axisPrefix = "axis.";

/** A value of the query. */
function queryValue(query: string, key: string): string | undefined {
  const start = `&${query}`.lastIndexOf(`&${key}=`);
  if (start < 0) return undefined;
  return decode(query.slice(start + key.length + 1).split("&", 1)[0] ?? "");
}

/** The position of an image, of not more digits than any list is long. */
function parseSeries(text: string | undefined, notices: string[]): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  notices.push(`The link's series ${quoted(text)} is no number; the first image is shown.`);
  return undefined;
}

function parseView(text: string): ViewState | undefined {
  const numbers = text.split(",").map(parseNumber);
  const [x, y, zoom] = numbers;
  if (numbers.length !== 3 || x === undefined || y === undefined || zoom === undefined)
    return undefined;
  return { target: [x, y], zoom };
}

/** Notices stand on the page, where a secret that somebody put under a key of its own has no business. */
function quotedPart(key: string, value: string): string {
  return quoted(isSecretKey(key) ? `${key}=…` : `${key}=${value}`);
}

/** Reads an address. Never throws; what is unknown is ignored, what is malformed is ignored with a notice. */
export function parseLink(address: { readonly search: string; readonly hash: string }): ParsedLink {
  const notices: string[] = [];
  const query = address.search.replace(/^\?/, "");
  const fragment = address.hash.replace(/^#/, "");
  const found = sourcesIn(query);
  // A source that is pasted raw may hold any key.
  const rest = found.reduce((text, { raw }) => text.replace(raw, () => ""), query);
  const sources = found.length > 1 ? found.map((each) => each.source) : [];
  let source = found[positionIn(found.length, queryValue(rest, "at"), notices)]?.source;
  const series = parseSeries(queryValue(query, "series"), notices);
  const plate = parsePlatePart((key) => queryValue(query, key), notices);
  const alias = parseAliases((key) => queryValue(rest, key), notices);
  const { foreign } = alias;
  const indices = new Map<string, number>(alias.indices);
  let view: ViewState | undefined;
  let axes: DisplayAxes | undefined;
  let { channels, greyscale } = alias;
  let own: LinkedOwnLimits | undefined;
  let part: string | undefined;
  let system: string | undefined;
  let labels: readonly LinkedLabel[] = [];
  let theme = parseTheme(queryValue(rest, "theme"));
  let background: LinkedLook["background"];
  if (fragment.length > maxFragmentLength) {
    notices.push("The part of the link after “#” is too long and was ignored.");
    return { link: { ...emptyLink, source, sources, series, ...plate, ...alias, theme }, notices };
  }
  for (const [key, value] of pairsOf(fragment)) {
    if (key === "v") {
      const asked = parseNumber(value);
      if (asked === undefined || asked > version) {
        notices.push("The link comes from a newer version; what is not understood is ignored.");
      }
    } else if (key === "view") {
      view = parseView(value);
      if (view === undefined) notices.push(`The link's view ${quoted(value)} is not readable.`);
    } else if (key === "axes") {
      axes = parseLinkedAxes(value);
      if (axes === undefined) notices.push(`The link's axes ${quoted(value)} are not readable.`);
    } else if (key === "ch") {
      const parsed = parseChannels(value);
      channels = parsed.channels;
      const [first] = parsed.malformed;
      if (first !== undefined) notices.push(`The link's channel ${quoted(first)} is not readable.`);
    } else if (key === "own") {
      own = parseOwnLimits(value);
      if (own === undefined) {
        notices.push(`The link's limits of one well ${quoted(value)} are not readable.`);
      }
    } else if (key === "labels") {
      const parsed = parseLabels(value);
      labels = parsed.labels;
      const [first] = parsed.malformed;
      if (first !== undefined) notices.push(`The link's labels ${quoted(first)} are not readable.`);
    } else if (key === "model" && (value === "greyscale" || value === "color")) {
      greyscale = value === "greyscale";
    } else if (key === "theme") {
      theme = parseTheme(value);
      if (theme === undefined) notices.push(`The link's theme ${quoted(value)} is not known.`);
    } else if (key === "background" && parseBackground(value) !== undefined) {
      background = parseBackground(value);
    } else if (key === "part") {
      part = value;
    } else if (key === "system") {
      system = value === "" ? undefined : value;
    } else if (key === "source") {
      source ??= value.trim() || undefined;
    } else if (key.startsWith(axisPrefix) || !reservedKeys.has(key)) {
      const name = key.startsWith(axisPrefix) ? key.slice(axisPrefix.length) : key;
      const index = parseNumber(value);
      if (index !== undefined) indices.set(name, index);
      else notices.push(`The link's part ${quotedPart(key, value)} is not understood.`);
    }
  }
  const seen = { view, axes, indices, channels, own, greyscale, part, system, labels, foreign };
  const look = { theme, background };
  return { link: { source, sources, series, ...plate, ...seen, ...look }, notices };
}

function axisKey(name: string): string {
  return reservedKeys.has(name) || name.startsWith(axisPrefix) ? axisPrefix + name : name;
}

/**
 * Writes an address that `parseLink` reads back as the same link. Both parts are empty or start with `?` and `#`. Axis names that are no
 * well-formed Unicode come back with U+FFFD.
 */
export function formatLink(link: Link): { readonly search: string; readonly hash: string } {
  const parts: string[] = [];
  if (link.view !== undefined) {
    const { target, zoom } = link.view;
    parts.push(`view=${[...target, zoom].map(formatNumber).join(",")}`);
  }
  if (link.system) parts.push(`system=${encode(link.system)}`);
  if (link.axes !== undefined) parts.push(`axes=${encode(formatAxes(link.axes))}`);
  for (const [name, index] of link.indices)
    parts.push(`${encode(axisKey(name))}=${formatNumber(index)}`);
  if (link.channels.length > 0) parts.push(`ch=${encode(formatChannels(link.channels))}`);
  if (link.own !== undefined) parts.push(`own=${encode(formatOwnLimits(link.own))}`);
  if (link.labels.length > 0) parts.push(`labels=${encode(formatLabels(link.labels))}`);
  if (link.greyscale !== undefined) parts.push(`model=${link.greyscale ? "greyscale" : "color"}`);
  if (link.part !== undefined) parts.push(`part=${encode(link.part)}`);
  parts.push(...formatLook(link));
  const query = [
    ...formatSources(link),
    ...(link.series ? [`series=${link.series}`] : []),
    ...formatPlatePart(link).map(([key, value]) => `${key}=${encode(value)}`),
  ];
  return {
    search: query.length === 0 ? "" : `?${query.join("&")}`,
    hash: parts.length === 0 ? "" : `#v=${version}&${parts.join("&")}`,
  };
}
