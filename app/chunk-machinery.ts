import type { ArrayHandle } from "../src/zarr/chunks/chunk-request.ts";
import { ChunkScheduler } from "../src/zarr/chunks/chunk-scheduler.ts";
import chunkWorkerUrl from "../src/zarr/chunks/chunk-worker.ts?worker&url";
import { type WorkerLike, WorkerPool } from "../src/zarr/chunks/worker-pool.ts";
import { dataBudgetBytes, workerCount } from "./budgets.ts";
import { askForAbsent, askForKnown, diagnoseChunk } from "./diagnose-chunk.ts";

/** `navigator.deviceMemory` exists in Chromium only, and in no type library. */
function deviceMemoryGiB(): number | undefined {
  const value: unknown = Reflect.get(navigator, "deviceMemory");
  return typeof value === "number" ? value : undefined;
}

/**
 * In a frame with an opaque origin (`sandbox="allow-scripts"`) a worker's script may not be named by its address; one that imports it may be made
 * on the spot. The server then has to allow other origins to read the script.
 */
function startWorker(url: string): Worker {
  const name = "zarrscope-chunks";
  if (origin !== "null") return new Worker(url, { type: "module", name });
  // A classic script, since Chromium does not start a module there; it keeps what it is told until the module hears it.
  const script = `const kept = [];
const keep = ({ data }) => kept.push(data);
addEventListener("message", keep);
import(${JSON.stringify(url)}).then(
  () => {
    removeEventListener("message", keep);
    for (const data of kept) dispatchEvent(new MessageEvent("message", { data }));
  },
  (error) => setTimeout(() => { throw error; }),
);`;
  const scriptUrl = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(scriptUrl, { name });
  // Taken up by the next task.
  setTimeout(() => URL.revokeObjectURL(scriptUrl), 60_000);
  return worker;
}

function createWorker(): WorkerLike {
  const worker = startWorker(new URL(chunkWorkerUrl, import.meta.url).href);
  const like: WorkerLike = {
    postMessage: (message, transfer) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate(),
    onmessage: null,
    onerror: null,
  };
  worker.onmessage = ({ data }: MessageEvent<unknown>) => like.onmessage?.({ data });
  worker.onmessageerror = () => like.onerror?.({ message: "it sent what cannot be read" });
  worker.onerror = ({ message }) => like.onerror?.({ message });
  return like;
}

/** A page may hold many frames: each is content with less. */
const framedWorkers = 2;
const framedBudgetBytes = 192 * 2 ** 20;

export type ChunkMachinery = { readonly pool: WorkerPool; readonly scheduler: ChunkScheduler };

/** Builds the worker pool and the scheduler; a third of the data budget is the workers'. */
export function createChunkMachinery(): ChunkMachinery {
  const isFramed = window.parent !== window;
  const budget = Math.min(
    dataBudgetBytes(deviceMemoryGiB()),
    isFramed ? framedBudgetBytes : Number.POSITIVE_INFINITY,
  );
  const workers = workerCount(navigator.hardwareConcurrency);
  const pool = new WorkerPool({
    createWorker,
    size: isFramed ? Math.min(framedWorkers, workers) : workers,
    decodedBudgetBytes: budget / 3,
  });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: (budget * 2) / 3,
    diagnose: diagnoseChunk,
    askForAbsent,
    askForKnown,
  });
  return { pool, scheduler };
}

let lastArrayId = 0;

/** Ids are never used again, so that a late answer cannot be taken for another array's. */
export function nextArrayId(): ArrayHandle["id"] {
  lastArrayId += 1;
  return lastArrayId;
}
