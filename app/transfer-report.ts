import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { ChunkScheduler } from "../src/zarr/chunks/chunk-scheduler.ts";
import type { CalmMoments } from "./calm-moments.ts";
import type { StoreCosts } from "./counting-store.ts";

/** Keeps in the state what was transferred so far. The returned function is to be called when metadata may have been. */
export function transferReport(
  store: ViewerStore,
  scheduler: Pick<ChunkScheduler, "statistics" | "subscribe">,
  metadata: StoreCosts,
  calm: CalmMoments,
): () => void {
  const tell = () => {
    const chunks = scheduler.statistics();
    const requests = chunks.requests + metadata.requests;
    store.setState({ transfer: { requests, bytes: chunks.bytes + metadata.bytes } });
  };
  const tellSoon = () => {
    calm.once(tell);
  };
  scheduler.subscribe(tellSoon);
  return tellSoon;
}
