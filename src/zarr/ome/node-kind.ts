import type { JsonObject } from "../json.ts";
import { isJsonObject, omeAttributes } from "./ome-attributes.ts";

/** What a group is in the eyes of OME-NGFF; `parsePlate` and the like read what it holds. */
export type GroupKind =
  | { readonly kind: "collection" }
  | { readonly kind: "plate" }
  | { readonly kind: "well" }
  /** `isImage`: the group has `multiscales` of its own too, as some writers mark the image itself. */
  | { readonly kind: "bioformats2raw"; readonly isImage: boolean }
  | { readonly kind: "scene" }
  | { readonly kind: "multiscales"; readonly isLabel: boolean }
  | { readonly kind: "labels" }
  | { readonly kind: "series" }
  | { readonly kind: "group" };

/**
 * Decides by the keys that are there, never by a version (checklist 1.11, 4): collection (RFC-8) → plate → well →
 * bioformats2raw.layout → scene → multiscales → labels → series → plain group.
 */
export function groupKind(attributes: JsonObject): GroupKind {
  const { ome } = omeAttributes(attributes);
  if (isCollection(ome)) return { kind: "collection" };
  if (isJsonObject(ome.plate)) return { kind: "plate" };
  if (isJsonObject(ome.well)) return { kind: "well" };
  // An object here is another convention (GeoZarr), an empty list no image (N4-21).
  const isImage = Array.isArray(ome.multiscales) && ome.multiscales.length > 0;
  // Numbers other than 3 and strings are treated alike (N4-70).
  if (ome["bioformats2raw.layout"] !== undefined) return { kind: "bioformats2raw", isImage };
  if (isJsonObject(ome.scene)) return { kind: "scene" };
  // In dialects before 0.6 a scene's parts stand at the top (N6-29).
  if (!isImage && Array.isArray(ome.coordinateTransformations)) return { kind: "scene" };
  if (isImage) return { kind: "multiscales", isLabel: isJsonObject(ome["image-label"]) };
  if (Array.isArray(ome.labels)) return { kind: "labels" };
  if (Array.isArray(ome.series)) return { kind: "series" };
  return { kind: "group" };
}

/** RFC-8: a node has a `type` and either children or a way to them. Foreign `type` keys alone are no collection. */
function isCollection(ome: JsonObject): boolean {
  return typeof ome.type === "string" && (Array.isArray(ome.nodes) || isJsonObject(ome.path));
}
