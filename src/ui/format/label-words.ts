import type { LabelImage } from "../../zarr/image/label-image.ts";
import type { JsonObject, JsonValue } from "../../zarr/json.ts";
import { type LabelValue, labelValue } from "../../zarr/ome/image-label.ts";
import { shortText } from "../../zarr/ome/problem-log.ts";

const longestValue = 200;

/** One property of an object, in words. Foreign: plain text, without control characters, never at length. */
export type LabelProperty = { readonly key: string; readonly text: string };

/** What the metadata say of an object. */
export function labelProperties(properties: JsonObject | undefined): readonly LabelProperty[] {
  return Object.entries(properties ?? {}).map(([key, value]) => ({
    key: shortText(key, 60),
    text: shortText(textOf(value), longestValue),
  }));
}

function textOf(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "object") return JSON.stringify(value) ?? "";
  return String(value);
}

/** "class mitotic · area 88": at most `count` properties, then how many more there are; "" for none. */
export function propertySummary(properties: JsonObject | undefined, count: number): string {
  const all = labelProperties(properties);
  const parts = all.slice(0, count).map(({ key, text }) => `${key} ${text}`);
  if (all.length > count) parts.push(`${all.length - count} more`);
  return parts.join(" · ");
}

/** The id that a read-out or a link names: decimal text, since JSON numbers end at 2^53. undefined for what is no whole number. */
export function parseLabelId(text: string | number): LabelValue | undefined {
  if (typeof text === "number") return Number.isInteger(text) ? text : undefined;
  return /^-?\d{1,20}$/.test(text) ? labelValue(BigInt(text)) : undefined;
}

/** Ids of which the metadata say anything, ascending. */
export function knownIds({ colors, properties }: LabelImage): readonly LabelValue[] {
  const ids = new Set<LabelValue>([...properties.keys(), ...colors.keys()]);
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether an object is what was typed: its id begins with it, or a property holds it. `query` is in lower case. */
export function isObjectFound(label: LabelImage, id: LabelValue, query: string): boolean {
  if (String(id).startsWith(query)) return true;
  const properties = label.properties.get(id);
  if (properties === undefined) return false;
  return Object.entries(properties).some(
    ([key, value]) =>
      key.toLowerCase().includes(query) || textOf(value).toLowerCase().includes(query),
  );
}
