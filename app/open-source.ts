import { parseJson } from "../src/zarr/array/parse-json.ts";
import { readChunkShape } from "../src/zarr/array/read-grid.ts";
import type { ArrayHandle } from "../src/zarr/chunks/chunk-request.ts";
import { type Hierarchy, openHierarchy } from "../src/zarr/hierarchy/hierarchy.ts";
import { findCollection } from "../src/zarr/image/find-collection.ts";
import type { ImageCollection } from "../src/zarr/image/image-collection.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";
import { noCollection } from "../src/zarr/image/no-image-failures.ts";
import type { NodeReader } from "../src/zarr/image/node-reader.ts";
import { OpenFailureError } from "../src/zarr/image/open-failure.ts";
import { openImage, openMember } from "../src/zarr/image/open-image.ts";
import { rfc8Document } from "../src/zarr/image/rfc8-collection.ts";
import { lastSegment } from "../src/zarr/store/http-root.ts";
import { type NodePath, nodePath, rootPath } from "../src/zarr/store/node-path.ts";
import { openStore } from "../src/zarr/store/open-store.ts";
import type { Store } from "../src/zarr/store/store.ts";
import type { AccessVault } from "./access-vault.ts";
import { type ChunkMachinery, nextArrayId } from "./chunk-machinery.ts";
import { countingStore, type StoreCosts } from "./counting-store.ts";
import { datedStore } from "./dated-store.ts";
import { refuseMixedContent, rethrowDiagnosed } from "./diagnose-source.ts";
import { nodesWithNumbers } from "./node-numbers.ts";
import { slottedStore } from "./slotted-store.ts";
import type { SourceTrust } from "./source-trust.ts";

/** Documents longer than this are parsed in a worker. */
const inlineJsonBytes = 256 * 1024;

/** Arrays that are registered with the scheduler until `dispose`; `arrays[i]` is the handle of `image.levels[i]`. */
export type OpenArrays = { readonly arrays: readonly ArrayHandle[]; dispose(): void };

/** An image, and where it was found: what lies beside it in the same store can be read and registered too. */
export type ImageSource = {
  readonly image: ImageModel;
  readonly reader: NodeReader;
  readonly path: NodePath;
  register(image: ImageModel): OpenArrays;
};

/** An image that is open; of a scene, `parts[k]` are the arrays of its k-th image, and it has none of its own. */
export type OpenSource = ImageSource &
  OpenArrays & { readonly parts: readonly OpenArrays[]; readonly trust: SourceTrust };

/** What an address holds: its metadata, and the images among which there is a choice. */
export type Source = {
  readonly store: Store;
  readonly hierarchy: Hierarchy;
  /** The hierarchy, which also reads small arrays. */
  readonly nodes: NodeReader;
  /** undefined: there is one image at most. */
  readonly collection: ImageCollection | undefined;
  /** Name of an image at the root that has none of its own. */
  readonly rootName: string;
  /** Paths below which metadata may wait until chunks leave slots free. */
  readonly idlePaths: Set<NodePath>;
};

/**
 * Reads what is at an absolute http(s) URL: a Zarr, or an RFC-8 document (….json). Metadata only.
 * @throws whatever `openFailureOf` has words for
 */
export async function findSource(url: string, access: SourceAccess): Promise<Source> {
  refuseMixedContent(url);
  const { root, document } = splitDocument(url);
  const source = sourceAt(root, access);
  const { store, nodes } = source;
  const rootUrl = store.spec.kind === "http" ? store.spec.root : undefined;
  const finding =
    document === undefined
      ? findCollection(nodes, rootPath, rootUrl)
      : collectionInDocument(nodes, document, rootUrl);
  const collection = await finding.catch(rethrowDiagnosed);
  return { ...source, collection, rootName: lastSegment(url) };
}

