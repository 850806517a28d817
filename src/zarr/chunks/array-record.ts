import { elementCount, storedItemBytes } from "../array/data-type.ts";
import { shardLayout } from "../codecs/sharding.ts";
import { shardOf } from "./chunk-geometry.ts";
import type { ArrayHandle, PlaneRef } from "./chunk-request.ts";

/** A shard that decodes to at most this is cheaper whole than by index and ranges: one round trip instead of two. */
const wholeShardBytes = 512 * 1024;

/** What the scheduler derives once from an array's metadata. */
export type ArrayRecord = {
  readonly handle: ArrayHandle;
  readonly origin: string;
  /** "shard": inner chunks are read by range; "whole-shard": the small shard is read at once; "chunk": no sharding. */
  readonly access: "chunk" | "whole-shard" | "shard";
  readonly shardShape: readonly number[];
  /** Decoded size of one read chunk in bytes: an upper estimate of what an abort saves. */
  readonly chunkBytes: number;
  /** Decoded size of what one request brings at most in "chunk" and "whole-shard" access. */
  readonly objectBytes: number;
};

/** Identities of the object a plane is read from and of its chunk. */
export type PlaneUnit = {
  readonly unitKey: string;
  readonly unit: readonly number[];
  readonly chunkKey: string;
};

export function arrayRecord(handle: ArrayHandle, origin: string): ArrayRecord {
  const { metadata, readChunkShape } = handle;
  const itemBytes = storedItemBytes[metadata.dataType];
  const { chunkShape } = metadata.chunkGrid;
  const objectBytes = elementCount(chunkShape) * itemBytes;
  const sharded = shardLayout(metadata) !== undefined;
  return {
    handle,
    origin,
    access: !sharded ? "chunk" : objectBytes <= wholeShardBytes ? "whole-shard" : "shard",
    shardShape: chunkShape,
    chunkBytes: elementCount(readChunkShape) * itemBytes,
    objectBytes,
  };
}

export function planeUnit(record: ArrayRecord, ref: PlaneRef): PlaneUnit {
  const chunkKey = `${ref.array.id}/${ref.chunk.join(".")}`;
  if (record.access === "chunk") return { unitKey: chunkKey, unit: ref.chunk, chunkKey };
  const unit = shardOf(ref.chunk, record.handle.readChunkShape, record.shardShape);
  return { unitKey: `${ref.array.id}/shard/${unit.join(".")}`, unit, chunkKey };
}
