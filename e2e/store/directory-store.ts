import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import type { NodePath } from "../../src/zarr/store/node-path.ts";
import type {
  ByteRange,
  Store,
  StoreObject,
  StoreReadOptions,
  StoreSpec,
} from "../../src/zarr/store/store.ts";
import { StoreError } from "../../src/zarr/store/store-error.ts";

/**
 * Files below a folder of this machine's disk, for tests in Node. No worker can rebuild it: give the reader a function
 * that returns this very store.
 */
export class DirectoryStore implements Store {
  readonly spec: StoreSpec;
  readonly origin: string;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.origin = `directory:${root}`;
    this.spec = { kind: "memory", name: this.origin, entries: new Map() };
  }

  async get(path: NodePath, options: StoreReadOptions = {}): Promise<StoreObject | undefined> {
    options.signal?.throwIfAborted();
    const totalBytes = await this.size(path);
    if (totalBytes === undefined) return undefined;
    const { offset, length } = resolveRange(options.range, totalBytes);
    const url = `${this.origin}/${path}`;
    if (offset + length > totalBytes) {
      throw new StoreError("range", `The file ends before the range that was asked for.`, { url });
    }
    if (length > (options.maxBytes ?? Number.POSITIVE_INFINITY)) {
      throw new StoreError("too-large", `The file has ${totalBytes} bytes.`, { url });
    }
    const bytes = new Uint8Array(length);
    const file = await open(join(this.#root, path));
    try {
      await file.read(bytes, 0, length, offset);
    } finally {
      await file.close();
    }
    return { bytes, totalBytes, transferredBytes: length, protocol: undefined };
  }

  async size(path: NodePath): Promise<number | undefined> {
    const stats = await stat(join(this.#root, path)).catch(() => undefined);
    return stats?.isFile() ? stats.size : undefined;
  }
}

function resolveRange(range: ByteRange | undefined, totalBytes: number) {
  if (range === undefined) return { offset: 0, length: totalBytes };
  if ("offset" in range) return range;
  const length = Math.min(range.suffixLength, totalBytes);
  return { offset: totalBytes - length, length };
}
