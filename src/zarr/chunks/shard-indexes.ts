import type { ChunkCoords } from "../array/array-metadata.ts";
import { chunkSpan } from "../array/chunk-axis.ts";
import { codedType } from "../array/stored-item.ts";
import { CorruptChunkError } from "../codecs/codec.ts";
import {
  checkEntry,
  decodeShardIndex,
  maxInnerBytes,
  type ShardIndex,
  type ShardLayout,
  shardIndexBytes,
} from "../codecs/sharding.ts";
import type { ObjectVersion } from "../store/object-version.ts";
import type { ByteRange, StoreObject, StoreReadOptions } from "../store/store.ts";
import { ByteLru } from "./byte-lru.ts";
import { type ReadableArray, shardLayoutAt } from "./readable-array.ts";
import type { ChunkLocation } from "./worker-protocol.ts";

type ShardedArray = Pick<ReadableArray, "id" | "metadata" | "sharding" | "shardAxes" | "readAxes">;
type ReadShard = (
  options: StoreReadOptions & { range: ByteRange },
) => Promise<StoreObject | undefined>;
type Extent = { readonly offset: number; readonly length: number | undefined };
type LoadedIndex = {
  readonly index: ShardIndex | undefined;
  readonly extent: Extent;
  readonly version?: ObjectVersion;
};

/** Shard indexes that were read, and the lookups through them; nested shards are followed to the innermost chunk. */
export class ShardIndexes {
  readonly #loaded = new ByteLru<LoadedIndex>(32 * 2 ** 20);
  /** An index under way is shared by all who ask for it; it belongs to none of them. */
  readonly #loading = new Map<string, Promise<LoadedIndex>>();

  /**
   * Places of inner chunks of one shard, null for those it does not hold (or if the whole shard is missing).
   * Throws CorruptChunkError if an index contradicts its checksum or the shard's length.
   */
  async locate(
    array: ShardedArray,
    shard: ChunkCoords,
    chunks: readonly ChunkCoords[],
    read: ReadShard,
  ): Promise<ChunkLocation[]> {
    const locations: ChunkLocation[] = [];
    for (const chunk of chunks) locations.push(await this.#locateOne(array, shard, chunk, read));
    return locations;
  }

  /** The same within a shard whose bytes are all here. */
  locateInBytes(
    array: ShardedArray,
    shard: ChunkCoords,
    chunk: ChunkCoords,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<ChunkLocation> {
    const read: ReadShard = async ({ range }) => {
      const start = "offset" in range ? range.offset : bytes.byteLength - range.suffixLength;
      const length = "offset" in range ? range.length : range.suffixLength;
      if (start < 0 || start + length > bytes.byteLength) {
        throw new CorruptChunkError(
          `the shard has ${bytes.byteLength} bytes, too few for its index`,
        );
      }
      return {
        bytes: bytes.slice(start, start + length),
        totalBytes: bytes.byteLength,
        transferredBytes: 0,
        protocol: undefined,
      };
    };
    return this.#locateOne(array, shard, chunk, read);
  }

  forget(arrayId: number): void {
    this.#loaded.deletePrefix(`${arrayId}/`);
  }

  forgetShard(arrayId: number, shard: ChunkCoords): void {
    this.#loaded.deletePrefix(`${arrayId}/${shard.join(".")}/`);
  }

  async #locateOne(
    array: ShardedArray,
    shard: ChunkCoords,
    chunk: ChunkCoords,
    read: ReadShard,
  ): Promise<ChunkLocation> {
    let layout = shardLayoutAt(array, shard);
    let extent: Extent = { offset: 0, length: undefined };
    let key = `${array.id}/${shard.join(".")}/`;
    let version: ObjectVersion | undefined;
    // Element coordinates of the wanted chunk within the shard.
    const first = chunk.map((coordinate, dim) => {
      const shardStart = chunkSpan(array.shardAxes[dim]!, shard[dim]!).start;
      return chunkSpan(array.readAxes[dim]!, coordinate).start - shardStart;
    });
    while (layout !== undefined) {
      const loaded: LoadedIndex = await this.#index(key, layout, extent, version, read);
      const { index, extent: known } = loaded;
      version ??= loaded.version;
      if (index === undefined) return null;
      const { shardShape, innerShape: unit } = layout;
      // Behind the array's dimensions there may be one of an element's numbers, which no shard divides.
      const inner = shardShape.map((size, dim) =>
        Math.floor(((first[dim] ?? 0) % size) / unit[dim]!),
      );
      const entry = index.entry(inner);
      if (entry === undefined) return null;
      checkEntry(entry, known.length, maxInnerBytes(layout, codedType(array.metadata)));
      extent = { offset: extent.offset + entry.offset, length: entry.length };
      key += `${inner.join(".")}/`;
      layout = layout.inner;
    }
    if (extent.length === undefined) return null;
    const { offset, length } = extent;
    return { offset, length, ...(version === undefined ? {} : { version }) };
  }

  #index(
    key: string,
    layout: ShardLayout,
    extent: Extent,
    version: ObjectVersion | undefined,
    read: ReadShard,
  ): Promise<LoadedIndex> {
    const loaded = this.#loaded.get(key);
    if (loaded !== undefined) return Promise.resolve(loaded);
    const under = this.#loading.get(key);
    if (under !== undefined) return under;
    const loading = this.#load(key, layout, extent, version, read).finally(() =>
      this.#loading.delete(key),
    );
    this.#loading.set(key, loading);
    return loading;
  }

  async #load(
    key: string,
    layout: ShardLayout,
    extent: Extent,
    version: ObjectVersion | undefined,
    read: ReadShard,
  ): Promise<LoadedIndex> {
    const length = shardIndexBytes(layout);
    const range = indexRange(layout, extent, length);
    const stored = await read({ range, ...(version === undefined ? {} : { version }) });
    const index = stored && (await decodeShardIndex(layout, stored.bytes));
    const loaded = {
      index,
      extent: { offset: extent.offset, length: extent.length ?? stored?.totalBytes },
      ...(stored?.version === undefined ? {} : { version: stored.version }),
    };
    this.#loaded.set(key, loaded, length + 64);
    return loaded;
  }
}

function indexRange(layout: ShardLayout, extent: Extent, indexBytes: number): ByteRange {
  if (layout.indexLocation === "start") return { offset: extent.offset, length: indexBytes };
  if (extent.length === undefined) return { suffixLength: indexBytes };
  if (extent.length < indexBytes) {
    throw new CorruptChunkError(
      `an inner shard of ${extent.length} bytes is shorter than its index`,
    );
  }
  return { offset: extent.offset + extent.length - indexBytes, length: indexBytes };
}
