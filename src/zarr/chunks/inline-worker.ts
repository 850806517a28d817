import { openStore } from "../store/open-store.ts";
import type { Store, StoreSpec } from "../store/store.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { serveChunks } from "./serve-chunks.ts";
import type { WorkerLike } from "./worker-pool.ts";

/**
 * The worker's code in this thread, with messages still asynchronous: for unit tests in Node and for tools without workers. The
 * page never imports it, so no codec can run on its main thread.
 */
export function createInlineWorker(open: (spec: StoreSpec) => Store = openStore): WorkerLike {
  const worker: WorkerLike = {
    postMessage: (message) => queueMicrotask(() => serve(message)),
    terminate: () => {
      worker.onmessage = null;
    },
    onmessage: null,
    onerror: null,
  };
  const serve = serveChunks(new ChunkReader(open), (reply) => {
    queueMicrotask(() => worker.onmessage?.({ data: reply }));
  });
  return worker;
}
