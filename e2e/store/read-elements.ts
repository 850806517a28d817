import type { ArrayMetadata } from "../../src/zarr/array/array-metadata.ts";
import { readChunkShape } from "../../src/zarr/array/read-grid.ts";
import { type ArrayHandle, type PlaneRef, planeRef } from "../../src/zarr/chunks/chunk-request.ts";
import { ChunkScheduler } from "../../src/zarr/chunks/chunk-scheduler.ts";
import type { ChunkState } from "../../src/zarr/chunks/chunk-state.ts";
import { createInlineWorker } from "../../src/zarr/chunks/inline-worker.ts";
import { WorkerPool } from "../../src/zarr/chunks/worker-pool.ts";
import type { Store } from "../../src/zarr/store/store.ts";

/** What was read for one element: its value, and whether the chunk was there; or the state that says why not. */
export type ReadElement =
  | { readonly kind: "data" | "fill"; readonly value: number | bigint }
  | { readonly kind: Exclude<ChunkState["kind"], "data" | "fill">; readonly reason: string };

const maxWaitMs = 20_000;

/**
 * Reads single elements the way the viewer reads planes: through scheduler, worker code, store and codecs, in this thread.
 * `indices` are indices of the array, one number per dimension, at least two dimensions.
 */
export async function readElements(
  store: Store,
  metadata: ArrayMetadata,
  indices: readonly (readonly number[])[],
): Promise<readonly ReadElement[]> {
  const pool = new WorkerPool({
    createWorker: () => createInlineWorker(() => store),
    size: 1,
    decodedBudgetBytes: 2 ** 28,
  });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: 2 ** 28,
    diagnose: async () => "network",
    askForAbsent: async () => "missing",
    askForKnown: async () => "readable",
  });
  const array: ArrayHandle = {
    id: 1,
    store: store.spec,
    metadata,
    readChunkShape: readChunkShape(metadata),
  };
  scheduler.register(array, store.origin);
  const refs = indices.map((index) => elementRef(array, index));
  scheduler.setWanted(
    "test",
    refs.map((ref, rank) => ({ ref, priority: { tier: "visible", rank } })),
  );
  await settled(scheduler, refs);
  return refs.map((ref) => elementOf(scheduler.state(ref.key)));
}

/** A plane of one element. */
function elementRef(array: ArrayHandle, index: readonly number[]): PlaneRef {
  const shape = array.readChunkShape;
  const ndim = index.length;
  return planeRef(
    array,
    index.map((i, d) => Math.floor(i / shape[d]!)),
    {
      yDim: ndim - 2,
      xDim: ndim - 1,
      start: index.map((i, d) => i % shape[d]!),
      height: 1,
      width: 1,
    },
  );
}

async function settled(scheduler: ChunkScheduler, refs: readonly PlaneRef[]) {
  const isPending = ({ key }: PlaneRef) => (scheduler.state(key)?.kind ?? "pending") === "pending";
  const giveUpAt = performance.now() + maxWaitMs;
  while (refs.some(isPending) && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function elementOf(state: ChunkState | undefined): ReadElement {
  if (state === undefined || state.kind === "pending") {
    return { kind: "pending", reason: "still pending" };
  }
  if (state.kind === "data") return { kind: "data", value: state.plane.elements[0]! };
  if (state.kind === "fill") return { kind: "fill", value: state.value };
  return { kind: state.kind, reason: state.reason };
}
