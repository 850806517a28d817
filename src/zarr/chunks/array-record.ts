import type { ChunkAxis } from "../array/chunk-axis.ts";
import { chunkAxes, largestChunkShape } from "../array/chunk-grid.ts";
import { elementCount } from "../array/data-type.ts";
import { readAxes, shardLayout, shardOf } from "../array/read-grid.ts";
import { itemBytes } from "../array/stored-item.ts";
import type { ArrayHandle, PlaneRef } from "./chunk-request.ts";

/** A shard that decodes to at most this is cheaper whole than by index and ranges: one round trip instead of two or three. */
const wholeShardBytes = 512 * 1024;

/** The same where there is no other shard in any plane, as in the coarse levels of a pyramid: a view reads one of them, not dozens. */
const wholeLoneShardBytes = 2 * 2 ** 20;

/** What the scheduler derives once from an array's metadata. */
export type ArrayRecord = {
  readonly handle: ArrayHandle;
  readonly origin: string;
  /** "shard": inner chunks are read by range; "whole-shard": the small shard is read at once; "chunk": no sharding. */
  readonly access: "chunk" | "whole-shard" | "shard";
  readonly shardAxes: readonly ChunkAxis[];
  readonly readAxes: readonly ChunkAxis[];
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
  const elementBytes = itemBytes(metadata);
  const sharded = shardLayout(metadata) !== undefined;
  const largest = largestChunkShape(metadata);
  const held = sharded ? heldShape(largest, metadata.shape, readChunkShape) : largest;
  const objectBytes = elementCount(held) * elementBytes;
  const isLone = metadata.shape.every((size, dim) => held[dim] === 1 || largest[dim]! >= size);
  const isWhole = objectBytes <= (isLone ? wholeLoneShardBytes : wholeShardBytes);
  return {
    handle,
    origin,
    access: !sharded ? "chunk" : isWhole ? "whole-shard" : "shard",
    shardAxes: chunkAxes(metadata),
    readAxes: readAxes(metadata),
    chunkBytes: elementCount(readChunkShape) * elementBytes,
    objectBytes,
  };
}

/** What a shard holds at most: inner chunks that lie outside of the array are never written. */
function heldShape(
  shard: readonly number[],
  array: readonly number[],
  inner: readonly number[],
): number[] {
  return shard.map((length, dim) => {
    const innerLength = inner[dim] ?? 1;
    return Math.min(length, Math.ceil((array[dim] ?? length) / innerLength) * innerLength);
  });
}

export function planeUnit(record: ArrayRecord, ref: PlaneRef): PlaneUnit {
  const chunkKey = `${ref.array.id}/${ref.chunk.join(".")}`;
  if (record.access === "chunk") return { unitKey: chunkKey, unit: ref.chunk, chunkKey };
  const unit = shardOf(record.shardAxes, record.readAxes, ref.chunk);
  return { unitKey: `${ref.array.id}/shard/${unit.join(".")}`, unit, chunkKey };
}
