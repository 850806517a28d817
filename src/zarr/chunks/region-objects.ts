import type { ChunkCoords } from "../array/array-metadata.ts";
import { codedType } from "../array/stored-item.ts";
import { CorruptChunkError } from "../codecs/codec.ts";
import { decodeChunk, maxEncodedBytes } from "../codecs/pipeline.ts";
import { pause } from "../store/retry-policy.ts";
import { chunkFailure, chunkName } from "./chunk-failure.ts";
import { chunkSpecAt } from "./chunk-geometry.ts";
import { afterFailure } from "./failure-policy.ts";
import { type JoinedRange, joinRanges, type LocatedChunk } from "./join-ranges.ts";
import { joinLimits } from "./plan-job.ts";
import { type ReadableArray, readShapeAt } from "./readable-array.ts";
import type { ElementBlock } from "./region-pieces.ts";
import { ShardIndexes } from "./shard-indexes.ts";
import { storedBytes } from "./stored-bytes.ts";
import type { ChunkFailure, ChunkLocation } from "./worker-protocol.ts";

/** A chunk of the region could not be read; it is none of fill. */
export class RegionReadError extends Error {
  override readonly name = "RegionReadError";
  readonly failure: ChunkFailure;
  constructor(failure: ChunkFailure, options?: ErrorOptions) {
    super(failure.reason, options);
    this.failure = failure;
  }
}

/** Told of each read chunk: its elements as stored bytes, undefined if it was never written. */
type Deliver = (index: number, chunk: ElementBlock | undefined) => void;

/** Reads whole chunks and parts of shards, each request with the retries of the viewer's policy. */
export class RegionObjects {
  readonly #array: ReadableArray;
  readonly #signal: AbortSignal;
  readonly #indexes = new ShardIndexes();

  constructor(array: ReadableArray, signal: AbortSignal) {
    this.#array = array;
    this.#signal = signal;
  }

  /** Reads `chunks` of one stored object. @throws RegionReadError, or the signal's reason */
  async read(object: ChunkCoords, chunks: readonly ChunkCoords[], deliver: Deliver): Promise<void> {
    if (this.#array.sharding === undefined) {
      deliver(0, await this.#retried("Chunk", object, (reload) => this.#chunk(object, reload)));
      return;
    }
    const locations = await this.#retried("Shard", object, (reload) =>
      this.#locate(object, chunks, reload),
    );
    const parts: LocatedChunk<number>[] = [];
    for (const [index, location] of locations.entries()) {
      if (location === null) deliver(index, undefined);
      else parts.push({ ...location, item: index });
    }
    for (const range of joinRanges(parts, joinLimits)) {
      const blocks = await this.#retried("Shard", object, (reload) =>
        this.#range(object, chunks, range, reload),
      );
      for (const [index, block] of blocks.entries()) deliver(range.parts[index]!.item, block);
    }
  }

  async #chunk(object: ChunkCoords, reload: boolean): Promise<ElementBlock | undefined> {
    const { metadata, objects, shardAxes } = this.#array;
    const spec = chunkSpecAt(metadata, shardAxes, object);
    const maxBytes = maxEncodedBytes(metadata.codecs, spec);
    const stored = await objects.get(object, { signal: this.#signal, reload, maxBytes });
    return stored && this.#decode(object, stored.bytes);
  }

  #locate(
    object: ChunkCoords,
    chunks: readonly ChunkCoords[],
    reload: boolean,
  ): Promise<ChunkLocation[]> {
    if (reload) this.#indexes.forgetShard(this.#array.id, object);
    return this.#indexes.locate(this.#array, object, chunks, (options) =>
      this.#array.objects.get(object, { ...options, signal: this.#signal, reload }),
    );
  }

  async #range(
    object: ChunkCoords,
    chunks: readonly ChunkCoords[],
    { offset, length, parts }: JoinedRange<number>,
    reload: boolean,
  ): Promise<ElementBlock[]> {
    const range = { offset, length };
    const stored = await this.#array.objects.get(object, { range, signal: this.#signal, reload });
    if (stored === undefined) {
      throw new CorruptChunkError("the shard disappeared after its index was read");
    }
    const blocks: ElementBlock[] = [];
    for (const part of parts) {
      const start = part.offset - offset;
      const bytes = stored.bytes.slice(start, start + part.length);
      blocks.push(await this.#decode(chunks[part.item]!, bytes));
    }
    return blocks;
  }

  async #decode(chunk: ChunkCoords, bytes: Uint8Array<ArrayBuffer>): Promise<ElementBlock> {
    const { metadata, readAxes, readChain } = this.#array;
    const decoded = await decodeChunk(readChain, bytes, chunkSpecAt(metadata, readAxes, chunk));
    return {
      bytes: storedBytes(decoded.elements, codedType(metadata)),
      shape: readShapeAt(this.#array, chunk),
    };
  }

  async #retried<Result>(
    word: "Chunk" | "Shard",
    object: ChunkCoords,
    read: (reload: boolean) => Promise<Result>,
  ): Promise<Result> {
    const name = chunkName(word, this.#array.metadata.path, object);
    let tried = { attempts: 0, throttles: 0, reload: false };
    for (;;) {
      try {
        return await read(tried.reload);
      } catch (error) {
        this.#signal.throwIfAborted();
        const failure = chunkFailure(error, name);
        const step = afterFailure(tried, failure, false, Math.random());
        const isLast = step.kind === "settle" || (step.kind === "diagnose" && step.isLast);
        if (isLast) throw new RegionReadError(failure, { cause: error });
        await pause(step.delayMs, this.#signal);
        const reload = step.kind === "retry" && step.reload;
        const { throttles } = step.kind === "retry" ? step : tried;
        tried = { attempts: step.attempts, throttles, reload };
      }
    }
  }
}
