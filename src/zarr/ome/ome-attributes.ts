import type { JsonObject, JsonValue } from "../json.ts";

/** OME-NGFF keys of a group. `namespaced`: found in `attributes.ome`. */
export type OmeAttributes = { readonly ome: JsonObject; readonly namespaced: boolean };

const omeKeys = [
  "plate",
  "well",
  "bioformats2raw.layout",
  "scene",
  "multiscales",
  "labels",
  "series",
  "image-label",
  "omero",
  "coordinateSystems",
  "coordinateTransformations",
  "type",
  "version",
] as const;

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The OME-NGFF keys of a group: `attributes.ome` (0.5, N5-01) if it holds any, else the attributes themselves
 * (0.4 in Zarr v2, and v3 documents of tools older than 0.5: N5-08).
 */
export function omeAttributes(attributes: JsonObject): OmeAttributes {
  const { ome } = attributes;
  if (isJsonObject(ome) && omeKeys.some((key) => Object.hasOwn(ome, key))) {
    return { ome, namespaced: true };
  }
  return { ome: attributes, namespaced: false };
}
