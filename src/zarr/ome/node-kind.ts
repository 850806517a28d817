import * as v from "valibot";
import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject, omeAttributes } from "./ome-attributes.ts";

/** What a group is in the eyes of OME-NGFF. Paths are relative to the group, as stated and not yet checked. */
export type GroupKind =
  | { readonly kind: "collection" }
  | {
      readonly kind: "plate";
      readonly name: string | undefined;
      readonly wellPaths: readonly string[];
    }
  | { readonly kind: "well"; readonly imagePaths: readonly string[] }
  /** `isImage`: the group has `multiscales` of its own too, as some writers mark the image itself. */
  | { readonly kind: "bioformats2raw"; readonly isImage: boolean }
  | { readonly kind: "scene" }
  | { readonly kind: "multiscales"; readonly isLabel: boolean }
  | { readonly kind: "labels"; readonly paths: readonly string[] }
  | { readonly kind: "series"; readonly paths: readonly string[] }
  | { readonly kind: "group" };

const pathItem = v.object({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)) });
const maxPaths = 100_000;

/**
 * Decides by the keys that are there, never by a version (checklist 1.11, 4): collection (RFC-8) → plate → well →
 * bioformats2raw.layout → scene → multiscales → labels → series → plain group.
 */
export function groupKind(attributes: JsonObject): GroupKind {
  const { ome } = omeAttributes(attributes);
  if (isCollection(ome)) return { kind: "collection" };
  if (isJsonObject(ome.plate)) {
    const { name, wells } = ome.plate;
    return {
      kind: "plate",
      name: typeof name === "string" ? name : undefined,
      wellPaths: itemPaths(wells),
    };
  }
  if (isJsonObject(ome.well)) return { kind: "well", imagePaths: itemPaths(ome.well.images) };
  // An object here is another convention (GeoZarr), an empty list no image (N4-21).
  const isImage = Array.isArray(ome.multiscales) && ome.multiscales.length > 0;
  // Numbers other than 3 and strings are treated alike (N4-70).
  if (ome["bioformats2raw.layout"] !== undefined) return { kind: "bioformats2raw", isImage };
  if (isJsonObject(ome.scene)) return { kind: "scene" };
  if (isImage) return { kind: "multiscales", isLabel: isJsonObject(ome["image-label"]) };
  if (Array.isArray(ome.labels)) return { kind: "labels", paths: stringPaths(ome.labels) };
  if (Array.isArray(ome.series)) return { kind: "series", paths: stringPaths(ome.series) };
  return { kind: "group" };
}

/** RFC-8: a node has a `type` and either children or a way to them. Foreign `type` keys alone are no collection. */
function isCollection(ome: JsonObject): boolean {
  return typeof ome.type === "string" && (Array.isArray(ome.nodes) || isJsonObject(ome.path));
}

function itemPaths(value: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  const paths: string[] = [];
  for (const item of value.slice(0, maxPaths)) {
    const parsed = v.safeParse(pathItem, item);
    if (parsed.success) paths.push(parsed.output.path);
  }
  return paths;
}

function stringPaths(value: readonly JsonValue[]): readonly string[] {
  return value
    .slice(0, maxPaths)
    .filter((item) => typeof item === "string" && item !== "" && item.length <= 1024)
    .map(String);
}
