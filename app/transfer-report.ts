import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { ChunkScheduler } from "../src/zarr/chunks/chunk-scheduler.ts";
import type { StoreCosts } from "./counting-store.ts";

const intervalMs = 250;

/** A function that writes what was transferred so far into the state: soon, and not more often than anybody could read it. */
export function transferReport(
  store: ViewerStore,
  scheduler: Pick<ChunkScheduler, "statistics">,
  metadata: StoreCosts,
): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      const chunks = scheduler.statistics();
      const requests = chunks.requests + metadata.requests;
      store.setState({ transfer: { requests, bytes: chunks.bytes + metadata.bytes } });
    }, intervalMs);
  };
}
