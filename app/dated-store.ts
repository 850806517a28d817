import type { Store, StoreSpec } from "../src/zarr/store/store.ts";

/**
 * The same store, whose spec says from when on nothing should have changed: the moment it was opened. Not so where its metadata seem to be
 * younger than that: then the server's clock is another one, or it dates its answers anew each time.
 */
export function datedStore(store: Store, openedAtMs: number = Date.now()): Store {
  let newestMs: number | undefined;
  let dated: StoreSpec | undefined;
  return {
    get spec() {
      if (newestMs === undefined || store.spec.kind !== "http") return store.spec;
      // Once for all that is read from here: what changes later must not be taken for the beginning.
      dated ??= newestMs > openedAtMs ? store.spec : { ...store.spec, unchangedSince: openedAtMs };
      return dated;
    },
    origin: store.origin,
    async get(path, options) {
      const object = await store.get(path, options);
      const modifiedMs = object?.version?.modifiedMs;
      if (modifiedMs !== undefined) newestMs = Math.max(newestMs ?? modifiedMs, modifiedMs);
      return object;
    },
    size: (path, options) => store.size(path, options),
  };
}
