import { omeAttributes } from "../ome/ome-attributes.ts";
import { imageFromMultiscales } from "./image-from-multiscales.ts";
import type { ImageModel } from "./image-model.ts";
import { type GroupNode, type NodeReader, omeBlock } from "./node-reader.ts";

/**
 * The image of another entry of `multiscales` than the first (N4-20): it is read as if it stood alone, under the omero block of the group.
 * @throws OpenFailureError if there is no image that can be shown
 */
export async function imageOfEntry(
  reader: NodeReader,
  group: GroupNode,
  entry: number,
  rootName: string,
): Promise<ImageModel> {
  const { ome, namespaced } = omeAttributes(group.attributes);
  const { multiscales } = ome;
  const chosen = Array.isArray(multiscales) ? multiscales.slice(entry, entry + 1) : [];
  const alone = { ...ome, multiscales: chosen };
  const attributes = namespaced ? { ...group.attributes, ome: alone } : alone;
  const image = await imageFromMultiscales(reader, { ...group, attributes }, rootName);
  const block = `${omeBlock(group, namespaced)}/multiscales/`;
  return {
    ...image,
    attributes: group.attributes,
    // Problems name the place in the document, not in the part of it that was read.
    problems: image.problems.map((problem) =>
      problem.path.startsWith(`${block}0`)
        ? { ...problem, path: `${block}${entry}${problem.path.slice(block.length + 1)}` }
        : problem,
    ),
  };
}
