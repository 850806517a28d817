import type { ArrayMetadata } from "../array/array-metadata.ts";
import { isJsonObject, MetadataReading } from "../array/metadata-reading.ts";
import { parseArrayV1 } from "../array/parse-v1.ts";
import { parseArrayV2 } from "../array/parse-v2.ts";
import { checkFormatV3, parseArrayV3, parseAttributesV3 } from "../array/parse-v3.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { NodePath } from "../store/node-path.ts";

/** A node of a Zarr hierarchy. */
export type ZarrNode = ArrayNode | GroupNode;

export type ArrayNode = {
  readonly kind: "array";
  readonly metadata: ArrayMetadata;
  readonly problems: readonly Problem[];
};

export type GroupNode = {
  readonly kind: "group";
  readonly zarrFormat: 2 | 3;
  readonly path: NodePath;
  readonly attributes: JsonObject;
  /** Integers that a number cannot hold, by JSON pointer below `attributes`, where they are rounded; left out if there is none. */
  readonly exactIntegers?: ReadonlyMap<string, bigint>;
  readonly problems: readonly Problem[];
};

/** A metadata document that was read: what `parseJson` gives, for this document alone. */
export type Document = {
  readonly value: JsonValue;
  readonly exactIntegers: ReadonlyMap<string, bigint>;
  readonly problems: readonly Problem[];
};

/** The documents of one v2 node; at least one of `zarray`, `zgroup` and `zattrs` is there. */
export type V2Documents = {
  readonly zarray: Document | undefined;
  readonly zgroup: Document | undefined;
  readonly zattrs: Document | undefined;
};

const knownGroupFields: ReadonlySet<string> = new Set([
  "zarr_format",
  "node_type",
  "attributes",
  "consolidated_metadata",
]);

/** `passOverUnknown`: arrays that need extensions which are not known are read all the same, with a warning (Z3-04). */
export type V3Options = { readonly passOverUnknown?: boolean };

/** @throws MetadataError */
export function nodeFromV3(
  path: NodePath,
  document: Document,
  { passOverUnknown = false }: V3Options = {},
): ZarrNode {
  const { value, exactIntegers } = document;
  if (!isJsonObject(value) || value.node_type !== "group") {
    const { metadata, problems } = parseArrayV3(value, {
      path,
      exactIntegers,
      passOverUnknown,
    });
    return { kind: "array", metadata, problems: [...document.problems, ...problems] };
  }
  const reading = new MetadataReading({ path, exactIntegers }, "zarr.json");
  checkFormatV3(reading, value, "group");
  for (const [key, field] of Object.entries(value)) {
    if (knownGroupFields.has(key)) continue;
    if (isJsonObject(field) && field.must_understand === false) continue;
    // A group holds no pixels, and each of its arrays is checked by itself: no reason to refuse it.
    reading.warn("Z3-04", "", `no field ${JSON.stringify(key.slice(0, 60))}`, field);
  }
  const attributes = parseAttributesV3(reading, value.attributes);
  const problems = [...document.problems, ...reading.problems];
  const exact = exactIntegersBelow(exactIntegers, "/attributes");
  return { kind: "group", zarrFormat: 3, path, attributes, ...exact, problems };
}

/**
 * The array of a v1 store (checklist Z1-01).
 * @param attrs its attributes, which v1 requires
 * @throws MetadataError
 */
export function nodeFromV1(path: NodePath, meta: Document, attrs: Document | undefined): ArrayNode {
  const reading = new MetadataReading({ path }, "attrs");
  if (!isJsonObject(attrs?.value)) reading.warn("Z1-01", "", "an object", attrs?.value);
  const attributes = isJsonObject(attrs?.value) ? attrs.value : {};
  const source = { path, exactIntegers: meta.exactIntegers };
  const { metadata, problems } = parseArrayV1(meta.value, attributes, source);
  const documentProblems = [...meta.problems, ...(attrs?.problems ?? [])];
  return {
    kind: "array",
    metadata,
    problems: [...documentProblems, ...reading.problems, ...problems],
  };
}

/** An array if `.zarray` is there, else a group. @throws MetadataError */
export function nodeFromV2(path: NodePath, documents: V2Documents): ZarrNode {
  const { zarray, zgroup, zattrs } = documents;
  const reading = new MetadataReading({ path }, ".zattrs");
  if (zattrs !== undefined && !isJsonObject(zattrs.value)) {
    reading.warn("Z2-01", "", "an object", zattrs.value);
  }
  const attributes = isJsonObject(zattrs?.value) ? zattrs.value : {};
  if (zarray !== undefined) {
    const source = { path, exactIntegers: zarray.exactIntegers };
    const { metadata, problems } = parseArrayV2(zarray.value, attributes, source);
    const documentProblems = [...zarray.problems, ...(zattrs?.problems ?? [])];
    return {
      kind: "array",
      metadata,
      problems: [...documentProblems, ...reading.problems, ...problems],
    };
  }
  const groupReading = new MetadataReading({ path }, ".zgroup");
  const format = isJsonObject(zgroup?.value) ? zgroup.value.zarr_format : undefined;
  if (format !== 2) {
    groupReading.warn("Z2-01", zgroup === undefined ? "" : "/zarr_format", "zarr_format 2", format);
  }
  return {
    kind: "group",
    zarrFormat: 2,
    path,
    attributes,
    ...exactIntegersBelow(zattrs?.exactIntegers, ""),
    problems: [
      ...(zgroup?.problems ?? []),
      ...(zattrs?.problems ?? []),
      ...groupReading.problems,
      ...reading.problems,
    ],
  };
}

function exactIntegersBelow(
  integers: ReadonlyMap<string, bigint> | undefined,
  prefix: string,
): Pick<GroupNode, "exactIntegers"> {
  const found = new Map<string, bigint>();
  for (const [pointer, integer] of integers ?? []) {
    if (pointer.startsWith(`${prefix}/`)) found.set(pointer.slice(prefix.length), integer);
  }
  return found.size === 0 ? {} : { exactIntegers: found };
}
