import type { ArrayMetadata, ChunkCoords } from "../array/array-metadata.ts";
import type { StoreSpec } from "../store/store.ts";
import type { ChunkState } from "./chunk-state.ts";

/** An array that was registered with the chunk client; small and stable, part of every plane's key. */
export type ArrayHandle = {
  readonly id: number;
  readonly store: StoreSpec;
  readonly metadata: ArrayMetadata;
  /** Shape of the smallest piece that can be read alone: the (innermost) inner chunk of a shard, else the chunk. */
  readonly readChunkShape: readonly number[];
  /** Show what contradicts its checksum but not its length, marked as such. Never the default. */
  readonly acceptUnverified?: boolean;
};

/** A rectangle of one 2-D plane inside one read chunk. */
export type PlaneCut = {
  /** Dimensions shown as rows and as columns. A `yDim` behind the array's last one means the single row of a strip. */
  readonly yDim: number;
  readonly xDim: number;
  /** Index inside the chunk for every dimension of the array; the entries of yDim and xDim are the rectangle's first row and column. */
  readonly start: readonly number[];
  readonly height: number;
  readonly width: number;
};

/** Identity of one plane: `key` is equal exactly when all else is equal (see `planeRef`). Display state is never part of it. */
export type PlaneRef = {
  readonly key: string;
  readonly array: ArrayHandle;
  readonly chunk: ChunkCoords;
  readonly cut: PlaneCut;
};

/** Served in this order; within a tier by rank, lowest first. */
export type Tier = "fallback" | "visible" | "prefetch";

export type ChunkRequest = {
  readonly ref: PlaneRef;
  readonly priority: { readonly tier: Tier; readonly rank: number };
};

/** Makes the identity of a plane. */
export function planeRef(array: ArrayHandle, chunk: ChunkCoords, cut: PlaneCut): PlaneRef {
  const key = `${array.id}/${chunk.join(".")}/${cut.yDim},${cut.xDim}/${cut.start.join(".")}/${cut.height}x${cut.width}`;
  return { key, array, chunk, cut };
}

/** What layers and read-out see of the chunk machinery. */
export interface ChunkClient {
  /** Declares everything that `client` wants now; what it wanted before and no longer does is dropped or aborted. */
  setWanted(client: string, requests: readonly ChunkRequest[]): void;
  /** Current state of a plane; undefined if it was never wanted or was evicted. Does not fetch. Marks it as recently used. */
  state(key: string): ChunkState | undefined;
  /** Called after states changed, at most once per task; returns the unsubscribe function. */
  subscribe(listener: () => void): () => void;
}
