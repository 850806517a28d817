import { isLutName } from "../../layers/luts/lut-name.ts";
import type { ViewState } from "../../layers/scene.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import type { Link } from "./link.ts";
import type { LinkedChannel } from "./link-channels.ts";
import { parseNumber } from "./link-number.ts";

/**
 * What a link of another viewer asks for in terms that only the image can make ours: positions in pixels of the finest level, from the left and upper
 * edge of the first pixel on.
 */
export type ForeignView = {
  readonly centrePx: readonly [x: number, y: number] | undefined;
  /** log2 of CSS pixels per pixel of the finest level. */
  readonly pixelZoom: number | undefined;
  /** Channels that are not listed are hidden, as OMERO does it. */
  readonly hidesOthers: boolean;
};

/** The parts of a link that aliases can give. */
export type AliasPart = Pick<Link, "indices" | "channels" | "greyscale" | "foreign">;

const maxChannels = 1024;
const longestViewState = 2000;

/**
 * Reads what vizarr (`viewState`) and OMERO.iviewer (`z t` from 1, `x y zm` in pixels and per cent, `c m p maps`) write into the query. A sentence in
 * `notices` for each part that cannot be read.
 */
export function parseAliases(
  read: (key: string) => string | undefined,
  notices: string[],
): AliasPart {
  const indices = new Map<string, number>();
  for (const name of ["z", "t"]) {
    const text = read(name);
    const position = parseNumber(text ?? "");
    if (position !== undefined && position >= 1) indices.set(name, Math.round(position) - 1);
    else if (text !== undefined)
      notices.push(`The link's ${name} is no number from 1 on and was ignored.`);
  }
  const text = read("c");
  const channels = text === undefined ? [] : parseOmeroChannels(text, read("maps"), notices);
  const model = read("m");
  if (/^int/.test(read("p") ?? "")) {
    notices.push("The link asks for a projection, which is not shown; a single plane is.");
  }
  return {
    indices,
    channels,
    greyscale: model === "g" ? true : model === "c" ? false : undefined,
    foreign: foreignView(read, channels.length > 0, notices),
  };
}

function foreignView(
  read: (key: string) => string | undefined,
  hidesOthers: boolean,
  notices: string[],
): ForeignView | undefined {
  const [x, y, percent] = ["x", "y", "zm"].map((key) => parseNumber(read(key) ?? ""));
  let centrePx = x === undefined || y === undefined ? undefined : ([x, y] as const);
  let pixelZoom = percent !== undefined && percent > 0 ? Math.log2(percent / 100) : undefined;
  const text = read("viewState");
  if (text !== undefined) {
    const stated = vizarrView(text);
    if (!stated) notices.push("The link's viewState is not readable.");
    centrePx = stated?.target ?? centrePx;
    pixelZoom = stated?.zoom ?? pixelZoom;
  }
  const isThere = centrePx !== undefined || pixelZoom !== undefined || hidesOthers;
  return isThere ? { centrePx, pixelZoom, hidesOthers } : undefined;
}

function vizarrView(text: string): ViewState | undefined {
  if (text.length > longestViewState) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const zoom: unknown = Reflect.get(value, "zoom");
  const target: unknown = Reflect.get(value, "target");
  if (typeof zoom !== "number" || !Array.isArray(target)) return undefined;
  const [x, y]: unknown[] = target;
  return typeof x === "number" && typeof y === "number" ? { target: [x, y], zoom } : undefined;
}

/** `1|100:600$00FF00,-2|0:1500$fire.lut`: number from 1, hidden with a dash, limits, colour or lookup table. */
function parseOmeroChannels(
  text: string,
  maps: string | undefined,
  notices: string[],
): readonly LinkedChannel[] {
  const inverted = invertedIn(maps);
  const byIndex = new Map<number, LinkedChannel>();
  for (const [place, entry] of text.split(",", maxChannels).entries()) {
    const match = /^(-?)([1-9]\d{0,5})(?:\|(-?[\d.]+):(-?[\d.]+))?(?:\$([\w.-]+))?$/.exec(
      entry.trim(),
    );
    if (match === null) {
      notices.push("The link's channels are not readable.");
      return [];
    }
    const [, dash, number, low = "", high = "", look = ""] = match;
    const [start, end] = [parseNumber(low), parseNumber(high)];
    const lut = look.replace(/\.lut$/i, "").toLowerCase();
    const index = Number(number) - 1;
    byIndex.set(index, {
      index,
      visible: dash === "",
      color: /^[0-9A-Fa-f]{6}$/.test(look) ? look.toUpperCase() : undefined,
      window: start === undefined || end === undefined ? undefined : { start, end },
      inverted: inverted[place],
      gamma: undefined,
      lut: isLutName(lut) ? lut : undefined,
    });
  }
  return [...byIndex.values()];
}

/** `[{"inverted":{"enabled":true}}, …]`, one per listed channel; `reverse` in older versions. */
function invertedIn(maps: string | undefined): readonly (boolean | undefined)[] {
  if (maps === undefined || maps.length > 20_000) return [];
  let list: unknown;
  try {
    list = JSON.parse(maps);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.slice(0, maxChannels).map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return undefined;
    const stated: unknown = Reflect.get(entry, "inverted") ?? Reflect.get(entry, "reverse");
    const enabled: unknown =
      typeof stated === "object" && stated !== null ? Reflect.get(stated, "enabled") : undefined;
    return enabled === true || enabled === "true" ? true : undefined;
  });
}

/** The view that a link of another viewer asks for, in the image's world; undefined if it asks for none. */
export function worldView(
  image: ImageModel,
  foreign: ForeignView | undefined,
): ViewState | undefined {
  const level = image.levels[0];
  if (!level || (foreign?.centrePx === undefined && foreign?.pixelZoom === undefined))
    return undefined;
  const { scale, translation, shear } = level.worldFromIndex;
  const { xDim, yDim } = image.axes;
  const [x, y] = foreign.centrePx ?? [(level.shape[xDim] ?? 1) / 2, (level.shape[yDim] ?? 1) / 2];
  const along = (dim: number, px: number) =>
    (translation[dim] ?? 0) + (scale[dim] ?? 1) * (px - 0.5);
  const pixelWorld = Math.abs(scale[xDim] ?? 1) || 1;
  return {
    target: [
      along(xDim, x) + (shear?.xFromY ?? 0) * (y - 0.5),
      along(yDim, y) + (shear?.yFromX ?? 0) * (x - 0.5),
    ],
    zoom: (foreign.pixelZoom ?? 0) - Math.log2(pixelWorld),
  };
}
