import { checkBioformats2rawLayout, parseSeries } from "../ome/series.ts";
import { joinPath, type NodePath, PathError } from "../store/node-path.ts";
import {
  type CollectionMember,
  type ImageCollection,
  maxMembers,
  memberAt,
} from "./image-collection.ts";
import { type GroupNode, type NodeReader, omeOf } from "./node-reader.ts";

/**
 * The images of a group with `bioformats2raw.layout`, in the order of `series` in the group `OME` (N4-72, N5-04), which is that of the
 * images in `OME/METADATA.ome.xml`. Without a list they are called "0", "1", …, and only "0" is in it.
 */
export async function bioformats2rawCollection(
  reader: NodeReader,
  group: GroupNode,
): Promise<ImageCollection> {
  const { path } = group;
  const { ome, namespaced, log } = omeOf(group);
  checkBioformats2rawLayout(ome, namespaced, log);
  const listed = await listedSeries(reader, path);
  const paths = listed.length > 0 ? listed.slice(0, maxMembers) : ["0"];
  return {
    kind: "bioformats2raw",
    path,
    members: paths.map((relative) => memberBelow(path, relative)),
    isOpenEnded: listed.length === 0,
    problems: log.problems,
  };
}

/** A member at a path that metadata name; refused if it leads out of the store. */
export function memberBelow(base: NodePath, relative: string): CollectionMember {
  try {
    return memberAt(joinPath(base, relative));
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    const place = { kind: "refused", named: relative, reason: error.message } as const;
    return { place, name: undefined, isLabel: false };
  }
}

async function listedSeries(reader: NodeReader, path: NodePath): Promise<readonly string[]> {
  try {
    const node = await reader.node(joinPath(path, "OME"), { expect: "group" });
    if (node?.kind !== "group") return [];
    const { ome, namespaced, log } = omeOf(node);
    return parseSeries(ome, namespaced, log) ?? [];
  } catch {
    // The list is optional; the image "0" may be there without it.
    return [];
  }
}
