import type { DataType } from "../array/data-type.ts";
import { unescapePointer } from "../array/json-reader.ts";
import type { JsonObject } from "../json.ts";
import { type LabelValue, parseImageLabel, type Rgba } from "../ome/image-label.ts";
import { isJsonObject, omeAttributes } from "../ome/ome-attributes.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { LabelEntry } from "./find-labels.ts";
import { imageFromMultiscales } from "./image-from-multiscales.ts";
import type { ImageModel } from "./image-model.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";
import { OpenFailureError } from "./open-failure.ts";

/** A label image, free of versions: an image whose values name objects, and what is said of them. */
export type LabelImage = {
  readonly name: string;
  readonly image: ImageModel;
  /** Colours that are stated; see `label-colors.ts` for the others. */
  readonly colors: ReadonlyMap<LabelValue, Rgba>;
  /** Free keys by id; foreign, to be shown as text. */
  readonly properties: ReadonlyMap<LabelValue, JsonObject>;
  /** Path of the image that the labels belong to, relative to the label image's group, as stated. */
  readonly sourceImage: string;
  /** The metadata say where it lies. Without, it covers its image, whatever the number of its pixels (0.1 to 0.3). */
  readonly isPlaced: boolean;
  /** Those of `image` among them. */
  readonly problems: ImageModel["problems"];
};

const defaultSource = "../../";

/**
 * Opens a label image. It needs no `image-label` (N4-58).
 * @throws OpenFailureError if it cannot be shown; errors of the reader pass through (`openFailureOf` has words for them)
 */
export async function openLabelImage(
  reader: NodeReader,
  { name, path }: LabelEntry,
): Promise<LabelImage> {
  const node = await reader.node(path, { expect: "group" });
  if (node?.kind !== "group") {
    const found = node === undefined ? "nothing" : "an array";
    throw new OpenFailureError({
      code: "ZS-NOTFOUND",
      title: `There is ${found} where the labels "${name}" should be.`,
      detail: `The list of labels names ${shownPath(path)}.`,
      action: "Whoever put these data there can add the labels or mend the list.",
    });
  }
  return labelImageOf(reader, node, name);
}

/** The label image of a group that was read. @throws OpenFailureError */
export async function labelImageOf(
  reader: NodeReader,
  group: GroupNode,
  name: string,
): Promise<LabelImage> {
  const image = await imageFromMultiscales(reader, group, name);
  const { ome, namespaced, log } = omeOf(group);
  const exactIntegers = exactIntegersOf(group);
  const stated = parseImageLabel(
    withExactTexts(ome, exactIntegers),
    namespaced,
    log,
    exactIntegers,
  );
  if (!stated) log.info("N4-58", "/image-label", "an object", ome["image-label"]);
  checkDataType(image.dataType, log);
  return {
    name,
    image,
    colors: stated?.colors ?? new Map(),
    properties: stated?.properties ?? new Map(),
    sourceImage: stated?.sourceImage ?? defaultSource,
    isPlaced: statesPlacement(ome.multiscales),
    problems: [...image.problems, ...log.problems],
  };
}

/** Whether the image at `path` is a label image: by its metadata, or by lying in a group `labels` (N4-58). */
export function isLabelGroup(attributes: JsonObject, path: string): boolean {
  const { ome } = omeAttributes(attributes);
  if (!Array.isArray(ome.multiscales)) return false;
  return isJsonObject(ome["image-label"]) || path.split("/").slice(0, -1).includes("labels");
}

/** Ids are integers (N4-53); what else there is is shown as far as it is whole. */
function checkDataType(dataType: DataType, log: ProblemLog): void {
  switch (dataType) {
    case "int8":
    case "int16":
    case "int32":
    case "int64":
    case "uint8":
    case "uint16":
    case "uint32":
    case "uint64":
      return;
    case "bool":
      log.warn("N4-53", "/multiscales", "whole numbers as ids; 0 and 1 are read", dataType);
      return;
    case "float16":
    case "float32":
    case "float64": {
      const expected = "whole numbers as ids; what is not whole is no id and is not drawn";
      log.warn("N4-53", "/multiscales", expected, dataType);
      return;
    }
  }
}

/** Pointers of integers below `ome`, wherever that stands. */
function exactIntegersOf({ attributes, exactIntegers }: GroupNode): ReadonlyMap<string, bigint> {
  if (!exactIntegers || !omeAttributes(attributes).namespaced) return exactIntegers ?? new Map();
  return new Map(
    [...exactIntegers]
      .filter(([pointer]) => pointer.startsWith("/ome/"))
      .map(([pointer, integer]) => [pointer.slice("/ome".length), integer]),
  );
}

const propertyPointer = /^\/image-label\/properties\/(\d+)\/([^/]+)$/;

/** Properties may name other objects by ids of 64 bits: such numbers become texts, so that nobody reads a rounded one. */
function withExactTexts(ome: JsonObject, exactIntegers: ReadonlyMap<string, bigint>): JsonObject {
  const label = ome["image-label"];
  if (exactIntegers.size === 0 || !isJsonObject(label) || !Array.isArray(label.properties))
    return ome;
  const properties = [...label.properties];
  for (const [pointer, integer] of exactIntegers) {
    const [, index, escaped = ""] = propertyPointer.exec(pointer) ?? [];
    const item = index === undefined ? undefined : properties[Number(index)];
    const key = unescapePointer(escaped);
    if (!isJsonObject(item) || key === "label-value" || item[key] !== Number(integer)) continue;
    const entries = Object.entries(item).map(([name, value]) => [
      name,
      name === key ? String(integer) : value,
    ]);
    properties[Number(index)] = Object.fromEntries(entries);
  }
  return { ...ome, "image-label": { ...label, properties } };
}

/** Transformations or coordinate systems; versions before 0.4 have neither. */
function statesPlacement(multiscales: JsonObject[string] | undefined): boolean {
  const [first] = Array.isArray(multiscales) ? multiscales : [];
  if (!isJsonObject(first)) return false;
  if (first.coordinateTransformations !== undefined) return true;
  const { datasets } = first;
  return (
    Array.isArray(datasets) &&
    datasets.some((item) => isJsonObject(item) && item.coordinateTransformations !== undefined)
  );
}