/** What metadata are read with. */
export type SourceAccess = {
  readonly machinery: ChunkMachinery;
  readonly costs: StoreCosts;
  /** Ends all reading, now and later. */
  readonly signal: AbortSignal;
  /** What is shown of elements that are no plain numbers. */
  readonly part?: string | undefined;
  /** Arrays that need extensions which are not known are read all the same. */
  readonly passOverUnknown: boolean;
  /** What lets one read private addresses. */
  readonly vault: Pick<AccessVault, "specOf">;
};

/** The source at an address, of which nothing was read yet. `format`: it is known to be of this version of Zarr. */
export function sourceAt(
  url: string,
  { machinery: { pool, scheduler }, costs, signal, part, passOverUnknown, vault }: SourceAccess,
  format?: 2 | 3,
): Source {
  const idlePaths = new Set<NodePath>();
  const store = datedStore(
    slottedStore(
      countingStore(openStore(vault.specOf(url), { acceptsChanges: true }), costs),
      (origin, urgency) => scheduler.slot(origin, urgency),
      (key) => (isBelow(key, idlePaths) ? "idle" : "urgent"),
    ),
  );
  const hierarchy = openHierarchy(store, {
    parseJson: async (bytes, where) =>
      bytes.byteLength > inlineJsonBytes ? pool.parseJson(bytes, where) : parseJson(bytes, where),
    signal,
    passOverUnknown,
    ...(format === undefined ? {} : { format }),
    ...(part === undefined ? {} : { part }),
  });
  const nodes = nodesWithNumbers(hierarchy, store, scheduler);
  const rootName = lastSegment(url);
  return { store, hierarchy, nodes, collection: undefined, rootName, idlePaths };
}

function isBelow(key: NodePath, paths: ReadonlySet<NodePath>): boolean {
  for (const path of paths) if (key.startsWith(`${path}/`)) return true;
  return false;
}

/**
 * Opens one image of a source; `series` is its position in the collection, and 0 where there is none.
 * @param trust with what is wrong that is shown all the same
 * @throws whatever `openFailureOf` has words for
 */
export async function openImageOf(
  { store, nodes, rootName }: Source,
  collection: ImageCollection | undefined,
  series: number,
  scheduler: ChunkMachinery["scheduler"],
  trust: SourceTrust,
): Promise<OpenSource> {
  const options = { rootName };
  const opening = collection
    ? openMember(nodes, collection, series, options)
    : openImage(nodes, rootPath, options);
  const { image, path } = await opening.catch(rethrowDiagnosed);
  const register = ({ levels }: ImageModel): OpenArrays => {
    const arrays = levels.map(({ array }): ArrayHandle => {
      const readShape = readChunkShape(array);
      return {
        id: nextArrayId(),
        store: store.spec,
        metadata: array,
        readChunkShape: readShape,
        acceptUnverified: trust.unverified,
      };
    });
    for (const array of arrays) scheduler.register(array, store.origin);
    return {
      arrays,
      dispose: () => {
        for (const { id } of arrays) scheduler.forget(id);
      },
    };
  };
  const parts = (image.parts ?? []).map((part) => register(part.image));
  const own = image.parts ? { arrays: [], dispose: () => {} } : register(image);
  const dispose = () => {
    for (const registered of [own, ...parts]) registered.dispose();
  };
  return { image, reader: nodes, path, register, arrays: own.arrays, parts, trust, dispose };
}

/** A collection's document (N8-04) lies in a folder, to which its paths are relative; anything else is a root itself. */
function splitDocument(url: string): { readonly root: string; readonly document?: NodePath } {
  const { origin, pathname, search } = new URL(url);
  const match = /^(.*\/)([^/]+\.json)$/i.exec(pathname);
  if (match === null) return { root: url };
  const [, folder = "/", name = ""] = match;
  return { root: `${origin}${folder}${search}`, document: nodePath(decoded(name)) };
}

async function collectionInDocument(
  nodes: NodeReader,
  document: NodePath,
  rootUrl: string | undefined,
): Promise<ImageCollection> {
  const collection = await rfc8Document(nodes, document, rootUrl);
  if (!collection) throw new OpenFailureError(noCollection(document));
  return collection;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
