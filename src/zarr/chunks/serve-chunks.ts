import { parseJson } from "../array/parse-json.ts";
import { MetadataError } from "../problem.ts";
import { chunkFailure } from "./chunk-failure.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import { nextTurn } from "./next-turn.ts";
import { transferablesOf, type WorkerReply, type WorkerRequest } from "./worker-protocol.ts";

/**
 * The worker's side of the protocol, apart from the Worker itself so that tests can run it inline.
 * Returns the handler of incoming messages; replies go to `post` with the buffers to hand over.
 */
export function serveChunks(
  reader: ChunkReader,
  post: (reply: WorkerReply, transfer: ArrayBuffer[]) => void,
): (request: WorkerRequest) => void {
  const running = new Map<number, AbortController>();
  const reply = (message: WorkerReply) => post(message, transferablesOf(message));

  const run = async (request: WorkerRequest & { type: "run" }) => {
    const { jobId, job } = request;
    const controller = new AbortController();
    running.set(jobId, controller);
    try {
      await reader.run(job, controller.signal, (event) => {
        if (!controller.signal.aborted) reply({ type: "event", jobId, event });
      });
    } catch (error) {
      // Of an aborted job the page wants to know no more; anything else must not leave it waiting.
      if (!controller.signal.aborted) {
        reply({
          type: "event",
          jobId,
          event: { kind: "failed", failure: chunkFailure(error, "Worker") },
        });
        reply({ type: "event", jobId, event: { kind: "done" } });
      }
    } finally {
      running.delete(jobId);
      // But that its fetch is over: then its slot is free. The browser cancels it in a task of its own, after the one that aborted it: that comes first.
      if (controller.signal.aborted) {
        await nextTurn();
        reply({ type: "event", jobId, event: { kind: "done" } });
      }
    }
  };

  return (request) => {
    switch (request.type) {
      case "configure":
        reader.configure(request.decodedBudgetBytes);
        return;
      case "register":
        reader.register(request.arrayId, request.store, request.metadata, request.acceptUnverified);
        return;
      case "forget":
        reader.forget(request.arrayId);
        return;
      case "run":
        void run(request);
        return;
      case "abort":
        running.get(request.jobId)?.abort();
        return;
      case "parse-json":
        try {
          const result = parseJson(request.bytes, request.where);
          reply({ type: "json", jobId: request.jobId, result });
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          const problem = error instanceof MetadataError ? error.problem : undefined;
          reply({ type: "json-failed", jobId: request.jobId, message, problem });
        }
        return;
    }
  };
}
