import type { JsonObject, JsonValue } from "../../../json.ts";
import { checkAttributes } from "../../../ome/check-attributes.ts";
import type { Problem } from "../../../problem.ts";
import { rootPath } from "../../../store/node-path.ts";
import { findLabels } from "../../find-labels.ts";
import type { ImageModel } from "../../image-model.ts";
import { openFailureOf } from "../../open-failure.ts";
import { openImage } from "../../open-image.ts";
import { array, type FakeNode, group, readerOf } from "../fake-nodes.ts";

/** One statement of the checklist, an input that shows it, and what must be seen: a `Problem`, or what will be drawn. */
export type RuleCase = {
  /** Checklist id. */
  readonly id: string;
  readonly rule: string;
  readonly observed: string;
  readonly observe: () => Promise<string>;
};

/** What is looked at of an image besides its problems. */
export type Aspect = "axes" | "levels" | "channels" | "plane" | "format" | "name";

/** Problems of a group's attributes. */
export const problems = (attributes: JsonObject) => async () =>
  problemsInWords(checkAttributes(attributes, "#"));

/** What a store opens as: the aspects asked for, and its problems; or why it does not open. */
export const opens =
  (nodes: Record<string, FakeNode>, ...aspects: Aspect[]) =>
  async () => {
    try {
      const { image } = await openImage(readerOf(nodes).reader);
      const seen = aspects.map((aspect) => aspectInWords(image, aspect));
      return [...seen, problemsInWords(image.problems)].join("; ");
    } catch (error) {
      const { code, title } = openFailureOf(error);
      return `refused, ${code}: ${title}`;
    }
  };

/** Paths of the label images that are found. */
export const labelsOf = (nodes: Record<string, FakeNode>) => async () => {
  const { entries, problems: found } = await findLabels(readerOf(nodes).reader, rootPath);
  return `${entries.map(({ path }) => path).join(", ") || "none"}; ${problemsInWords(found)}`;
};

function problemsInWords(found: readonly Problem[]): string {
  const words = [...new Set(found.map(({ code, severity }) => `${severity} ${code}`))].sort();
  return words.length === 0 ? "no problem" : words.join(", ");
}

const short = (number: number) => String(Number(number.toPrecision(4)));

function aspectInWords(image: ImageModel, aspect: Aspect): string {
  const { axes, xDim, yDim, cDim } = image.axes;
  switch (aspect) {
    case "axes":
      return axes
        .map(({ name, dim, role }) => {
          const shown = dim === xDim ? "across" : dim === yDim ? "down" : undefined;
          return `${name} ${shown ?? (dim === cDim ? "channels" : (role ?? "slider"))}`;
        })
        .join(", ");
    case "levels":
      return image.levels
        .map(({ worldFromIndex: { scale, translation } }) => {
          const shift = translation.every((t) => t === 0)
            ? ""
            : ` + ${translation.map(short).join(" ")}`;
          return `${scale.map(short).join(" ")}${shift}`;
        })
        .join(" | ");
    case "channels":
      return image.channels
        .map(({ label, color, visible, inverted, window, gamma, lut }) => {
          const limits = window ? `${window.start}…${window.end}` : "auto";
          const more = [
            visible ? "" : "off",
            inverted ? "inverted" : "",
            lut ?? "",
            gamma ? `γ ${gamma}` : "",
          ];
          return [`${label} #${color} ${limits}`, ...more].filter(Boolean).join(" ");
        })
        .join(" | ");
    case "plane":
      return `plane ${JSON.stringify(image.defaultSelection)}`;
    case "format":
      return image.format;
    case "name":
      return image.name;
  }
}

export const scale = (...numbers: JsonValue[]): JsonObject => ({ type: "scale", scale: numbers });
export const translation = (...numbers: JsonValue[]): JsonObject => ({
  type: "translation",
  translation: numbers,
});
export const space = (name: string, unit?: string): JsonObject => ({
  name,
  type: "space",
  ...(unit === undefined ? {} : { unit }),
});
export const time = (name = "t"): JsonObject => ({ name, type: "time" });
export const channel = (name = "c"): JsonObject => ({ name, type: "channel" });
export const level = (path: JsonValue, ...coordinateTransformations: JsonValue[]): JsonObject => ({
  path,
  coordinateTransformations,
});

/** Attributes of a rule-abiding image of 0.4 along y and x, with levels "0" and "1"; overrides replace keys of the multiscale. */
export function image04(overrides: JsonObject = {}, beside: JsonObject = {}): JsonObject {
  const multiscale: JsonObject = {
    version: "0.4",
    name: "cells",
    axes: [space("y"), space("x")],
    datasets: [level("0", scale(1, 1)), level("1", scale(2, 2))],
    ...overrides,
  };
  return { multiscales: [multiscale], ...beside };
}

/** A v2 store of one image: arrays "0", "1", … of the given shapes. */
export function store(
  attributes: JsonObject,
  ...shapes: (readonly number[])[]
): Record<string, FakeNode> {
  const levels = (
    shapes.length > 0
      ? shapes
      : [
          [8, 8],
          [4, 4],
        ]
  ).map((shape, k) => [String(k), array(shape)] as const);
  return { "": group(attributes), ...Object.fromEntries(levels) };
}

/** Axes of one letter each, typed by their usual names, e.g. "tczyx". */
export function axesOf(letters: string): JsonValue {
  return [...letters].map((name) =>
    name === "t"
      ? time()
      : name === "c"
        ? channel()
        : "zyx".includes(name)
          ? space(name)
          : { name },
  );
}

/** An image of one level along `letters`, whose array has the given shape. */
export function oneLevel(letters: string, shape: readonly number[], beside: JsonObject = {}) {
  const datasets = [level("0", scale(...shape.map(() => 1)))];
  return store(image04({ axes: axesOf(letters), datasets }, beside), shape);
}
