import { ByteLru } from "./byte-lru.ts";
import type { QueuedPlane } from "./chunk-queue.ts";
import type { ChunkJob, ChunkLocation } from "./worker-protocol.ts";

const bytesPerEntry = 96;

/** Places of inner chunks that were asked for, per shard; null means that the shard does not hold the chunk. */
export class ShardLocations {
  readonly #shards = new ByteLru<Map<string, ChunkLocation>>(8 * 2 ** 20);

  /** Places known in one shard, by chunk key. */
  of(unitKey: string): ReadonlyMap<string, ChunkLocation> | undefined {
    return this.#shards.get(unitKey);
  }

  /** Identity of what is read next for a plane: its inner chunk where the place is known, else the whole object (or its index). */
  readKey({ record, unitKey, chunkKey }: Pick<QueuedPlane, "record" | "unitKey" | "chunkKey">) {
    const isLocated =
      record.access === "shard" && this.#shards.peek(unitKey)?.has(chunkKey) === true;
    return isLocated ? chunkKey : unitKey;
  }

  remember(job: ChunkJob & { kind: "locate" }, locations: readonly ChunkLocation[]): void {
    const unitKey = `${job.arrayId}/shard/${job.shard.join(".")}`;
    const known = this.#shards.get(unitKey) ?? new Map<string, ChunkLocation>();
    for (const [index, location] of locations.entries()) {
      known.set(`${job.arrayId}/${job.chunks[index]!.join(".")}`, location);
    }
    this.#shards.set(unitKey, known, known.size * bytesPerEntry);
  }

  forgetShard(unitKey: string): void {
    this.#shards.delete(unitKey);
  }

  forgetArrays(ids: ReadonlySet<number>): void {
    this.#shards.deleteArrays(ids);
  }
}
