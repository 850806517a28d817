import type { JsonValue } from "../json.ts";
import { groupKind } from "../ome/node-kind.ts";
import { isJsonObject, omeAttributes } from "../ome/ome-attributes.ts";
import { type NodePath, rootPath } from "../store/node-path.ts";
import { bioformats2rawCollection } from "./bioformats2raw-series.ts";
import { groupCollection } from "./group-images.ts";
import type { CollectionMember, ImageCollection } from "./image-collection.ts";
import type { GroupNode, NodeReader } from "./node-reader.ts";
import { isImageAt } from "./numbered-images.ts";
import { rfc8Collection } from "./rfc8-collection.ts";

/**
 * The images among which there is a choice at `path`; undefined if it is one image, an array, or nothing that has images. `rootUrl` is the
 * address of the store's root, with its "/" at the end.
 * @throws what the reader throws for the node at `path`; members that cannot be read are members all the same
 */
export async function findCollection(
  reader: NodeReader,
  path: NodePath = rootPath,
  rootUrl?: string,
): Promise<ImageCollection | undefined> {
  const node = await reader.node(path);
  if (node?.kind !== "group") return undefined;
  const kind = groupKind(node.attributes);
  switch (kind.kind) {
    case "bioformats2raw": {
      const collection = await bioformats2rawCollection(reader, node);
      // Some writers mark the image itself.
      const isCollection = !kind.isImage || (await hasFirst(reader, collection));
      return isCollection ? collection : entriesCollection(node);
    }
    case "multiscales":
      return entriesCollection(node);
    case "collection":
      return rfc8Collection(reader, node, rootUrl);
    case "group":
      return groupCollection(reader, path);
    case "plate":
    case "well":
    case "scene":
    case "labels":
    case "series":
      return undefined;
  }
}

async function hasFirst(reader: NodeReader, { path, members }: ImageCollection): Promise<boolean> {
  const place = members[0]?.place;
  return (
    place?.kind === "node" &&
    isImageAt(reader, path, place.path.slice(path === "" ? 0 : path.length + 1))
  );
}

/** Several entries of `multiscales` (N4-20): each is an image of its own. */
function entriesCollection({ path, attributes }: GroupNode): ImageCollection | undefined {
  const { multiscales } = omeAttributes(attributes).ome;
  if (!Array.isArray(multiscales) || multiscales.length < 2) return undefined;
  const members = multiscales.slice(0, maxEntries).flatMap((value, entry): CollectionMember[] => {
    if (!hasLevels(value)) return [];
    const name = isJsonObject(value) && typeof value.name === "string" ? value.name : undefined;
    return [{ place: { kind: "node", path, entry }, name: name || undefined, isLabel: false }];
  });
  if (members.length < 2) return undefined;
  return { kind: "multiscales", path, members, isOpenEnded: false, problems: [] };
}

const maxEntries = 100;

function hasLevels(value: JsonValue): boolean {
  return isJsonObject(value) && Array.isArray(value.datasets) && value.datasets.length > 0;
}
