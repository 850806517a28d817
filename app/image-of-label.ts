import { isLabelGroup, labelImageOf } from "../src/zarr/image/label-image.ts";
import { openFailureOf } from "../src/zarr/image/open-failure.ts";
import { shortText } from "../src/zarr/ome/problem-log.ts";
import { urlBelow, urlForPeople } from "../src/zarr/store/http-root.ts";
import {
  baseName,
  type NodePath,
  nodePath,
  PathError,
  resolveWithin,
  rootPath,
  segmentsOf,
} from "../src/zarr/store/node-path.ts";
import type { OwnLabel } from "./label-set.ts";
import type { OpenSource } from "./open-source.ts";
import type { OpenedPlate } from "./plate/open-plate.ts";
import type { OpenedImage } from "./source-images.ts";

/** Address of the image that labels belong to, and what the labels are called there. */
export type ImageAddress = { readonly url: string; readonly labelName: string };

/**
 * The image of labels whose own address was opened (N4-51). `sourceImage` comes from the labels' metadata: it may lead above the address
 * that was given, but never to another origin. undefined if it leads nowhere.
 */
export function imageOfLabel(labelUrl: string, sourceImage: string): ImageAddress | undefined {
  const { origin, pathname, search } = new URL(labelUrl);
  try {
    const label = nodePath(pathname.split("/").map(decodeURIComponent).join("/"));
    const image = imagePath(label, sourceImage);
    if (image === label) return undefined;
    const group = image === "" ? "labels/" : `${image}/labels/`;
    const labelName = label.startsWith(group) ? label.slice(group.length) : baseName(label);
    return { url: urlBelow({ kind: "http", root: `${origin}/`, search }, image), labelName };
  } catch (error) {
    if (error instanceof PathError || error instanceof URIError) return undefined;
    throw error;
  }
}

/** "../../" of nested labels ("labels/a/b") leads into the group "labels", where no image is: then it is what holds that group. */
function imagePath(label: NodePath, sourceImage: string): NodePath {
  const stated = resolveWithin(label, sourceImage);
  const segments = segmentsOf(label);
  const at = segments.slice(0, -1).lastIndexOf("labels");
  const group = segments.slice(0, at + 1).join("/");
  const isInGroup = at >= 0 && `${stated}/`.startsWith(`${group}/`);
  return isInGroup ? nodePath(segments.slice(0, at).join("/")) : stated;
}

/**
 * If a source is a label image that was opened by its own address, its image with the labels over it; the labels alone where their image
 * cannot be opened.
 */
export async function withImageOfLabel(
  url: string,
  image: OpenedImage | OpenedPlate,
  open: (url: string) => Promise<OpenSource>,
): Promise<OpenedImage | OpenedPlate> {
  if (!("opened" in image)) return image;
  const { opened } = image;
  const { reader, path } = opened;
  const isNamed = path === rootPath && isLabelGroup(opened.image.attributes, decodedPath(url));
  const group = isNamed ? await reader.node(path, { expect: "group" }) : undefined;
  if (group?.kind !== "group") return image;
  // Any image may lie in a folder of that name: then it is a label image only if there is an image to lie over.
  const isStated = isLabelGroup(opened.image.attributes, "");
  const label = await labelImageOf(reader, group, opened.image.name);
  const address = imageOfLabel(url, label.sourceImage);
  const own: OwnLabel = { name: address?.labelName ?? opened.image.name, source: opened, label };
  const noted = (notice: string) => ({ ...image, own, notices: [notice, ...image.notices] });
  if (!address && !isStated) return image;
  if (!address) return noted("These are labels; their metadata name no image that they belong to.");
  const shown = urlForPeople(address.url);
  try {
    const beneath = await open(address.url);
    // As an image of its own nobody shows it any more; it can still be read.
    opened.dispose();
    const name = shortText(own.name, 60);
    return {
      ...noted(`These are the labels “${name}” of ${shown}, which lies beneath.`),
      opened: beneath,
    };
  } catch (error) {
    if (!isStated) return image;
    const { title } = openFailureOf(error);
    return noted(`These are labels; their image ${shown} could not be opened. ${title}`);
  }
}

function decodedPath(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname).replace(/\/+$/, "");
  } catch {
    return pathname;
  }
}
