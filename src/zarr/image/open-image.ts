import { groupKind } from "../ome/node-kind.ts";
import { parseWell } from "../ome/well.ts";
import type { Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-rules.ts";
import { joinPath, type NodePath, PathError, rootPath } from "../store/node-path.ts";
import { findCollection } from "./find-collection.ts";
import type { ImageCollection } from "./image-collection.ts";
import { imageFromMultiscales } from "./image-from-multiscales.ts";
import type { ImageModel } from "./image-model.ts";
import { imageOfEntry } from "./multiscales-entry.ts";
import { emptyWell, listOfImages, noImage, notFound, plateFailure } from "./no-image-failures.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";
import { OpenFailureError, refusedPath } from "./open-failure.ts";
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

/** How far opening has come: groups that led to other groups, and what was found on the way. */
type Way = {
  readonly rootName: string;
  readonly steps: number;
  readonly problems: readonly Problem[];
};

/** Groups that lead to other groups are followed this far: bioformats2raw → well → image. */
const maxSteps = 4;

/**
 * Opens what lies at `path` as an image: a multiscale, a scene of several, the first image of a collection or of a well, or a plain array. `findCollection`
 * tells which images there are to choose from, `openMember` opens any of them.
 *
 * @example const { image } = await openImage(hierarchy);
 * @throws OpenFailureError in words for people; `StoreError` and `MetadataError` of the reader pass through
 * (`openFailureOf` has words for them too).
 */
export async function openImage(
  reader: NodeReader,
  path: NodePath = rootPath,
  { rootName = "image" }: OpenImageOptions = {},
): Promise<OpenedSource> {
  return open(reader, path, { rootName, steps: 0, problems: [] });
}

/**
 * Opens one image of a collection; `index` is its position in `members`.
 * @throws as `openImage`; RangeError if there is no such member
 */
export async function openMember(
  reader: NodeReader,
  collection: ImageCollection,
  index: number,
  { rootName = "image" }: OpenImageOptions = {},
): Promise<OpenedSource> {
  const { problems } = collection;
  return memberOf(reader, collection, index, { rootName, steps: 1, problems });
}

async function open(reader: NodeReader, path: NodePath, way: Way): Promise<OpenedSource> {
  const node = await reader.node(path);
  if (node === undefined) throw new OpenFailureError(notFound(path, reader.attempts));
  if (node.kind === "array") return opened(imageFromArray(node, way.rootName), path, way);
  if (way.steps > maxSteps) throw new OpenFailureError(noImage(path));
  const kind = groupKind(node.attributes);
  switch (kind.kind) {
    case "multiscales":
      return opened(await imageFromMultiscales(reader, node, way.rootName), path, way);
    case "bioformats2raw":
    case "collection":
    case "group":
      return openGroup(reader, node, way);
    case "well": {
      const { ome, namespaced, log } = omeOf(node);
      const images = parseWell(ome, namespaced, log)?.images ?? [];
      const [first] = images;
      if (first === undefined) throw new OpenFailureError(emptyWell(path));
      const expected = `one field; the first of ${images.length} is shown`;
      const note = notice("N4-67", path, expected, "a well");
      return open(reader, follow(path, first.path), further(way, [note, ...log.problems]));
    }
    case "plate":
      throw new OpenFailureError(await plateFailure(reader, node));
    case "labels":
    case "series":
      throw new OpenFailureError(listOfImages(node, kind.kind));
    case "scene": {
      // Few images are scenes: what lays them out comes when it is needed.
      const { imageFromScene } = await import("./image-from-scene.ts");
      return opened(await imageFromScene(reader, node, way.rootName), path, way);
    }
  }
}

/** The first image of a group that holds several, or itself where it is only marked as one. */
async function openGroup(reader: NodeReader, group: GroupNode, way: Way): Promise<OpenedSource> {
  const { path } = group;
  const collection = await findCollection(reader, path);
  if (collection && collection.kind !== "multiscales") {
    const problems = [noteOfFirst(collection), ...collection.problems];
    return memberOf(reader, collection, 0, further(way, problems));
  }
  if (groupKind(group.attributes).kind === "bioformats2raw") {
    return opened(await imageFromMultiscales(reader, group, way.rootName), path, way);
  }
  const child = await childAt(reader, path, "0");
  throw new OpenFailureError(noImage(path, child?.kind === "array" ? "0" : undefined));
}

async function memberOf(
  reader: NodeReader,
  { members }: ImageCollection,
  index: number,
  way: Way,
): Promise<OpenedSource> {
  const member = members[index];
  if (!member) throw new RangeError(`There is no image ${index} among ${members.length}.`);
  const { place } = member;
  switch (place.kind) {
    case "refused":
      throw new OpenFailureError(refusedPath(`It names "${place.named}". ${place.reason}`));
    case "inline": {
      const { base: path, attributes } = place;
      const group = { kind: "group", zarrFormat: 3, path, attributes, problems: [] } as const;
      const name = member.name ?? way.rootName;
      return opened(await imageFromMultiscales(reader, group, name), path, way);
    }
    case "node": {
      const { path, entry } = place;
      const node = entry > 0 ? await reader.node(path) : undefined;
      if (node?.kind !== "group") return open(reader, path, way);
      return opened(await imageOfEntry(reader, node, entry, way.rootName), path, way);
    }
  }
}

function further(way: Way, problems: readonly Problem[]): Way {
  return { ...way, steps: way.steps + 1, problems: [...way.problems, ...problems] };
}

/** What lies there, if it can be read: for guesses, which may go wrong. */
async function childAt(reader: NodeReader, base: NodePath, relative: string) {
  try {
    return await reader.node(joinPath(base, relative));
  } catch {
    return undefined;
  }
}

function opened(image: ImageModel, path: NodePath, { problems }: Way): OpenedSource {
  return { kind: "image", path, image: { ...image, problems: [...problems, ...image.problems] } };
}

/** @throws OpenFailureError if metadata name a path that leads out of the store */
function follow(base: NodePath, relative: string): NodePath {
  try {
    return joinPath(base, relative);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    const failure = refusedPath(`At ${shownPath(base)}: ${error.message}`);
    throw new OpenFailureError(failure, { cause: error });
  }
}

/** N4-73: a reader tells that there is more than the image it shows. */
function noteOfFirst({ kind, path, members, isOpenEnded }: ImageCollection): Problem {
  const place = members[0]?.place;
  const shown = place?.kind === "node" ? place.path.slice(path === "" ? 0 : path.length + 1) : "0";
  const count = isOpenEnded ? "an unknown number of images" : imageCount(members.length);
  switch (kind) {
    case "bioformats2raw":
      return notice(
        "N4-73",
        path,
        `one image; "${shown}" is shown`,
        `a collection of ${count}`,
        "/bioformats2raw.layout",
      );
    case "group":
      return notice(
        "N4-76",
        path,
        `metadata of an image; the image "${shown}" inside is shown`,
        isOpenEnded ? "a group without any" : `a group of ${count}`,
      );
    case "rfc8":
    case "multiscales":
      return notice("N8-01", path, "one image; the first is shown", `a collection of ${count}`);
  }
}

function imageCount(count: number): string {
  return count === 1 ? "one image" : `${count} images`;
}

function notice(
  code: ProblemCode,
  path: NodePath,
  expected: string,
  received: string,
  pointer = "",
): Problem {
  return { code, severity: "info", path: `${path}#${pointer}`, expected, received };
}
