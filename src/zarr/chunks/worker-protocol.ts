import type { ArrayMetadata, ChunkCoords } from "../array/array-metadata.ts";
import type { JsonParseResult } from "../array/parse-json.ts";
import type { Problem } from "../problem.ts";
import type { ObjectVersion } from "../store/object-version.ts";
import type { StoreSpec } from "../store/store.ts";
import type { PlaneCut } from "./chunk-request.ts";
import type { DecodedPlane } from "./chunk-state.ts";

/** One plane to be cut from a chunk; `key` comes back with it. */
export type KeyedCut = { readonly key: string; readonly cut: PlaneCut };

/** One read chunk and what is wanted of it. */
export type ChunkItem = { readonly chunk: ChunkCoords; readonly cuts: readonly KeyedCut[] };

/** An inner chunk whose place in its shard is known. */
export type LocatedItem = ChunkItem & { readonly offset: number; readonly length: number };

/**
 * What a worker can be asked for; each needs at most one slot of its origin.
 * - chunk: one stored chunk, whole.
 * - shard: a small shard, whole; `items` are inner chunks.
 * - locate: the places of inner chunks, from the shard's index.
 * - range: one range of a shard that holds all `items`.
 */
export type ChunkJob =
  | {
      readonly kind: "chunk";
      readonly arrayId: number;
      readonly reload: boolean;
      readonly item: ChunkItem;
    }
  | {
      readonly kind: "shard";
      readonly arrayId: number;
      readonly reload: boolean;
      readonly shard: ChunkCoords;
      readonly items: readonly ChunkItem[];
    }
  | {
      readonly kind: "locate";
      readonly arrayId: number;
      readonly reload: boolean;
      readonly shard: ChunkCoords;
      readonly chunks: readonly ChunkCoords[];
    }
  | {
      readonly kind: "range";
      readonly arrayId: number;
      readonly reload: boolean;
      readonly shard: ChunkCoords;
      readonly offset: number;
      readonly length: number;
      /** Of the shard, when its index was read. */
      readonly version?: ObjectVersion;
      readonly items: readonly LocatedItem[];
    };

/** Why a chunk could not be read, as plain data. `retry`: "later" by the retry policy, "reload" once past the HTTP cache, "no" for good. */
export type ChunkFailure = {
  readonly kind: "denied" | "error" | "corrupt" | "unverifiable";
  readonly code: string;
  readonly reason: string;
  readonly retry: "later" | "reload" | "no";
  readonly retryAfterMs: number | undefined;
  readonly throttled: boolean;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | undefined;
};

/** Where an inner chunk lies, in this version of the shard; null if the shard does not hold it. */
export type ChunkLocation = {
  readonly offset: number;
  readonly length: number;
  readonly version?: ObjectVersion;
} | null;

/** What came over the network for one job. All zero if it was served from the worker's memory. */
export type Transfer = {
  readonly requests: number;
  readonly bytes: number;
  readonly durationMs: number;
  readonly protocol: string | undefined;
};

/** Outcome for one chunk of a job. */
export type ChunkOutcome =
  | {
      readonly kind: "planes";
      readonly planes: readonly { readonly key: string; readonly plane: DecodedPlane }[];
    }
  | { readonly kind: "fill" }
  | { readonly kind: "failed"; readonly failure: ChunkFailure };

/** What a job says while it runs. "transferred" comes before decoding and frees the slot; "done" is the last one. */
export type JobEvent =
  | { readonly kind: "transferred"; readonly transfer: Transfer }
  | { readonly kind: "located"; readonly locations: readonly ChunkLocation[] }
  | { readonly kind: "outcome"; readonly index: number; readonly outcome: ChunkOutcome }
  | { readonly kind: "failed"; readonly failure: ChunkFailure }
  | { readonly kind: "done" };

/** Page → worker. */
export type WorkerRequest =
  | {
      readonly type: "configure";
      readonly decodedBudgetBytes: number;
    }
  | {
      readonly type: "register";
      readonly arrayId: number;
      readonly store: StoreSpec;
      readonly metadata: ArrayMetadata;
      readonly acceptUnverified: boolean;
    }
  | { readonly type: "forget"; readonly arrayId: number }
  | { readonly type: "run"; readonly jobId: number; readonly job: ChunkJob }
  | { readonly type: "abort"; readonly jobId: number }
  | {
      readonly type: "parse-json";
      readonly jobId: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly where: string;
    };

/** Worker → page. */
export type WorkerReply =
  | { readonly type: "event"; readonly jobId: number; readonly event: JobEvent }
  | { readonly type: "json"; readonly jobId: number; readonly result: JsonParseResult }
  | {
      readonly type: "json-failed";
      readonly jobId: number;
      readonly message: string;
      /** Present for faults of the document, as in MetadataError. */
      readonly problem: Problem | undefined;
    };

/** Buffers that a reply hands over instead of copying. */
export function transferablesOf(reply: WorkerReply): ArrayBuffer[] {
  if (reply.type !== "event" || reply.event.kind !== "outcome") return [];
  const { outcome } = reply.event;
  if (outcome.kind !== "planes") return [];
  const buffers = new Set<ArrayBuffer>();
  for (const { plane } of outcome.planes) {
    buffers.add(plane.elements.buffer);
    if (plane.complex) buffers.add(plane.complex.buffer);
    if (plane.texels) buffers.add(plane.texels.buffer);
    if (plane.statistics) buffers.add(plane.statistics.histogram.buffer);
  }
  return [...buffers];
}
