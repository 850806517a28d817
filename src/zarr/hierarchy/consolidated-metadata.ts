import { escapePointer } from "../array/json-reader.ts";
import { isJsonObject } from "../array/metadata-reading.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { joinPath, type NodePath, PathError } from "../store/node-path.ts";
import type { Document } from "./zarr-node.ts";

type Collection = {
  readonly base: NodePath;
  readonly members: JsonObject;
  /** JSON pointer of `members` in the document that holds it. */
  readonly pointer: string;
  readonly exactIntegers: ReadonlyMap<string, bigint>;
};

/**
 * Copies of metadata documents that a group carries for its descendants: v2's `.zmetadata`, v3's inline `consolidated_metadata`.
 * Only a cache: it may be partial or stale, and what is not in it may exist (checklist Z2-09, Z3-07).
 */
export class ConsolidatedMetadata {
  readonly #v2: Collection[] = [];
  readonly #v3: Collection[] = [];

  /** Takes in a `.zmetadata`; one that is none is passed over. */
  addV2(base: NodePath, document: Document): void {
    const { value, exactIntegers } = document;
    if (!isJsonObject(value) || value.zarr_consolidated_format !== 1) return;
    if (!isJsonObject(value.metadata)) return;
    this.#v2.push({ base, members: value.metadata, pointer: "/metadata", exactIntegers });
  }

  /** Takes in what a v3 group carries, if anything. */
  addV3(base: NodePath, group: Document): void {
    const { value, exactIntegers } = group;
    const consolidated = isJsonObject(value) ? value.consolidated_metadata : undefined;
    if (!isJsonObject(consolidated) || consolidated.kind !== "inline") return;
    const { metadata: members } = consolidated;
    if (!isJsonObject(members) || Object.keys(members).length === 0) return;
    const pointer = "/consolidated_metadata/metadata";
    this.#v3.push({ base, members, pointer, exactIntegers });
  }

  /** The copy of a v2 document. */
  v2Document(path: NodePath, fileName: ".zarray" | ".zgroup" | ".zattrs"): Document | undefined {
    return find(this.#v2, path, (relative) =>
      relative === "" ? fileName : `${relative}/${fileName}`,
    );
  }

  /** The copy of a node's `zarr.json`. */
  v3Document(path: NodePath): Document | undefined {
    return find(this.#v3, path, (relative) => relative);
  }

  /** Paths of the nodes of a kind below `path` of which there are copies, in no order; at most `limit`. */
  nodesBelow(path: NodePath, kind: "group" | "array", limit: number): readonly NodePath[] {
    const found = new Set<NodePath>();
    for (const { base, members } of [...this.#v3, ...this.#v2]) {
      for (const [key, value] of Object.entries(members)) {
        if (found.size >= limit) return [...found];
        const relative = pathOfMember(key, value, kind);
        if (relative === undefined) continue;
        const node = safelyJoined(base, relative);
        if (node !== undefined && pathBelow(path, node)) found.add(node);
      }
    }
    return [...found];
  }
}

/** The path, relative to their base, of the node that a member of consolidated metadata describes; undefined for nodes of the other kind. */
function pathOfMember(key: string, value: JsonValue, kind: "group" | "array"): string | undefined {
  const suffix = kind === "group" ? "/.zgroup" : "/.zarray";
  if (key.endsWith(suffix)) return key.slice(0, -suffix.length);
  return isJsonObject(value) && value.node_type === kind ? key : undefined;
}

function safelyJoined(base: NodePath, relative: string): NodePath | undefined {
  try {
    return joinPath(base, relative);
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}

function find(
  collections: readonly Collection[],
  path: NodePath,
  keyOf: (relative: string) => string,
): Document | undefined {
  for (const { base, members, pointer, exactIntegers } of collections) {
    const relative = pathBelow(base, path);
    if (relative === undefined) continue;
    const key = keyOf(relative);
    // Own keys only: a node may be called "constructor".
    const value = Object.hasOwn(members, key) ? members[key] : undefined;
    if (value === undefined) continue;
    const prefix = `${pointer}/${escapePointer(key)}`;
    return { value, exactIntegers: below(exactIntegers, prefix), problems: [] };
  }
  return undefined;
}

function pathBelow(base: NodePath, path: NodePath): string | undefined {
  if (path === base) return "";
  if (base === "") return path;
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
}

function below(integers: ReadonlyMap<string, bigint>, prefix: string): ReadonlyMap<string, bigint> {
  const found = new Map<string, bigint>();
  for (const [pointer, integer] of integers) {
    if (pointer.startsWith(`${prefix}/`)) found.set(pointer.slice(prefix.length), integer);
  }
  return found;
}
