import type { ArrayMetadata, ChunkCoords, ChunkKeyEncoding } from "../array/array-metadata.ts";
import { chunkKey } from "../array/chunk-grid.ts";
import { joinPath } from "../store/node-path.ts";
import type { Store, StoreObject, StoreReadOptions } from "../store/store.ts";
import { StoreError } from "../store/store-error.ts";

/**
 * The stored chunks or shards of one array, by their coordinates. Where the metadata leave the separator of the keys open, both are tried
 * until the first chunk is found; from then on its separator is the array's (checklist N1-06).
 */
export class ChunkObjects {
  readonly #store: Store;
  readonly #path: ArrayMetadata["path"];
  #encoding: ChunkKeyEncoding;
  #other: ChunkKeyEncoding | undefined;

  constructor(store: Store, { path, shape, chunkKeyEncoding }: ArrayMetadata) {
    this.#store = store;
    this.#path = path;
    this.#encoding = chunkKeyEncoding;
    const { name, separator, isAssumed } = chunkKeyEncoding;
    const isOpen = isAssumed === true && shape.length > 1;
    this.#other = isOpen ? { name, separator: separator === "." ? "/" : "." } : undefined;
  }

  /** undefined: there is none. @throws StoreError */
  async get(coords: ChunkCoords, options: StoreReadOptions): Promise<StoreObject | undefined> {
    const encoding = this.#encoding;
    const other = this.#other;
    if (other === undefined) return this.#read(encoding, coords, options);
    let denial: StoreError | undefined;
    try {
      const stored = await this.#read(encoding, coords, options);
      if (stored !== undefined) return this.#settle(encoding, stored);
    } catch (error) {
      // Object stores that do not list deny what is not there.
      if (!(error instanceof StoreError) || error.kind !== "denied") throw error;
      denial = error;
    }
    const stored = await this.#read(other, coords, options);
    if (stored !== undefined) return this.#settle(other, stored);
    if (denial !== undefined) throw denial;
    return undefined;
  }

  #read(encoding: ChunkKeyEncoding, coords: ChunkCoords, options: StoreReadOptions) {
    const key = chunkKey({ chunkKeyEncoding: encoding }, coords);
    return this.#store.get(joinPath(this.#path, key), options);
  }

  #settle(encoding: ChunkKeyEncoding, stored: StoreObject): StoreObject {
    this.#encoding = encoding;
    this.#other = undefined;
    return stored;
  }
}
