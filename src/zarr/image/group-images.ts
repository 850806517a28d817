import { groupKind } from "../ome/node-kind.ts";
import { joinPath, type NodePath, segmentsOf } from "../store/node-path.ts";
import {
  type CollectionMember,
  type ImageCollection,
  maxMembers,
  memberAt,
} from "./image-collection.ts";
import type { NodeReader } from "./node-reader.ts";
import { isImageAt } from "./numbered-images.ts";

/** Nodes that are looked at; the consolidated metadata of a plate may name many more. */
const maxNodes = 20_000;

/**
 * The images below a group that says nothing itself: those of SpatialData (`images/…`, `labels/…`) and of any other hierarchy whose
 * consolidated metadata tell what is in it; else the image "0" and those after it (N4-76). undefined: none was found.
 */
export async function groupCollection(
  reader: NodeReader,
  path: NodePath,
): Promise<ImageCollection | undefined> {
  const members = await knownImages(reader, path);
  if (members.length > 0) return { kind: "group", path, members, isOpenEnded: false, problems: [] };
  if (!(await isImageAt(reader, path, "0"))) return undefined;
  const first = memberAt(joinPath(path, "0"));
  return { kind: "group", path, members: [first], isOpenEnded: true, problems: [] };
}

/** Images in the order in which the metadata name them, label images last; what lies inside an image is none. */
async function knownImages(reader: NodeReader, base: NodePath): Promise<CollectionMember[]> {
  const known = (await reader.groupsBelow?.(base)) ?? [];
  // Parents first: an image's labels and levels need not be looked at.
  const byDepth = [...known.slice(0, maxNodes).entries()].sort(
    ([a, pathA], [b, pathB]) => segmentsOf(pathA).length - segmentsOf(pathB).length || a - b,
  );
  const images = new Map<NodePath, { readonly order: number; readonly isLabel: boolean }>();
  for (const [order, path] of byDepth) {
    if (images.size >= maxMembers) break;
    if (isInside(path, images)) continue;
    const kind = await kindAt(reader, path);
    if (kind?.kind === "multiscales") images.set(path, { order, isLabel: kind.isLabel });
  }
  return [...images]
    .sort(([, a], [, b]) => Number(a.isLabel) - Number(b.isLabel) || a.order - b.order)
    .map(([path, { isLabel }]) =>
      memberAt(path, path.slice(base === "" ? 0 : base.length + 1), isLabel),
    );
}

function isInside(path: string, images: ReadonlyMap<string, unknown>): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (images.has(path.slice(0, end))) return true;
  }
  return false;
}

async function kindAt(reader: NodeReader, path: NodePath) {
  try {
    const node = await reader.node(path, { expect: "group" });
    return node?.kind === "group" ? groupKind(node.attributes) : undefined;
  } catch {
    // One bad node says nothing about the others.
    return undefined;
  }
}
