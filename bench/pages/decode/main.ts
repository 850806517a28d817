import type { BenchWindow, DecodeResult } from "../../lane-result.ts";

/** Starts the worker that measures, and keeps what it says for the bench. */
const worker = new Worker(new URL("./decode-worker.ts", import.meta.url), { type: "module" });
(globalThis as BenchWindow).benchDecode = new Promise<readonly DecodeResult[]>(
  (resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<readonly DecodeResult[]>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  },
);
