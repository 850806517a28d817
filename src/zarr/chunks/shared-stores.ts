import type { Store, StoreSpec } from "../store/store.ts";

/** One store for all arrays of a source: what it learns of its server serves all of them, and what it keeps is kept once. */
export class SharedStores {
  readonly #open: (spec: StoreSpec) => Store;
  readonly #stores = new Map<string, { readonly store: Store; users: number }>();

  constructor(open: (spec: StoreSpec) => Store) {
    this.#open = open;
  }

  acquire(spec: StoreSpec): Store {
    const key = keyOf(spec);
    if (key === undefined) return this.#open(spec);
    const known = this.#stores.get(key) ?? { store: this.#open(spec), users: 0 };
    known.users++;
    this.#stores.set(key, known);
    return known.store;
  }

  /** One array fewer reads from the store; the last one closes it. */
  release(spec: StoreSpec): void {
    const key = keyOf(spec);
    const known = key === undefined ? undefined : this.#stores.get(key);
    if (key === undefined || known === undefined) return;
    known.users--;
    if (known.users === 0) this.#stores.delete(key);
  }
}

/** Memory stores keep nothing and learn nothing. */
function keyOf(spec: StoreSpec): string | undefined {
  if (spec.kind !== "http") return undefined;
  const { root, search, authorization, unchangedSince, revalidate } = spec;
  return JSON.stringify([root, search, authorization, unchangedSince, revalidate]);
}
