import type { JsonObject } from "../json.ts";

/**
 * What the configurations of extensions hold: the core's codecs, grids and key encodings (Zarr v3.1), and what is
 * registered for zstd and rectilinear grids. Other codecs take what their library takes.
 */
const knownMembers: ReadonlyMap<string, readonly string[]> = new Map([
  ["bytes", ["endian"]],
  ["transpose", ["order"]],
  ["gzip", ["level"]],
  ["blosc", ["cname", "clevel", "shuffle", "typesize", "blocksize"]],
  ["zstd", ["level", "checksum"]],
  ["crc32c", []],
  ["sharding_indexed", ["chunk_shape", "codecs", "index_codecs", "index_location"]],
  ["regular", ["chunk_shape"]],
  ["rectilinear", ["kind", "chunk_shapes"]],
  ["default", ["separator"]],
  ["v2", ["separator"]],
]);

/** Members that are not known there and do not say `must_understand: false` (checklist Z3-05). */
export function unknownMembers(name: string, configuration: JsonObject): string[] {
  const known = knownMembers.get(name);
  if (known === undefined) return [];
  return Object.entries(configuration)
    .filter(([key, value]) => !known.includes(key) && !mayBePassedOver(value))
    .map(([key]) => key);
}

function mayBePassedOver(value: JsonObject[string] | undefined): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    value.must_understand === false
  );
}
