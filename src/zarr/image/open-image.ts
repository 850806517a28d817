import { groupKind } from "../ome/node-kind.ts";
import { parseWell } from "../ome/well.ts";
import type { Problem } from "../problem.ts";
import { joinPath, type NodePath, PathError, rootPath } from "../store/node-path.ts";
import { bioformats2rawSeries } from "./bioformats2raw-series.ts";
import { imageFromMultiscales } from "./image-from-multiscales.ts";
import type { ImageModel } from "./image-model.ts";
import {
  emptyWell,
  listOfImages,
  noImage,
  notFound,
  notReadYet,
  plateFailure,
} from "./no-image-failures.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";
import { OpenFailureError } from "./open-failure.ts";
import { imageFromArray } from "./plain-array.ts";

/** What a source turned out to be. `path` is that of the node which is shown, maybe below the one that was asked for. */
export type OpenedSource = {
  readonly kind: "image";
  readonly image: ImageModel;
  readonly path: NodePath;
};

export type OpenImageOptions = {
  /** Name of an image at the root that has none of its own: the last segment of the source's address. */
  readonly rootName?: string;
};

/** Groups that lead to other groups are followed this far: bioformats2raw → well → image. */
const maxSteps = 4;

/**
 * Opens what lies at `path` as an image: a multiscale of OME-NGFF 0.4 or 0.5, the first image of a bioformats2raw collection or
 * of a well, or a plain array.
 *
 * @example const { image } = await openImage(hierarchy);
 * @throws OpenFailureError in words for people; `StoreError` and `MetadataError` of the reader pass through
 * (`openFailureOf` has words for them too).
 */
export async function openImage(
  reader: NodeReader,
  path: NodePath = rootPath,
  options: OpenImageOptions = {},
): Promise<OpenedSource> {
  return open(reader, path, options.rootName ?? "image", []);
}

async function open(
  reader: NodeReader,
  path: NodePath,
  rootName: string,
  way: readonly Problem[],
): Promise<OpenedSource> {
  const node = await reader.node(path);
  if (node === undefined) throw new OpenFailureError(notFound(path, reader.attempts));
  if (node.kind === "array") return opened(imageFromArray(node, rootName), path, way);
  const kind = groupKind(node.attributes);
  const goOn = async (relative: string, problems: readonly Problem[]) => {
    if (way.length >= maxSteps) throw new OpenFailureError(noImage(path));
    return open(reader, follow(path, relative), rootName, [...way, ...problems]);
  };
  switch (kind.kind) {
    case "multiscales":
      return opened(await imageFromMultiscales(reader, node, rootName), path, way);
    case "bioformats2raw": {
      const series = await bioformats2rawSeries(reader, path);
      if (kind.isImage && !(await isImage(reader, path, series.first))) {
        return opened(await imageFromMultiscales(reader, node, rootName), path, way);
      }
      return goOn(series.first, [series.problem]);
    }
    case "well": {
      const { ome, namespaced, log } = omeOf(node);
      const images = parseWell(ome, namespaced, log)?.images ?? [];
      const [first] = images;
      if (first === undefined) throw new OpenFailureError(emptyWell(path));
      const expected = `one field; the first of ${images.length} is shown`;
      return goOn(first.path, [notice("N4-67", path, expected, "a well"), ...log.problems]);
    }
    case "plate":
      throw new OpenFailureError(await plateFailure(reader, node));
    case "labels":
    case "series":
      throw new OpenFailureError(listOfImages(node, kind.kind));
    case "collection":
    case "scene":
      throw new OpenFailureError(notReadYet(path, kind.kind));
    case "group":
      return openPlainGroup(reader, node, goOn);
  }
}

/** A group that says nothing: bioformats2raw's image "0" may be in it all the same (N4-76). */
async function openPlainGroup(
  reader: NodeReader,
  group: GroupNode,
  goOn: (relative: string, problems: readonly Problem[]) => Promise<OpenedSource>,
): Promise<OpenedSource> {
  if (await isImage(reader, group.path, "0")) {
    const expected = 'metadata of an image; the image "0" inside is shown';
    return goOn("0", [notice("N4-76", group.path, expected, "a group without any")]);
  }
  const child = await childAt(reader, group.path, "0");
  throw new OpenFailureError(noImage(group.path, child?.kind === "array" ? "0" : undefined));
}

async function isImage(reader: NodeReader, base: NodePath, relative: string): Promise<boolean> {
  const child = await childAt(reader, base, relative);
  return child?.kind === "group" && groupKind(child.attributes).kind === "multiscales";
}

/** What lies there, if it can be read: for guesses, which may go wrong. */
async function childAt(reader: NodeReader, base: NodePath, relative: string) {
  try {
    return await reader.node(joinPath(base, relative));
  } catch {
    return undefined;
  }
}

function opened(image: ImageModel, path: NodePath, way: readonly Problem[]): OpenedSource {
  return { kind: "image", path, image: { ...image, problems: [...way, ...image.problems] } };
}

/** @throws OpenFailureError if metadata name a path that leads out of the store */
function follow(base: NodePath, relative: string): NodePath {
  try {
    return joinPath(base, relative);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new OpenFailureError(
      {
        code: "ZS-PATH",
        title: "The source names a path that may not be followed.",
        detail: `At ${shownPath(base)}: ${error.message}`,
        action: "Whoever wrote these data has to use paths that stay inside the Zarr.",
      },
      { cause: error },
    );
  }
}

function notice(code: string, path: NodePath, expected: string, received: string): Problem {
  return { code, severity: "info", path: `${path}#`, expected, received };
}
