import { openHierarchy } from "../../hierarchy/hierarchy.ts";
import { findCollection } from "../../image/find-collection.ts";
import { findLabels } from "../../image/find-labels.ts";
import type { ImageModel } from "../../image/image-model.ts";
import { openLabelImage } from "../../image/label-image.ts";
import { type OpenFailure, openFailureOf } from "../../image/open-failure.ts";
import { openImage, openMember } from "../../image/open-image.ts";
import type { JsonValue } from "../../json.ts";
import { checkAttributes } from "../../ome/check-attributes.ts";
import type { Problem } from "../../problem.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { type NodePath, nodePath, rootPath } from "../../store/node-path.ts";
import type { Store } from "../../store/store.ts";
import { plateOfGroup, readField, readWell } from "../open-plate.ts";
import type { PlateModel } from "../plate-model.ts";

/** Keys and documents: JSON, or the very text. */
export type Documents = Readonly<Record<string, JsonValue>>;

/** What a viewer gets to know of a source: everything that it would read if someone clicked on everything. */
export type Reading = {
  readonly images: readonly ImageModel[];
  readonly labels: readonly ImageModel[];
  readonly plate: PlateModel | undefined;
  readonly failures: readonly OpenFailure[];
  readonly problems: readonly Problem[];
  /** Keys that were asked for, in order. */
  readonly keys: readonly string[];
};

/** Lists are as long as they are; of their items the first are opened. */
const opened = 4;

/** A store of documents that counts what is asked for; a string is the document's text. */
export function storeOf(documents: Documents): { store: Store; keys: string[] } {
  const encode = (value: JsonValue) =>
    new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
  const entries = Object.entries(documents).map(
    ([key, value]) => [nodePath(key), encode(value)] as const,
  );
  const inner = new MemoryStore("documents", new Map(entries));
  const keys: string[] = [];
  const store: Store = {
    spec: inner.spec,
    origin: inner.origin,
    size: (path) => inner.size(path),
    get(path, options) {
      keys.push(path);
      return inner.get(path, options);
    },
  };
  return { store, keys };
}

/**
 * Reads all that documents lead to, as the viewer does: image or images, labels, plate, wells, fields. What cannot be opened is a failure in
 * words; anything that has no words of its own (ZS-UNEXPECTED) is a fault of ours, and among them as well.
 */
export async function readEverything(documents: Documents): Promise<Reading> {
  const { store, keys } = storeOf(documents);
  const reader = openHierarchy(store);
  const failures: OpenFailure[] = [];
  const problems: Problem[] = [];
  const images: { image: ImageModel; path: NodePath }[] = [];
  const labels: ImageModel[] = [];
  const trying = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      const failure = openFailureOf(error);
      // What is wrong with one node is met by each that asks for it.
      const isKnown = failures.some(
        ({ title, detail }) => title + detail === failure.title + failure.detail,
      );
      if (!isKnown) failures.push(failure);
      return undefined;
    }
  };

  const root = await trying(() => reader.node(rootPath));
  if (root?.kind === "group") problems.push(...checkAttributes(root.attributes, "#"));
  const plate = root?.kind === "group" ? plateOfGroup(root, "root") : undefined;
  for (const well of plate?.wells.slice(0, opened) ?? []) {
    const fields = (await trying(() => readWell(reader, well.path))) ?? [];
    for (const { path } of fields.slice(0, 2)) {
      const image = await trying(() => readField(reader, path));
      if (image) images.push({ image, path });
    }
  }
  const collection = await trying(() => findCollection(reader, rootPath, "memory://documents/"));
  problems.push(...(collection?.problems ?? []));
  for (const index of (collection?.members ?? []).slice(0, opened).keys()) {
    const found = await trying(async () => collection && openMember(reader, collection, index));
    if (found) images.push(found);
  }
  if (plate === undefined && collection === undefined) {
    const found = await trying(() => openImage(reader));
    if (found) images.push(found);
  }
  for (const { path } of images.slice(0, opened)) {
    const found = await findLabels(reader, path);
    problems.push(...found.problems);
    for (const entry of found.entries.slice(0, opened)) {
      const label = await trying(() => openLabelImage(reader, entry));
      if (label) labels.push(label.image);
      problems.push(...(label?.problems ?? []));
    }
  }
  problems.push(...images.flatMap(({ image }) => image.problems), ...(plate?.problems ?? []));
  return { images: images.map(({ image }) => image), labels, plate, failures, problems, keys };
}
