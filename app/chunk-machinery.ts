import type { ArrayHandle } from "../src/zarr/chunks/chunk-request.ts";
import { ChunkScheduler } from "../src/zarr/chunks/chunk-scheduler.ts";
import { type WorkerLike, WorkerPool } from "../src/zarr/chunks/worker-pool.ts";
import type { WorkerReply } from "../src/zarr/chunks/worker-protocol.ts";
import { askForAbsent, diagnoseChunk } from "./diagnose-chunk.ts";

/** Decoded data kept in memory, page and workers together, in bytes. */
export function dataBudgetBytes(deviceMemoryGiB: number | undefined): number {
  const mebibytes = Math.min(768, Math.max(192, (deviceMemoryGiB ?? 4) * 96));
  return mebibytes * 2 ** 20;
}

/** One worker per core, but one at least and not more than a picture can feed. */
export function workerCount(cores: number | undefined): number {
  return Math.min(8, Math.max(1, cores ?? 4));
}

/** `navigator.deviceMemory` exists in Chromium only, and in no type library. */
function deviceMemoryGiB(): number | undefined {
  const value: unknown = Reflect.get(navigator, "deviceMemory");
  return typeof value === "number" ? value : undefined;
}

function createWorker(): WorkerLike {
  // Written in one piece: that is how Vite finds the worker's entry.
  const worker = new Worker(new URL("../src/zarr/chunks/chunk-worker.ts", import.meta.url), {
    type: "module",
    name: "zarrscope-chunks",
  });
  const like: WorkerLike = {
    postMessage: (message, transfer) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate(),
    onmessage: null,
    onerror: null,
  };
  worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => like.onmessage?.({ data });
  worker.onerror = ({ message }) => like.onerror?.({ message });
  return like;
}

export type ChunkMachinery = { readonly pool: WorkerPool; readonly scheduler: ChunkScheduler };

/** Builds the worker pool and the scheduler; a third of the data budget is the workers'. */
export function createChunkMachinery(): ChunkMachinery {
  const budget = dataBudgetBytes(deviceMemoryGiB());
  const pool = new WorkerPool({
    createWorker,
    size: workerCount(navigator.hardwareConcurrency),
    decodedBudgetBytes: budget / 3,
  });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: (budget * 2) / 3,
    diagnose: diagnoseChunk,
    askForAbsent,
  });
  return { pool, scheduler };
}

let lastArrayId = 0;

/** Ids are never used again, so that a late answer cannot be taken for another array's. */
export function nextArrayId(): ArrayHandle["id"] {
  lastArrayId += 1;
  return lastArrayId;
}
