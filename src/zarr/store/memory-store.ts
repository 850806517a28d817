import { sliceRange } from "./http-read.ts";
import type { NodePath } from "./node-path.ts";
import type { ByteRange, Store, StoreObject, StoreReadOptions, StoreSpec } from "./store.ts";

/** Keys and bytes in memory: built-in samples, tests, dropped files. Behaves as an `HttpStore` on a good server. */
export class MemoryStore implements Store {
  readonly spec: Extract<StoreSpec, { kind: "memory" }>;
  readonly origin: string;

  constructor(name: string, entries: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
    this.spec = { kind: "memory", name, entries };
    this.origin = name;
  }

  async get(path: NodePath, options: StoreReadOptions = {}): Promise<StoreObject | undefined> {
    options.signal?.throwIfAborted();
    const whole = this.spec.entries.get(path);
    if (whole === undefined) return undefined;
    const { maxBytes = Number.MAX_SAFE_INTEGER, range } = options;
    const all: ByteRange = range ?? { offset: 0, length: whole.byteLength };
    return {
      bytes: sliceRange(whole, all, `memory:${this.spec.name}/${path}`, maxBytes),
      totalBytes: whole.byteLength,
      transferredBytes: 0,
      protocol: undefined,
    };
  }

  async size(path: NodePath): Promise<number | undefined> {
    return this.spec.entries.get(path)?.byteLength;
  }
}
