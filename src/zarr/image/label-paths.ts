import { groupKind } from "../ome/node-kind.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";
import type { NodeReader } from "./node-reader.ts";

const maxLabels = 1000;

/**
 * Paths, below the image's group, of the label images that its `labels` group lists (N4-50, N5-05). Optional: whatever goes wrong
 * there, the image opens without labels.
 */
export async function labelPaths(reader: NodeReader, image: NodePath): Promise<readonly string[]> {
  try {
    const labels = joinPath(image, "labels");
    const node = await reader.node(labels, { expect: "group" });
    if (node?.kind !== "group") return [];
    const kind = groupKind(node.attributes);
    if (kind.kind !== "labels") return [];
    return kind.paths.slice(0, maxLabels).flatMap((path) => {
      try {
        return [joinPath(labels, path).slice(image === "" ? 0 : image.length + 1)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
