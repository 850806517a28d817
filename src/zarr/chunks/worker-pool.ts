import type { JsonParseResult } from "../array/parse-json.ts";
import { MetadataError } from "../problem.ts";
import type { ArrayHandle } from "./chunk-request.ts";
import { workerCode } from "./failure-policy.ts";
import type {
  ChunkFailure,
  ChunkJob,
  JobEvent,
  WorkerReply,
  WorkerRequest,
} from "./worker-protocol.ts";

/** The part of a Worker that the pool uses. */
export interface WorkerLike {
  postMessage(message: WorkerRequest, transfer: ArrayBuffer[]): void;
  terminate(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
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

/** A worker that dies as often as this without a word will not live: its script is missing or refused. */
const maxSilentDeaths = 3;

/** A fixed number of chunk workers. A worker that dies is replaced, its jobs fail as "retry later"; one that cannot start is given up. */
export class WorkerPool {
  readonly size: number;
  readonly #options: WorkerPoolOptions;
  readonly #workers: WorkerLike[] = [];
  readonly #registered: Set<number>[] = [];
  readonly #running: number[] = [];
  /** Per worker: how often it died since it last said anything. */
  readonly #silentDeaths: number[];
  readonly #arrays = new Map<number, ArrayHandle>();
  readonly #jobs = new Map<number, PendingJob>();
  readonly #json = new Map<number, PendingJson>();
  #lastJobId = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.size = Math.max(1, options.size);
    this.#silentDeaths = new Array<number>(this.size).fill(0);
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
      const { id: arrayId, store, metadata, acceptUnverified = false } = array;
      target.postMessage({ type: "register", arrayId, store, metadata, acceptUnverified }, []);
    }
    const jobId = ++this.#lastJobId;
    this.#jobs.set(jobId, { worker, onEvent });
    this.#running[worker]!++;
    if (this.#isGivenUp(worker)) queueMicrotask(() => this.#lose(jobId, "it does not start", "no"));
    target.postMessage({ type: "run", jobId, job }, []);
    return jobId;
  }

  /** Aborts a job's fetch: no further event is delivered. `ended` is called once the worker has given it up. */
  abort(jobId: number, ended: () => void): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) {
      ended();
      return;
    }
    const onEvent = ({ kind }: JobEvent) => {
      if (kind === "done") ended();
    };
    this.#jobs.set(jobId, { worker: job.worker, onEvent });
    this.#workers[job.worker]!.postMessage({ type: "abort", jobId }, []);
  }

  /** Parses a big metadata document away from the main thread. The bytes are handed over. */
  parseJson(bytes: Uint8Array<ArrayBuffer>, where: string): Promise<JsonParseResult> {
    const worker = this.leastBusy();
    if (this.#isGivenUp(worker)) return Promise.reject(stopped("it does not start"));
    const jobId = ++this.#lastJobId;
    // A view of a larger buffer must not take the rest of it along.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    this.#running[worker]!++;
    return new Promise((resolve, reject) => {
      this.#json.set(jobId, { worker, resolve, reject });
      const message = { type: "parse-json", jobId, bytes: own, where } as const;
      this.#workers[worker]!.postMessage(message, [own.buffer]);
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
    worker.onmessage = ({ data }) => {
      // Nothing of ours posts anything else: whatever it is now, it is no worker of chunks.
      if (!isReply(data)) return this.#onCrash(index, "it sent what is no answer");
      this.#silentDeaths[index] = 0;
      this.#onReply(data);
    };
    worker.onerror = ({ message }) => this.#onCrash(index, message);
    this.#workers[index] = worker;
    this.#registered[index] = new Set();
    this.#running[index] ??= 0;
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
        this.#takeJson(reply.jobId)?.resolve(reply.result);
        return;
      case "json-failed":
        this.#takeJson(reply.jobId)?.reject(jsonError(reply));
        return;
    }
  }

  #takeJson(jobId: number): PendingJson | undefined {
    const pending = this.#json.get(jobId);
    if (pending === undefined) return undefined;
    this.#json.delete(jobId);
    this.#running[pending.worker]!--;
    return pending;
  }

  #finish(jobId: number, job: PendingJob): void {
    this.#jobs.delete(jobId);
    this.#running[job.worker]!--;
  }

  #isGivenUp(index: number): boolean {
    return this.#silentDeaths[index]! >= maxSilentDeaths;
  }

  #onCrash(index: number, message: string): void {
    this.#workers[index]!.terminate();
    const deaths = ++this.#silentDeaths[index]!;
    const jobs = [...this.#jobs].filter(([, job]) => job.worker === index);
    const json = [...this.#json].filter(([, pending]) => pending.worker === index);
    if (deaths < maxSilentDeaths) this.#start(index);
    for (const [jobId] of json) this.#takeJson(jobId)?.reject(stopped(message));
    for (const [jobId] of jobs) {
      this.#lose(jobId, message, deaths < maxSilentDeaths ? "later" : "no");
    }
  }

  /** Ends a job whose worker is gone. */
  #lose(jobId: number, message: string, retry: ChunkFailure["retry"]): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    this.#finish(jobId, job);
    const failure = {
      kind: "error",
      code: workerCode,
      reason: stopped(message).message,
      retry,
      retryAfterMs: undefined,
      throttled: false,
      status: undefined,
    } as const;
    job.onEvent({ kind: "failed", failure });
    job.onEvent({ kind: "done" });
  }
}

const replyTypes: readonly unknown[] = [
  "event",
  "json",
  "json-failed",
] satisfies WorkerReply["type"][];

function isReply(data: unknown): data is WorkerReply {
  return (
    typeof data === "object" && data !== null && "type" in data && replyTypes.includes(data.type)
  );
}

function stopped(message: string): Error {
  return new Error(`A decoding worker stopped unexpectedly (${message}).`);
}

function jsonError({ message, problem }: WorkerReply & { type: "json-failed" }): Error {
  return problem ? new MetadataError(problem, message) : new Error(message);
}
