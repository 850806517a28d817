import { HttpStore, type HttpStoreOptions } from "./http-store.ts";
import { MemoryStore } from "./memory-store.ts";
import type { Store, StoreSpec } from "./store.ts";

/** Builds the store that a spec describes, on the page or in a worker. Nothing is read yet. Folders are read in Node only: `DirectoryStore`. */
export function openStore(spec: StoreSpec, options: HttpStoreOptions = {}): Store {
  switch (spec.kind) {
    case "http":
      return new HttpStore(spec, options);
    case "memory":
      return new MemoryStore(spec.name, spec.entries);
    case "directory":
      throw new Error(`The folder ${spec.root} can be read in Node only.`);
  }
}
