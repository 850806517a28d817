import { CorruptChunkError } from "../codec.ts";

/** Where an inner chunk lies in its shard, in bytes from the shard's start. */
export type ShardEntry = { readonly offset: number; readonly length: number };

/** A decoded, checksummed shard index (Zarr v3, sharding codec 1.0). */
export type ShardIndex = {
  /** For caches that count bytes. */
  readonly byteLength: number;
  /**
   * The inner chunk at `innerCoords`, counted within the shard; undefined where it was never written (fill value).
   *
   * @throws CorruptChunkError if this entry is no range of bytes; other entries stay readable
   * @throws RangeError if the coordinates are outside the shard: a mistake of the caller
   */
  entry(innerCoords: readonly number[]): ShardEntry | undefined;
};

const missing = 0xffff_ffff_ffff_ffffn;

/** `pairs`: offset and length of every inner chunk, in C order of `chunksPerShard`. */
export function shardIndex(pairs: BigUint64Array, chunksPerShard: readonly number[]): ShardIndex {
  return {
    byteLength: pairs.byteLength,
    entry(innerCoords) {
      let position = 0;
      for (const [axis, count] of chunksPerShard.entries()) {
        const coord = innerCoords[axis];
        if (coord === undefined || !(coord >= 0 && coord < count)) {
          throw new RangeError(`No inner chunk ${innerCoords.join(", ")} in this shard.`);
        }
        position = position * count + coord;
      }
      const offset = pairs[2 * position]!;
      const length = pairs[2 * position + 1]!;
      if (offset === missing && length === missing) return undefined;
      if (offset + length > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new CorruptChunkError(
          `sharding_indexed: inner chunk ${innerCoords.join(", ")} lies at ${offset} + ${length}.`,
        );
      }
      return { offset: Number(offset), length: Number(length) };
    },
  };
}

/**
 * Refuses an entry before it is fetched: without bytes, longer than any encoding of the inner chunk, or beyond the
 * shard's end where that is known.
 *
 * @throws CorruptChunkError
 */
export function checkEntry(
  entry: ShardEntry,
  shardTotalBytes: number | undefined,
  expectedMax: number,
): void {
  const { offset, length } = entry;
  const end = offset + length;
  if (length === 0) throw corrupt("an inner chunk has no bytes");
  if (length > expectedMax) {
    throw corrupt(`an inner chunk has ${length} bytes where ${expectedMax} are the most`);
  }
  if (shardTotalBytes !== undefined && end > shardTotalBytes) {
    throw corrupt(`an inner chunk ends at ${end} in a shard of ${shardTotalBytes} bytes`);
  }
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`sharding_indexed: ${reason}.`);
}
