import * as zarr from "zarrita";
import { nodePath } from "../../src/zarr/store/node-path.ts";
import type { Store } from "../../src/zarr/store/store.ts";

/** A whole array as zarrita reads it, as bytes in C order, or the error that it ends in. */
export type ZarritaArray =
  | { readonly kind: "read"; readonly shape: readonly number[]; readonly bytes: Uint8Array }
  /** Of an array without dimensions. */
  | { readonly kind: "value"; readonly text: string }
  /** Strings and other objects, which have no bytes of their own. */
  | { readonly kind: "objects"; readonly shape: readonly number[] }
  | { readonly kind: "refused"; readonly message: string };

/** Opens and reads the array at a store's root with zarrita. */
export async function readWithZarrita(store: Store, format: 2 | 3): Promise<ZarritaArray> {
  try {
    const location = zarr.root(readableOf(store));
    const open = format === 2 ? zarr.open.v2 : zarr.open.v3;
    const array = await open(location, { kind: "array" });
    const result = await zarr.get(array);
    if (array.shape.length === 0) return { kind: "value", text: String(result) };
    const { data, shape, stride } = result;
    if (Array.isArray(data)) return { kind: "objects", shape };
    const items = itemBytesOf(data, shape);
    return { kind: "read", shape, bytes: inOrder(items.bytes, items.itemBytes, shape, stride) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "refused", message: message.replace(/\s+/g, " ").slice(0, 160) };
  }
}

function readableOf(store: Store): zarr.AsyncReadable {
  return {
    async get(key) {
      return (await store.get(nodePath(key)))?.bytes;
    },
    async getRange(key, range) {
      return (await store.get(nodePath(key), { range }))?.bytes;
    },
  };
}

type Chunk = {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
};

function itemBytesOf(data: object, shape: readonly number[]) {
  // zarrita's arrays of bools and of text wrap a buffer of their own.
  const whole: Partial<Chunk> = "_data" in data && data._data ? (data._data as Chunk) : data;
  const { buffer, byteOffset = 0, byteLength } = whole;
  if (!buffer) throw new Error("zarrita gave no buffer.");
  const bytes = new Uint8Array(buffer, byteOffset, byteLength ?? buffer.byteLength);
  const count = shape.reduce((product, size) => product * size, 1);
  return { bytes, itemBytes: count === 0 ? 0 : bytes.byteLength / count };
}

/** zarrita keeps the chunks' own order in strides. */
function inOrder(
  bytes: Uint8Array,
  itemBytes: number,
  shape: readonly number[],
  stride: readonly number[],
): Uint8Array {
  const ordered = new Uint8Array(bytes.byteLength);
  const index = shape.map(() => 0);
  const count = itemBytes === 0 ? 0 : bytes.byteLength / itemBytes;
  for (let item = 0; item < count; item++) {
    const from = index.reduce((sum, i, dim) => sum + i * stride[dim]!, 0) * itemBytes;
    ordered.set(bytes.subarray(from, from + itemBytes), item * itemBytes);
    for (let dim = shape.length - 1; dim >= 0; dim--) {
      if (++index[dim]! < shape[dim]!) break;
      index[dim] = 0;
    }
  }
  return ordered;
}
