import type { ArrayMetadata, ChunkCoords } from "../array/array-metadata.ts";
import { elementCount } from "../array/data-type.ts";
import { codedType } from "../array/stored-item.ts";
import { CorruptChunkError } from "../codecs/codec.ts";
import { maxEncodedBytes } from "../codecs/pipeline.ts";
import { maxInnerBytes, type ShardLayout } from "../codecs/sharding.ts";
import type { Store, StoreObject, StoreReadOptions } from "../store/store.ts";
import { ByteLru } from "./byte-lru.ts";
import { chunkFailure, chunkName, jobName, memoryCode } from "./chunk-failure.ts";
import { chunkSpecAt } from "./chunk-geometry.ts";
import { DecodedChunks } from "./decoded-chunks.ts";
import { nextTurn } from "./next-turn.ts";
import { type ReadableArray, readableArray } from "./readable-array.ts";
import { ShardIndexes } from "./shard-indexes.ts";
import { SharedStores } from "./shared-stores.ts";
import type { ChunkFailure, ChunkItem, ChunkJob, JobEvent } from "./worker-protocol.ts";

/** Bookkeeping for a shard that was never written. */
const missingBytes = 64;
const gappyShardBytes = 32 * 2 ** 20;

type Emit = (event: JobEvent) => void;

/**
 * Fetches, verifies, decodes and cuts chunks: the whole way from a key to planes. Runs in a worker (or inline in Node tests). Keeps
 * small whole shards, shard indexes and those decoded chunks that hold more planes than were asked for.
 */
export class ChunkReader {
  readonly #stores: SharedStores;
  readonly #arrays = new Map<number, ReadableArray>();
  readonly #indexes = new ShardIndexes();
  #budgetBytes = 80 * 2 ** 20;
  #decoded = new DecodedChunks(64 * 2 ** 20);
  #shards = new ByteLru<StoreObject | "missing">(16 * 2 ** 20);

  constructor(openStore: (spec: Store["spec"]) => Store) {
    this.#stores = new SharedStores(openStore);
  }

  configure(decodedBudgetBytes: number): void {
    this.#budgetBytes = decodedBudgetBytes;
    this.#decoded = new DecodedChunks(decodedBudgetBytes * 0.8);
    this.#shards = new ByteLru(decodedBudgetBytes * 0.2);
  }

  /** @param acceptUnverified decode what contradicts its checksum, and mark it */
  register(
    arrayId: number,
    spec: Store["spec"],
    metadata: ArrayMetadata,
    acceptUnverified = false,
  ): void {
    if (this.#arrays.has(arrayId)) return;
    const store = this.#stores.acquire(spec);
    this.#arrays.set(arrayId, readableArray(arrayId, store, metadata, acceptUnverified));
  }

  forget(arrayId: number): void {
    const array = this.#arrays.get(arrayId);
    if (array) this.#stores.release(array.store.spec);
    this.#arrays.delete(arrayId);
    this.#indexes.forget(arrayId);
    this.#decoded.forgetArray(arrayId);
    this.#shards.deletePrefix(`${arrayId}/`);
  }

  /** Runs a job to its end; everything it finds out is emitted, the last event is "done". Throws only if aborted. */
  async run(job: ChunkJob, signal: AbortSignal, emit: Emit): Promise<void> {
    const array = this.#arrays.get(job.arrayId);
    if (array === undefined) throw new Error(`Array ${job.arrayId} was not registered.`);
    try {
      await this.#runKind(array, job, signal, emit);
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = this.#failureOf(error, jobName(array.metadata.path, job));
      emit({ kind: "failed", failure });
    }
    emit({ kind: "done" });
  }

  #runKind(array: ReadableArray, job: ChunkJob, signal: AbortSignal, emit: Emit): Promise<void> {
    switch (job.kind) {
      case "chunk":
        return this.#readChunk(array, job, signal, emit);
      case "shard":
        return this.#readShard(array, job, signal, emit);
      case "locate":
        return this.#locate(array, job, signal, emit);
      case "range":
        return this.#readRange(array, job, signal, emit);
    }
  }

