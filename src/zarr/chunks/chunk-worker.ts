import { openStore } from "../store/open-store.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { serveChunks } from "./serve-chunks.ts";
import type { WorkerRequest } from "./worker-protocol.ts";

/** Worker entry: the page's ChunkReader behind the protocol of worker-protocol.ts. */
const serve = serveChunks(new ChunkReader(openStore), (reply, transfer) => {
  self.postMessage(reply, { transfer });
});
self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => serve(event.data));
