import type { ArrayMetadata } from "../array/array-metadata.ts";

/**
 * Names of an array's dimensions: `dimension_names` (Zarr v3), else the attribute `_ARRAY_DIMENSIONS` (xarray, N3-02).
 * `undefined` if there are none or not one per dimension; `null` where one has no name.
 */
export function dimensionNamesOf(metadata: ArrayMetadata): readonly (string | null)[] | undefined {
  const { shape, dimensionNames, attributes } = metadata;
  if (dimensionNames?.length === shape.length && dimensionNames.some((name) => name !== null)) {
    return dimensionNames;
  }
  const attribute = attributes._ARRAY_DIMENSIONS;
  if (!Array.isArray(attribute) || attribute.length !== shape.length) return undefined;
  return attribute.map((name) => (typeof name === "string" ? name : null));
}
