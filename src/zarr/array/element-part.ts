import type { ArrayMetadata } from "./array-metadata.ts";
import { shownFill, shownType } from "./show-items.ts";
import { complexParts, type ItemView, type StoredItem } from "./stored-item.ts";

/** What of each element may be shown, by name, and what is. */
export type ElementParts = {
  readonly kind: "complex" | "record";
  /** At least two, each once: "magnitude", …, or the names of a record's fields. */
  readonly names: readonly string[];
  readonly shown: string;
};

/** The choice that there is; undefined where elements can be shown in one way only. */
export function elementParts({ item }: Pick<ArrayMetadata, "item">): ElementParts | undefined {
  const view = item?.view;
  if (view?.kind === "complex") return { kind: "complex", names: complexParts, shown: view.part };
  if (item?.kind !== "record" || view?.kind !== "field" || item.fields.length < 2) return undefined;
  const names = item.fields.map(({ name }) => name);
  return { kind: "record", names, shown: view.field.name };
}

/** The part that is shown unless another one is asked for. */
export function defaultPart({ kind, names }: ElementParts): string {
  return kind === "complex" ? "magnitude" : (names[0] ?? "");
}

/** The array with another part of its elements shown; itself where they have no such part. */
export function withPart(metadata: ArrayMetadata, part: string): ArrayMetadata {
  const view = metadata.item && viewOf(metadata.item, part);
  if (metadata.item === undefined || view === undefined) return metadata;
  const item = { ...metadata.item, view };
  return { ...metadata, item, dataType: shownType(item), fillValue: shownFill(item.fill, item) };
}

function viewOf({ kind, fields }: StoredItem, part: string): ItemView | undefined {
  if (kind === "complex") {
    const found = complexParts.find((name) => name === part);
    return found && { kind: "complex", part: found };
  }
  const field = kind === "record" ? fields.find(({ name }) => name === part) : undefined;
  return field && { kind: "field", field };
}
