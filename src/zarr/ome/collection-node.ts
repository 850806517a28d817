import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";

/** A node of an RFC-8 document (a draft; N8-01). */
export type CollectionNode = {
  /** "collection", "multiscale", "singlescale", or a name of somebody else's. */
  readonly type: string;
  readonly name: string | undefined;
  readonly attributes: JsonObject;
  readonly content: NodeContent;
};

export type NodeContent =
  | { readonly kind: "nodes"; readonly nodes: readonly CollectionNode[] }
  /** Elsewhere: a Zarr node, or a JSON document (N8-04). As stated, not yet checked. */
  | { readonly kind: "path"; readonly target: "zarr" | "json"; readonly path: string }
  | { readonly kind: "none" };

/** Nodes inside nodes of one document, and nodes in all of it (N8-05). */
const maxDepth = 16;
const maxNodes = 10_000;

/** Reads the node that an `ome` block is. `pointer` is where it stands in the document. undefined: it is no node. */
export function parseCollectionNode(
  ome: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): CollectionNode | undefined {
  let left = maxNodes;

  function parse(
    value: JsonValue | undefined,
    at: string,
    depth: number,
  ): CollectionNode | undefined {
    if (!isJsonObject(value) || typeof value.type !== "string") {
      log.warn("N8-01", at, "a node with a type", value);
      return undefined;
    }
    const { type, name, attributes } = value;
    return {
      type,
      name: typeof name === "string" && name !== "" ? name : undefined,
      attributes: isJsonObject(attributes) ? attributes : {},
      content: contentOf(value, at, depth),
    };
  }

  function contentOf({ nodes, path }: JsonObject, at: string, depth: number): NodeContent {
    if (path !== undefined) {
      if (nodes !== undefined)
        log.warn("N8-01", at, "either nodes or a path", "both; the nodes count");
      else return pathContent(path, `${at}/path`, log);
    }
    if (!Array.isArray(nodes)) return { kind: "none" };
    if (depth >= maxDepth) {
      log.warn("N8-05", `${at}/nodes`, `nodes at most ${maxDepth} deep`, "more; they are left out");
      return { kind: "none" };
    }
    const children: CollectionNode[] = [];
    for (const [index, node] of nodes.entries()) {
      if (left <= 0) {
        log.warn("N8-05", `${at}/nodes`, `at most ${maxNodes} nodes`, "more; the rest is left out");
        break;
      }
      left--;
      const child = parse(node, `${at}/nodes/${index}`, depth + 1);
      if (child) children.push(child);
    }
    return { kind: "nodes", nodes: children };
  }

  return parse(ome, pointer, 0);
}

/** `{ type, path }`, or only the path, which earlier drafts have. */
function pathContent(path: JsonValue, pointer: string, log: ProblemLog): NodeContent {
  const stated = isJsonObject(path) ? path.path : path;
  if (typeof stated !== "string" || stated === "" || stated.length > 2048) {
    log.warn("N8-01", pointer, "a path", path);
    return { kind: "none" };
  }
  const isJson = isJsonObject(path) ? path.type === "json" : /\.json$/i.test(stated);
  return { kind: "path", target: isJson ? "json" : "zarr", path: stated };
}

/** A multiscale that the collection describes itself, as an `ome` block of OME-NGFF 0.6 (N8-02). undefined: no level can be read. */
export function multiscaleBlock({
  name,
  attributes,
  content,
}: CollectionNode): JsonObject | undefined {
  if (content.kind !== "nodes") return undefined;
  const datasets = content.nodes.flatMap((level): JsonObject[] => {
    if (level.type !== "singlescale" || level.content.kind !== "path") return [];
    const { coordinateTransformations } = level.attributes;
    return [
      {
        path: level.content.path,
        ...(coordinateTransformations === undefined ? {} : { coordinateTransformations }),
      },
    ];
  });
  if (datasets.length === 0) return undefined;
  const { coordinateSystems, omero } = attributes;
  return {
    version: "0.6",
    multiscales: [
      {
        ...(name === undefined ? {} : { name }),
        ...(coordinateSystems === undefined ? {} : { coordinateSystems }),
        datasets,
      },
    ],
    ...(omero === undefined ? {} : { omero }),
  };
}
