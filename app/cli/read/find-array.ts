import type { ArrayMetadata } from "../../../src/zarr/array/array-metadata.ts";
import { numpyTypeOf } from "../../../src/zarr/array/stored-item.ts";
import { unsupportedCodecs } from "../../../src/zarr/codecs/registry.ts";
import { type Hierarchy, openHierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import { dimensionNamesOf } from "../../../src/zarr/image/dimension-names.ts";
import type { ImageModel } from "../../../src/zarr/image/image-model.ts";
import { notFound } from "../../../src/zarr/image/no-image-failures.ts";
import { shownPath } from "../../../src/zarr/image/node-reader.ts";
import { OpenFailureError, unsupportedCodec } from "../../../src/zarr/image/open-failure.ts";
import { openImage } from "../../../src/zarr/image/open-image.ts";
import {
  type NodePath,
  nodePath,
  PathError,
  parentPath,
} from "../../../src/zarr/store/node-path.ts";
import { UsageError } from "../exit-code.ts";
import type { Source } from "../source.ts";
import type { NamedAxis } from "./selection.ts";

/** An array that was found, and what its axes are called. */
export type FoundArray = {
  readonly metadata: ArrayMetadata;
  readonly axes: readonly NamedAxis[];
};

/**
 * The array at `path` below the source, or where an image is, that of its finest level.
 * @throws UsageError for a path that leads out of the source; whatever `failureOf` has words for
 */
export async function findArray({ store, rootName }: Source, path: string): Promise<FoundArray> {
  const hierarchy = openHierarchy(store);
  const at = pathBelow(path);
  const node = await hierarchy.node(at);
  if (node === undefined) throw new OpenFailureError(notFound(at, hierarchy.attempts));
  if (node.kind === "array") {
    const { metadata } = node;
    checkCodecs(metadata);
    return { metadata, axes: await axesOf(hierarchy, metadata) };
  }
  const { image } = await openImage(hierarchy, at, { rootName });
  return levelAsArray(image, 0);
}

function levelAsArray(image: ImageModel, index: number): FoundArray {
  const { array } = image.levels[index]!;
  const axes = image.axes.axes.map(({ name, dim }) => ({ name, size: array.shape[dim] ?? 1 }));
  return { metadata: array, axes };
}

/** As the array names them, else as the image does whose level it is, else by their place. */
async function axesOf(
  hierarchy: Hierarchy,
  metadata: ArrayMetadata,
): Promise<readonly NamedAxis[]> {
  const names = dimensionNamesOf(metadata) ?? (await namesOfImage(hierarchy, metadata));
  return metadata.shape.map((size, dim) => ({ name: names?.[dim] ?? `dim${dim}`, size }));
}

async function namesOfImage(hierarchy: Hierarchy, { path }: ArrayMetadata) {
  const parent = parentPath(path);
  if (parent === undefined) return undefined;
  try {
    const { image } = await openImage(hierarchy, parent);
    const isLevel = image.levels.some(({ array }) => array.path === path);
    return isLevel ? image.axes.axes.map(({ name }) => name) : undefined;
  } catch {
    // It need not be part of an image.
    return undefined;
  }
}

/** @throws OpenFailureError */
function checkCodecs(metadata: ArrayMetadata): void {
  // Elements of varying length come in codecs of their own; that they vary is what has to be said.
  if (numpyTypeOf(metadata) === undefined) return;
  const { codecs, path } = metadata;
  const [codec] = unsupportedCodecs(codecs);
  if (codec === undefined) return;
  throw new OpenFailureError(
    unsupportedCodec(codec, `The array at ${shownPath(path)} uses the codec "${codec}".`),
  );
}

function pathBelow(path: string): NodePath {
  try {
    return nodePath(path);
  } catch (error) {
    if (error instanceof PathError) throw new UsageError(error.message);
    throw error;
  }
}
