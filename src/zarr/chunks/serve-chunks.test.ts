import { expect, test } from "vitest";
import { MemoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { nextTurn } from "./next-turn.ts";
import { serveChunks } from "./serve-chunks.ts";
import { chaosArray } from "./testing/chaos-array.ts";

test("of an aborted job nothing is told but that it is over, once the browser has called its fetch off", async () => {
  const told: string[] = [];
  const inner = new MemoryStore("slow", new Map());
  const store: Store = {
    spec: inner.spec,
    origin: inner.origin,
    size: (path) => inner.size(path),
    get: (_path, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => {
          // As Chromium does: who waits is told at once, the request ends in a task of its own.
          void nextTurn().then(() => told.push("called off"));
          reject(signal.reason);
        });
      }),
  };
  const serve = serveChunks(new ChunkReader(() => store), (reply) => {
    told.push(reply.type === "event" ? reply.event.kind : reply.type);
  });
  const array = chaosArray(1, { shape: [1, 4, 4], shapes: [[1, 4, 4]], indexAt: "end" });
  serve({
    type: "register",
    arrayId: 1,
    store: inner.spec,
    metadata: array.metadata,
    acceptUnverified: false,
  });
  const item = { chunk: [0, 0, 0], cuts: [] };
  serve({ type: "run", jobId: 7, job: { kind: "chunk", arrayId: 1, reload: false, item } });
  await nextTurn();
  serve({ type: "abort", jobId: 7 });
  await expect.poll(() => told.length).toBe(2);
  expect(told).toEqual(["called off", "done"]);
});
