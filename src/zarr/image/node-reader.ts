import type { ArrayMetadata } from "../array/array-metadata.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import type { StoredNumbers } from "../ome/coordinate-transformations/stored-parameters.ts";
import { type OmeAttributes, omeAttributes } from "../ome/ome-attributes.ts";
import { type ProblemLog, problemLog } from "../ome/problem-log.ts";
import type { Problem } from "../problem.ts";
import type { NodePath } from "../store/node-path.ts";

/** A node as far as opening an image needs it. */
export type ImageNode =
  | {
      readonly kind: "array";
      readonly metadata: ArrayMetadata;
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: "group";
      readonly zarrFormat: 2 | 3;
      readonly path: NodePath;
      readonly attributes: JsonObject;
      /** Integers that a number cannot hold, by JSON pointer below `attributes`. */
      readonly exactIntegers?: ReadonlyMap<string, bigint>;
      readonly problems: readonly Problem[];
    };

export type ArrayNode = Extract<ImageNode, { kind: "array" }>;
export type GroupNode = Extract<ImageNode, { kind: "group" }>;

/** What a node is believed to be, which may save a request. */
export type NodeHint = {
  readonly expect?: "array" | "group";
  /** Optional and often absent: ask in the hierarchy's own format only. */
  readonly onlyFormat?: "own";
  /** One document is enough: an array's attributes and a group's own marker need not be asked for. */
  readonly sparing?: boolean;
};

/** Reads nodes of one store; `undefined` where there is none. Throws `StoreError` and `MetadataError`. */
export interface NodeReader {
  node(path: NodePath, hint?: NodeHint): Promise<ImageNode | undefined>;
  /** A JSON document that is no node's metadata. */
  document?(path: NodePath): Promise<JsonValue | undefined>;
  /** Groups below a path that are known without asking, maybe not all of them. */
  groupsBelow?(path: NodePath): Promise<readonly NodePath[]>;
  /** Keys that were asked for and what came of it, for words about what was tried. */
  readonly attempts?: readonly {
    readonly path: string;
    readonly outcome: string;
    readonly pageWords?: string;
  }[];
  /**
   * All elements of a small array, for numbers that metadata keep in one (N6-10). Left out where nothing can be decoded.
   * @throws Error in words
   */
  numbers?(metadata: ArrayMetadata): Promise<StoredNumbers>;
}

/** A group's OME-NGFF keys, and a log that names the place where they stand; what the parsers of `src/zarr/ome` are given. */
export function omeOf(group: GroupNode): OmeAttributes & { readonly log: ProblemLog } {
  const found = omeAttributes(group.attributes);
  return { ...found, log: problemLog(omeBlock(group, found.namespaced)) };
}

/** The block that holds a group's OME-NGFF keys, as problems name it. */
export function omeBlock(group: GroupNode, namespaced: boolean): string {
  const prefix = group.path === "" ? "" : `${group.path}/`;
  const document = group.zarrFormat === 2 ? ".zattrs#" : "zarr.json#/attributes";
  return `${prefix}${document}${namespaced ? "/ome" : ""}`;
}

/** A path as people read it: "the root" has no name of its own. */
export function shownPath(path: string): string {
  return path === "" ? "the root of the source" : `"${path}"`;
}

/** A reader that asks for as little as possible: where hundreds of nodes are known to be of one kind. */
export function sparingReader(reader: NodeReader): NodeReader {
  return { ...reader, node: (path, hint) => reader.node(path, { ...hint, sparing: true }) };
}
