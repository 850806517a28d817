import type { JsonParseResult } from "../array/parse-json.ts";
import { MetadataError } from "../problem.ts";
import type { ArrayHandle } from "./chunk-request.ts";
import type { ChunkJob, JobEvent, WorkerReply, WorkerRequest } from "./worker-protocol.ts";

/** The part of a Worker that the pool uses. */
export interface WorkerLike {
  postMessage(message: WorkerRequest, transfer: ArrayBuffer[]): void;
  terminate(): void;
  onmessage: ((event: { data: WorkerReply }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
}

export type WorkerPoolOptions = {
  /** In the page a real Worker; unit tests in Node give `createInlineWorker`. */
  readonly createWorker: () => WorkerLike;
  /** Number of workers, at least one. */
  readonly size: number;
  /** Memory for decoded chunks and whole shards, all workers together. */
  readonly decodedBudgetBytes: number;
};

type PendingJob = { readonly worker: number; readonly onEvent: (event: JobEvent) => void };
type PendingJson = {
  readonly worker: number;
  readonly resolve: (result: JsonParseResult) => void;
  readonly reject: (error: Error) => void;
};

/** A fixed number of chunk workers. A worker that dies is replaced, its jobs fail as "retry later". */
export class WorkerPool {
  readonly size: number;
  readonly #options: WorkerPoolOptions;
  readonly #workers: WorkerLike[] = [];
  readonly #registered: Set<number>[] = [];
  readonly #running: number[] = [];
  readonly #arrays = new Map<number, ArrayHandle>();
  readonly #jobs = new Map<number, PendingJob>();
  readonly #json = new Map<number, PendingJson>();
  #lastJobId = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.size = Math.max(1, options.size);
    for (let index = 0; index < this.size; index++) this.#start(index);
  }

  /** Jobs under way in all workers. */
  get runningJobs(): number {
    return this.#jobs.size;
  }

  /** The worker with the fewest jobs. */
  leastBusy(): number {
    let best = 0;
    for (let index = 1; index < this.size; index++) {
      if (this.#running[index]! < this.#running[best]!) best = index;
    }
    return best;
  }

  register(array: ArrayHandle): void {
    this.#arrays.set(array.id, array);
  }

  forget(arrayId: number): void {
    this.#arrays.delete(arrayId);
    for (const [index, worker] of this.#workers.entries()) {
      if (this.#registered[index]!.delete(arrayId))
        worker.postMessage({ type: "forget", arrayId }, []);
    }
  }

  /** Starts a job on one worker; `onEvent` is called until "done". Returns the job's id for `abort`. */
  run(worker: number, job: ChunkJob, onEvent: (event: JobEvent) => void): number {
    const array = this.#arrays.get(job.arrayId);
    if (array === undefined) throw new Error(`Array ${job.arrayId} was not registered.`);
    const target = this.#workers[worker]!;
    const registered = this.#registered[worker]!;
    if (!registered.has(job.arrayId)) {
      registered.add(job.arrayId);
      const { store, metadata } = array;
      target.postMessage({ type: "register", arrayId: array.id, store, metadata }, []);
    }
    const jobId = ++this.#lastJobId;
    this.#jobs.set(jobId, { worker, onEvent });
    this.#running[worker]!++;
    target.postMessage({ type: "run", jobId, job }, []);
    return jobId;
  }

  /** Forgets a job at once: no further event is delivered, its fetch is aborted. */
  abort(jobId: number): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    this.#finish(jobId, job);
    this.#workers[job.worker]!.postMessage({ type: "abort", jobId }, []);
  }

  /** Parses a big metadata document away from the main thread. The bytes are handed over. */
  parseJson(bytes: Uint8Array<ArrayBuffer>, where: string): Promise<JsonParseResult> {
    const worker = this.leastBusy();
    const jobId = ++this.#lastJobId;
    return new Promise((resolve, reject) => {
      this.#json.set(jobId, { worker, resolve, reject });
      this.#workers[worker]!.postMessage({ type: "parse-json", jobId, bytes, where }, [
        bytes.buffer,
      ]);
    });
  }

  destroy(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#jobs.clear();
    for (const { reject } of this.#json.values()) reject(new Error("The viewer was closed."));
    this.#json.clear();
  }

  #start(index: number): void {
    const worker = this.#options.createWorker();
    worker.onmessage = ({ data }) => this.#onReply(data);
    worker.onerror = ({ message }) => this.#onCrash(index, message);
    this.#workers[index] = worker;
    this.#registered[index] = new Set();
    this.#running[index] = 0;
    const decodedBudgetBytes = this.#options.decodedBudgetBytes / this.size;
    worker.postMessage({ type: "configure", decodedBudgetBytes }, []);
  }

  #onReply(reply: WorkerReply): void {
    switch (reply.type) {
      case "event": {
        const job = this.#jobs.get(reply.jobId);
        if (job === undefined) return;
        if (reply.event.kind === "done") this.#finish(reply.jobId, job);
        job.onEvent(reply.event);
        return;
      }
      case "json":
        this.#json.get(reply.jobId)?.resolve(reply.result);
        this.#json.delete(reply.jobId);
        return;
      case "json-failed":
        this.#json.get(reply.jobId)?.reject(jsonError(reply));
        this.#json.delete(reply.jobId);
        return;
    }
  }

  #finish(jobId: number, job: PendingJob): void {
    this.#jobs.delete(jobId);
    this.#running[job.worker]!--;
  }

  #onCrash(index: number, message: string): void {
    this.#workers[index]!.terminate();
    const lost = [...this.#jobs].filter(([, job]) => job.worker === index);
    const lostJson = [...this.#json].filter(([, pending]) => pending.worker === index);
    this.#start(index);
    for (const [jobId, { reject }] of lostJson) {
      this.#json.delete(jobId);
      reject(new Error(`A worker stopped: ${message}`));
    }
    for (const [jobId, job] of lost) {
      this.#jobs.delete(jobId);
      const reason = `A decoding worker stopped unexpectedly (${message}).`;
      const failure = {
        kind: "error",
        code: "ZS-WORKER",
        reason,
        retry: "later",
        retryAfterMs: undefined,
        throttled: false,
      } as const;
      job.onEvent({ kind: "failed", failure });
      job.onEvent({ kind: "done" });
    }
  }
}

function jsonError({ message, problem }: WorkerReply & { type: "json-failed" }): Error {
  return problem ? new MetadataError(problem, message) : new Error(message);
}
