import type { ArrayMetadata } from "../../src/zarr/array/array-metadata.ts";
import { type Region, readRegion } from "../../src/zarr/chunks/read-region.ts";
import { openHierarchy } from "../../src/zarr/hierarchy/hierarchy.ts";
import { nodePath } from "../../src/zarr/store/node-path.ts";
import type { Store } from "../../src/zarr/store/store.ts";

/** A whole array, or the error that opening or reading it ended in. */
export type WholeArray =
  | { readonly kind: "read"; readonly metadata: ArrayMetadata; readonly region: Region }
  | { readonly kind: "refused"; readonly error: Error };

/** Opens the array at a store's root (or at `path`) and reads all of it. */
export async function readWhole(store: Store, path = ""): Promise<WholeArray> {
  try {
    const node = await openHierarchy(store).node(nodePath(path));
    if (node?.kind !== "array") throw new Error(`There is ${node?.kind ?? "nothing"}, no array.`);
    const { metadata } = node;
    const whole = metadata.shape.map((stop) => ({ start: 0, stop }));
    return { kind: "read", metadata, region: await readRegion({ store, metadata }, whole) };
  } catch (error) {
    return { kind: "refused", error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The same store as one format sees it: some folders have documents of both. */
export function onlyFormat(store: Store, format: 2 | 3): Store {
  const hidden = format === 2 ? /(^|\/)zarr\.json$/ : /(^|\/)\.z(array|attrs|group|metadata)$/;
  return {
    spec: store.spec,
    origin: store.origin,
    get: async (path, options) => (hidden.test(path) ? undefined : store.get(path, options)),
    size: async (path, options) => (hidden.test(path) ? undefined : store.size(path, options)),
  };
}
