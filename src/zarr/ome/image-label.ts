import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";
import { isUsablePath } from "./stated-fields.ts";
import { blockVersion } from "./version.ts";

/**
 * A label id as a key: a number where that is exact, else a bigint (ids of 64 bits). `labelValue` makes one of a pixel's value.
 */
export type LabelValue = number | bigint;

/** Four integers of 0–255. Alpha 0 hides the label. */
export type Rgba = readonly [r: number, g: number, b: number, a: number];

/** What a label image says of its labels, of any version (N1-09 to N1-12, N2-02, N4-54 to N4-57). */
export type ImageLabel = {
  /** As stated, for people. */
  readonly version: string | undefined;
  /** Colours that are stated; labels without one get a colour made from their id (N4-56). Of duplicates the last counts. */
  readonly colors: ReadonlyMap<LabelValue, Rgba>;
  /** Free keys of each label, `label-value` left out. Foreign: to be shown as text. Of duplicates the last counts. */
  readonly properties: ReadonlyMap<LabelValue, JsonObject>;
  /** Path of the image relative to the label image's group; not yet checked. "../../" if none is stated. */
  readonly sourceImage: string;
};

/** More colours than that are taken for an attack; real ones have 10^5. */
const maxLabels = 2_000_000;
const defaultSource = "../../";

/** The key under which a pixel's value, or an id from JSON, is looked up. */
export function labelValue(value: number | bigint): LabelValue {
  if (typeof value === "number") return Object.is(value, -0) ? 0 : value;
  const isExact = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return isExact ? Number(value) : value;
}

/**
 * Reads `image-label` of a group's OME-NGFF keys (`omeAttributes`). `undefined` if there is no such object: an image inside a
 * group `labels` is a label image all the same (N4-58).
 *
 * @param exactIntegers integers that JSON numbers hold only rounded, by JSON pointer below `ome` (as `parseJson` gives them, its
 * pointers shortened): ids above 2^53
 */
export function parseImageLabel(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
  exactIntegers: ReadonlyMap<string, bigint> = new Map(),
): ImageLabel | undefined {
  const label = ome["image-label"];
  if (!isJsonObject(label)) return undefined;
  const version = blockVersion(ome, "image-label", namespaced, log);
  if (label.colors === undefined) log.info("N4-54", "/image-label/colors", "a list", undefined);
  const colors = new Map<LabelValue, Rgba>();
  const properties = new Map<LabelValue, JsonObject>();
  for (const { item, id, pointer } of labelItems(label.colors, "colors", exactIntegers, log)) {
    const rgba = parseRgba(item.rgba, `${pointer}/rgba`, log);
    if (rgba) colors.set(id, rgba);
  }
  for (const { item, id } of labelItems(label.properties, "properties", exactIntegers, log)) {
    const { "label-value": _, ...free } = item;
    properties.set(id, free);
  }
  return { version, colors, properties, sourceImage: sourceImage(ome, label, log) };
}

type LabelItem = { readonly item: JsonObject; readonly id: LabelValue; readonly pointer: string };

/** The items of a list that have a usable `label-value`. */
function* labelItems(
  value: JsonValue | undefined,
  key: "colors" | "properties",
  exactIntegers: ReadonlyMap<string, bigint>,
  log: ProblemLog,
): Generator<LabelItem> {
  const list = `/image-label/${key}`;
  const code = key === "colors" ? "N4-54" : "N4-57";
  if (value === undefined || value === null) return;
  if (!Array.isArray(value) || value.length === 0) {
    log.warn(code, list, "a list that is not empty", value);
    return;
  }
  const seen = new Set<LabelValue>();
  for (let index = 0; index < Math.min(value.length, maxLabels); index++) {
    const item = value[index];
    const pointer = `${list}/${index}`;
    const stated = isJsonObject(item) ? item["label-value"] : undefined;
    const id = labelId(stated, exactIntegers.get(`${pointer}/label-value`));
    if (!isJsonObject(item) || id === undefined) {
      log.warn(code, `${pointer}/label-value`, "an integer", stated);
      continue;
    }
    if (seen.has(id)) log.warn("N1-10", pointer, "one entry for a label; the last counts", id);
    seen.add(id);
    yield { item, id, pointer };
  }
}

function labelId(stated: JsonValue | undefined, exact: bigint | undefined): LabelValue | undefined {
  if (typeof stated !== "number" || !Number.isInteger(stated)) return undefined;
  // Of a key that stands twice, the last one counts.
  return labelValue(exact !== undefined && Number(exact) === stated ? exact : stated);
}

/** Four integers of 0–255; floats of 0–1, three items and numbers out of range are read as what they must mean (N4-55). */
function parseRgba(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): Rgba | undefined {
  if (value === undefined || value === null) return undefined;
  const numbers = Array.isArray(value) ? value.slice(0, 4).map(finiteOrNaN) : [];
  const isLegal =
    Array.isArray(value) &&
    value.length === 4 &&
    numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= 255);
  if (!isLegal) log.warn("N4-55", pointer, "four integers from 0 to 255", value);
  const areFractions =
    numbers.some((n) => !Number.isInteger(n)) && numbers.every((n) => n >= 0 && n <= 1);
  const [r, g, b, a = areFractions ? 1 : 255] = numbers;
  if (r === undefined || g === undefined || b === undefined || numbers.some(Number.isNaN))
    return undefined;
  const byte = (n: number) => Math.min(Math.max(Math.round(areFractions ? n * 255 : n), 0), 255);
  return [byte(r), byte(g), byte(b), byte(a)];
}

function finiteOrNaN(value: JsonValue): number {
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
}

/** `source.image`, inside `image-label` or, as the published example of 0.1 has it, beside it (N1-12). */
function sourceImage(ome: JsonObject, label: JsonObject, log: ProblemLog): string {
  const source = label.source ?? ome.source;
  if (source === undefined || source === null) return defaultSource;
  const image = isJsonObject(source) ? source.image : source;
  if (image === undefined) return defaultSource;
  if (typeof image === "string" && (isUsablePath(image) || /^[./]+$/.test(image))) return image;
  log.warn("N1-09", "/image-label/source/image", "the path of an image", image);
  return defaultSource;
}
