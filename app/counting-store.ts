import type { Store } from "../src/zarr/store/store.ts";

/** What the metadata of a source cost. */
export type StoreCosts = { requests: number; bytes: number };

/** The same store, with its requests and bytes added to `costs`. */
export function countingStore(store: Store, costs: StoreCosts): Store {
  return {
    spec: store.spec,
    origin: store.origin,
    async get(path, options) {
      costs.requests++;
      const object = await store.get(path, options);
      costs.bytes += object?.transferredBytes ?? 0;
      return object;
    },
    size(path, options) {
      costs.requests++;
      return store.size(path, options);
    },
  };
}
