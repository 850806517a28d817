import { parseJson } from "../src/zarr/array/parse-json.ts";
import { readChunkShape } from "../src/zarr/array/read-grid.ts";
import type { ArrayHandle } from "../src/zarr/chunks/chunk-request.ts";
import { openHierarchy } from "../src/zarr/hierarchy/hierarchy.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";
import { openImage } from "../src/zarr/image/open-image.ts";
import { lastSegment } from "../src/zarr/store/http-root.ts";
import { httpStoreFromUrl } from "../src/zarr/store/http-store.ts";
import { type ChunkMachinery, nextArrayId } from "./chunk-machinery.ts";
import { countingStore, type StoreCosts } from "./counting-store.ts";
import { refuseMixedContent, rethrowDiagnosed } from "./diagnose-source.ts";
import { nodesWithNumbers } from "./node-numbers.ts";

/** Documents longer than this are parsed in a worker. */
const inlineJsonBytes = 256 * 1024;

/** An image that is open: its arrays are registered with the scheduler until `dispose`. */
export type OpenSource = {
  readonly image: ImageModel;
  /** `arrays[i]` is the handle of `image.levels[i]`. */
  readonly arrays: readonly ArrayHandle[];
  dispose(): void;
};

/**
 * Opens the image at an absolute http(s) URL. Reads metadata only.
 * @param part what is shown of elements that are no plain numbers
 * @throws whatever `openFailureOf` has words for
 */
export async function openSource(
  url: string,
  { pool, scheduler }: ChunkMachinery,
  costs: StoreCosts,
  part?: string,
): Promise<OpenSource> {
  refuseMixedContent(url);
  const store = countingStore(httpStoreFromUrl(url), costs);
  const hierarchy = openHierarchy(store, {
    ...(part === undefined ? {} : { part }),
    parseJson: async (bytes, where) =>
      bytes.byteLength > inlineJsonBytes ? pool.parseJson(bytes, where) : parseJson(bytes, where),
  });
  const nodes = nodesWithNumbers(hierarchy, store, scheduler);
  const { image } = await openImage(nodes, undefined, { rootName: lastSegment(url) }).catch(
    rethrowDiagnosed,
  );
  const arrays = image.levels.map(({ array }): ArrayHandle => {
    const readShape = readChunkShape(array);
    return { id: nextArrayId(), store: store.spec, metadata: array, readChunkShape: readShape };
  });
  for (const array of arrays) scheduler.register(array, store.origin);
  return {
    image,
    arrays,
    dispose: () => {
      for (const { id } of arrays) scheduler.forget(id);
    },
  };
}
