import type { Hierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import type { ZarrNode } from "../../../src/zarr/hierarchy/zarr-node.ts";
import { joinPath, type NodePath, PathError } from "../../../src/zarr/store/node-path.ts";
import type { Source } from "../source.ts";
import { arrayInWords } from "./describe-image.ts";
import type { ReportMember, ReportMembers } from "./report.ts";

/** More folders than this are not looked into. */
const maxFolders = 1000;

/** Nodes that are read at once: each opens several files. */
const concurrency = 32;

/**
 * The groups and arrays that are known to lie below a group: of consolidated metadata all, of a folder those directly in it. A server
 * cannot be asked what it has.
 */
export async function childNodes(
  hierarchy: Hierarchy,
  { folders }: Source,
  base: NodePath,
): Promise<readonly ReportMembers[]> {
  const [groups, arrays, inFolder] = await Promise.all([
    hierarchy.groupsBelow(base),
    hierarchy.arraysBelow(base),
    folders?.(base) ?? [],
  ]);
  const paths = new Set([...groups, ...arrays]);
  for (const name of inFolder.slice(0, maxFolders)) {
    const path = childPath(base, name);
    if (path !== undefined) paths.add(path);
  }
  const items = { groups: [] as ReportMember[], arrays: [] as ReportMember[] };
  const all = [...paths].sort();
  for (let at = 0; at < all.length; at += concurrency) {
    const some = all.slice(at, at + concurrency);
    const nodes = await Promise.all(some.map((path) => nodeAt(hierarchy, path)));
    for (const [index, node] of nodes.entries()) {
      const path = some[index]!;
      if (node?.kind === "group") items.groups.push({ path, name: null, summary: null });
      if (node?.kind !== "array") continue;
      items.arrays.push({ path, name: null, summary: arrayInWords(node.metadata) });
    }
  }
  return (["groups", "arrays"] as const).flatMap((kind) =>
    items[kind].length === 0 ? [] : [{ kind, count: items[kind].length, items: items[kind] }],
  );
}

/** Nodes that cannot be read are not told of; who wants one asks for it. */
async function nodeAt(hierarchy: Hierarchy, path: NodePath): Promise<ZarrNode | undefined> {
  return hierarchy.node(path, { onlyFormat: "own" }).catch(() => undefined);
}

/** A folder's name may be none that Zarr allows. */
function childPath(base: NodePath, name: string): NodePath | undefined {
  try {
    return joinPath(base, name);
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}