  async #readChunk(
    array: ReadableArray,
    job: ChunkJob & { kind: "chunk" },
    signal: AbortSignal,
    emit: Emit,
  ) {
    const { item, reload } = job;
    const served = reload ? undefined : this.#decoded.serve(array, item);
    if (served) {
      emitServedFromMemory(emit);
      emit({ kind: "outcome", index: 0, outcome: served });
      return;
    }
    const spec = chunkSpecAt(array.metadata, array.shardAxes, item.chunk);
    const stored = await this.#fetch(array, item.chunk, emit, {
      signal,
      reload,
      maxBytes: maxEncodedBytes(array.metadata.codecs, spec),
    });
    if (stored === undefined) {
      emit({ kind: "outcome", index: 0, outcome: this.#decoded.missing(array, item) });
      return;
    }
    await this.#emitDecoded(array, item, 0, stored.bytes, { reload, signal }, emit);
  }

  async #readShard(
    array: ReadableArray,
    job: ChunkJob & { kind: "shard" },
    signal: AbortSignal,
    emit: Emit,
  ) {
    const { sharding } = array;
    if (sharding === undefined) throw new Error("A shard job needs a sharded array.");
    const key = `${array.id}/${job.shard.join(".")}`;
    let shard = job.reload ? undefined : this.#shards.get(key);
    if (shard === undefined) {
      const stored = await this.#fetch(array, job.shard, emit, {
        signal,
        reload: job.reload,
        maxBytes: maxShardBytes(sharding, array.metadata),
      });
      // What an older shard's index said does not hold for this one.
      this.#indexes.forgetShard(array.id, job.shard);
      shard = stored ?? "missing";
      this.#shards.set(key, shard, stored?.bytes.byteLength ?? missingBytes);
    } else {
      emitServedFromMemory(emit);
    }
    for (const [index, item] of job.items.entries()) {
      signal.throwIfAborted();
      if (shard === "missing") {
        emit({ kind: "outcome", index, outcome: { kind: "fill" } });
        continue;
      }
      try {
        const served = job.reload ? undefined : this.#decoded.serve(array, item);
        if (served) {
          emit({ kind: "outcome", index, outcome: served });
          continue;
        }
        const place = await this.#indexes.locateInBytes(array, job.shard, item.chunk, shard.bytes);
        if (place === null) {
          emit({ kind: "outcome", index, outcome: { kind: "fill" } });
          continue;
        }
        const bytes = shard.bytes.slice(place.offset, place.offset + place.length);
        await this.#emitDecoded(array, item, index, bytes, { reload: job.reload, signal }, emit);
      } catch (error) {
        this.#emitFailure(array, item, index, error, emit);
      }
    }
  }

  async #locate(
    array: ReadableArray,
    job: ChunkJob & { kind: "locate" },
    signal: AbortSignal,
    emit: Emit,
  ) {
    const { sharding } = array;
    if (sharding === undefined) throw new Error("A locate job needs a sharded array.");
    const started = performance.now();
    let requests = 0;
    let bytes = 0;
    let protocol: string | undefined;
    const read = async (options: StoreReadOptions) => {
      const stored = await array.objects.get(job.shard, {
        ...options,
        signal,
        reload: job.reload,
      });
      requests++;
      bytes += stored?.transferredBytes ?? 0;
      protocol = stored?.protocol;
      return stored;
    };
    if (job.reload) this.#indexes.forgetShard(array.id, job.shard);
    const locations = await this.#indexes.locate(array, job.shard, job.chunks, read);
    const durationMs = performance.now() - started;
    emit({ kind: "transferred", transfer: { requests, bytes, durationMs, protocol } });
    emit({ kind: "located", locations });
  }

  async #readRange(
    array: ReadableArray,
    job: ChunkJob & { kind: "range" },
    signal: AbortSignal,
    emit: Emit,
  ) {
    const missing = [...job.items.entries()].filter(([index, item]) => {
      const served = job.reload ? undefined : this.#decoded.serve(array, item);
      if (served) emit({ kind: "outcome", index, outcome: served });
      return served === undefined;
    });
    if (missing.length === 0) {
      emitServedFromMemory(emit);
      return;
    }
    const { offset, length, version } = job;
    const stored = await this.#fetch(array, job.shard, emit, {
      signal,
      reload: job.reload,
      range: { offset, length },
      ...(version === undefined ? {} : { version }),
    });
    if (stored === undefined) {
      throw new CorruptChunkError("the shard disappeared after its index was read");
    }
    for (const [index, item] of missing) {
      signal.throwIfAborted();
      const start = item.offset - offset;
      // A copy of its own: decoders may keep the buffer, and a joined range would be kept alive by one chunk.
      const bytes = stored.bytes.slice(start, start + item.length);
      await this.#emitDecoded(array, item, index, bytes, { reload: job.reload, signal }, emit);
    }
  }

  /** Fetches and says what came over the network, which frees the slot before decoding begins. */
  async #fetch(array: ReadableArray, coords: ChunkCoords, emit: Emit, options: StoreReadOptions) {
    const started = performance.now();
    const stored = await array.objects.get(coords, options);
    const transfer = {
      requests: 1,
      bytes: stored?.transferredBytes ?? 0,
      durationMs: performance.now() - started,
      protocol: stored?.protocol,
    };
    emit({ kind: "transferred", transfer });
    return stored;
  }

  async #emitDecoded(
    array: ReadableArray,
    item: ChunkItem,
    index: number,
    bytes: Uint8Array<ArrayBuffer>,
    { reload, signal }: { readonly reload: boolean; readonly signal: AbortSignal },
    emit: Emit,
  ) {
    // Decoding can wait, the network cannot: requests that stand behind several bodies in the queue would be sent 60 ms later (measured).
    await nextTurn();
    signal.throwIfAborted();
    try {
      emit({
        kind: "outcome",
        index,
        outcome: await this.#decoded.decode(array, item, bytes, reload),
      });
    } catch (error) {
      this.#emitFailure(array, item, index, error, emit);
    }
  }

  /** Where memory ran out, what is only kept goes first: the next try then has more of it. */
  #failureOf(error: unknown, name: string): ChunkFailure {
    const failure = chunkFailure(error, name);
    if (failure.code === memoryCode) this.configure(this.#budgetBytes);
    return failure;
  }

  #emitFailure(array: ReadableArray, item: ChunkItem, index: number, error: unknown, emit: Emit) {
    const failure = this.#failureOf(error, chunkName("Chunk", array.metadata.path, item.chunk));
    emit({ kind: "outcome", index, outcome: { kind: "failed", failure } });
  }
}

function emitServedFromMemory(emit: Emit): void {
  emit({
    kind: "transferred",
    transfer: { requests: 0, bytes: 0, durationMs: 0, protocol: undefined },
  });
}

/**
 * Gaps between inner chunks are legal: writers that change a shard in place append to it. Beyond this it is no small shard any more.
 */
function maxShardBytes(layout: ShardLayout, metadata: ArrayMetadata): number {
  const innerBytes =
    elementCount(layout.chunksPerShard) * maxInnerBytes(layout, codedType(metadata));
  return Math.max(2 * innerBytes + layout.indexBytes, gappyShardBytes);
}
