import type { JsonObject, JsonValue } from "../json.ts";
import {
  type CollectionNode,
  multiscaleBlock,
  parseCollectionNode,
} from "../ome/collection-node.ts";
import { isJsonObject, omeAttributes } from "../ome/ome-attributes.ts";
import { type ProblemLog, problemLog, shortText } from "../ome/problem-log.ts";
import type { Problem } from "../problem.ts";
import {
  type NodePath,
  PathError,
  parentPath,
  resolveWithin,
  rootPath,
} from "../store/node-path.ts";
import {
  type CollectionMember,
  type ImageCollection,
  type MemberPlace,
  maxMembers,
} from "./image-collection.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";

/** Documents that a collection leads to, one after another and in all (N8-05). */
const maxDocumentDepth = 6;
const maxDocuments = 64;

/** Where an RFC-8 document came from. */
type Origin = {
  /** Paths in it are relative to this group. */
  readonly base: NodePath;
  /** Address of the store's root, with its "/" at the end, to know one's own absolute addresses by; undefined: none are. */
  readonly rootUrl: string | undefined;
};

/** The images of an RFC-8 collection in a group's metadata (a draft of OME-NGFF; N8-01 to N8-05). */
export async function rfc8Collection(
  reader: NodeReader,
  group: GroupNode,
  rootUrl: string | undefined,
): Promise<ImageCollection | undefined> {
  const { ome, log } = omeOf(group);
  return collect(reader, ome, { base: group.path, rootUrl }, group.path, log);
}

/** The images of a stand-alone document (N8-04). undefined: it holds no collection. */
export async function rfc8Document(
  reader: NodeReader,
  path: NodePath,
  rootUrl: string | undefined,
): Promise<ImageCollection | undefined> {
  const value = await reader.document?.(path);
  if (!isJsonObject(value) || !isJsonObject(value.ome)) return undefined;
  const base = parentPath(path) ?? rootPath;
  return collect(reader, value.ome, { base, rootUrl }, path, problemLog(`${path}#/ome`));
}

async function collect(
  reader: NodeReader,
  ome: JsonValue,
  origin: Origin,
  path: NodePath,
  log: ProblemLog,
): Promise<ImageCollection | undefined> {
  log.info("N8-01", "", "metadata of a released OME-NGFF", "an RFC-8 collection, which is a draft");
  const root = parseCollectionNode(ome, "", log);
  if (!root) return undefined;
  const walk = new CollectionWalk(reader, log);
  await walk.visit(root, origin, new Set([path]));
  const { members, problems } = walk;
  if (members.length === 0) return undefined;
  return { kind: "rfc8", path, members, isOpenEnded: false, problems };
}

/** Gathers the images of one collection; each document is read once, and none that leads back to itself. */
class CollectionWalk {
  readonly members: CollectionMember[] = [];
  readonly #reader: NodeReader;
  readonly #log: ProblemLog;
  readonly #logs: ProblemLog[];
  #documents = 0;

  constructor(reader: NodeReader, log: ProblemLog) {
    this.#reader = reader;
    this.#log = log;
    this.#logs = [log];
  }

  get problems(): readonly Problem[] {
    return this.#logs.flatMap((log) => log.problems);
  }

  /** @param way the documents through which this one was reached */
  async visit(node: CollectionNode, origin: Origin, way: ReadonlySet<NodePath>): Promise<void> {
    if (this.members.length >= maxMembers) return;
    switch (node.type) {
      case "collection":
        return this.#visitCollection(node, origin, way);
      case "multiscale":
      case "singlescale":
        return this.#addImage(node, origin);
      default:
        // Somebody else's (N8-05).
        this.#log.info("N8-05", "", "types that are known", node.type);
    }
  }

  async #visitCollection(
    { content, name }: CollectionNode,
    origin: Origin,
    way: ReadonlySet<NodePath>,
  ): Promise<void> {
    if (content.kind === "none") return;
    if (content.kind === "nodes") {
      for (const child of content.nodes) await this.visit(child, origin, way);
      return;
    }
    const place = placeOf(content.path, origin);
    if (place.kind !== "node") {
      this.members.push({ place, name, isLabel: false });
      return;
    }
    const { path } = place;
    const refused = this.#refusal(path, way);
    if (refused !== undefined) {
      this.#log.warn("N8-05", "", refused, path);
      return;
    }
    this.#documents++;
    const base = content.target === "json" ? (parentPath(path) ?? rootPath) : path;
    const root = await this.#read(path, content.target);
    if (root) await this.visit(root, { ...origin, base }, new Set([...way, path]));
  }

  #refusal(path: NodePath, way: ReadonlySet<NodePath>): string | undefined {
    if (way.has(path)) return "collections that do not lead back to themselves";
    if (way.size > maxDocumentDepth) return `collections at most ${maxDocumentDepth} deep`;
    if (this.#documents >= maxDocuments) return `at most ${maxDocuments} documents`;
    return undefined;
  }

  /** A collection elsewhere; one that cannot be read takes nothing else down. */
  async #read(path: NodePath, target: "zarr" | "json"): Promise<CollectionNode | undefined> {
    try {
      const ome =
        target === "json" ? await this.#documentBlock(path) : await this.#groupBlock(path);
      if (ome) return parseCollectionNode(ome, "", this.#logOf(path));
      this.#log.warn("N8-01", "", `a collection at ${shownPath(path)}`, "none");
    } catch (error) {
      const received = error instanceof Error ? error.message : String(error);
      this.#log.warn("N8-01", "", `a collection at ${shownPath(path)}`, received);
    }
    return undefined;
  }

  /** A log of its own for each document, so that problems name the right one. */
  #logOf(path: NodePath): ProblemLog {
    const log = problemLog(`${path}#/ome`);
    this.#logs.push(log);
    return log;
  }

  async #documentBlock(path: NodePath): Promise<JsonObject | undefined> {
    const value = await this.#reader.document?.(path);
    return isJsonObject(value) && isJsonObject(value.ome) ? value.ome : undefined;
  }

  async #groupBlock(path: NodePath): Promise<JsonObject | undefined> {
    const node = await this.#reader.node(path, { expect: "group" });
    return node?.kind === "group" ? omeAttributes(node.attributes).ome : undefined;
  }

  #addImage(node: CollectionNode, origin: Origin): void {
    const { content, name, attributes } = node;
    const isLabel = isJsonObject(attributes.labels);
    if (content.kind === "path") {
      this.members.push({ place: placeOf(content.path, origin), name, isLabel });
      return;
    }
    const block = multiscaleBlock(node);
    if (!block) {
      this.#log.warn("N8-02", "", "a multiscale with levels", name ?? "one without a name");
      return;
    }
    const place = { kind: "inline", base: origin.base, attributes: { ome: block } } as const;
    this.members.push({ place, name, isLabel });
  }
}

/** Where a path of the document leads. Other servers and files of the reader's machine are never asked (N8-05). */
function placeOf(stated: string, { base, rootUrl }: Origin): MemberPlace {
  const refused = (reason: string): MemberPlace => {
    return { kind: "refused", named: shortText(stated, 300), reason };
  };
  if (/^file:/i.test(stated))
    return refused("It is a file of the computer on which it was written.");
  try {
    if (/^https?:/i.test(stated)) {
      const url = new URL(stated);
      const isOwn = rootUrl !== undefined && url.href.startsWith(rootUrl) && url.search === "";
      if (!isOwn) return refused("It lies outside this source. Open it by its own address.");
      const path = resolveWithin(rootPath, decodeURIComponent(url.href.slice(rootUrl.length)));
      return { kind: "node", path, entry: 0 };
    }
    return { kind: "node", path: resolveWithin(base, stated), entry: 0 };
  } catch (error) {
    return refused(error instanceof PathError ? error.message : "It is no path.");
  }
}
