import type { ChunkCoords } from "../array/array-metadata.ts";
import { type ArrayRecord, arrayRecord, planeUnit } from "./array-record.ts";
import { ByteLru } from "./byte-lru.ts";
import { ChangeNotifier } from "./change-notifier.ts";
import { ChunkQueue, type QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle, ChunkClient, ChunkRequest, PlaneRef } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";
import type { ChunkStatistics } from "./chunk-statistics.ts";
import { afterFailure, diagnosedState } from "./failure-policy.ts";
import { JobLedger, type JobRecord } from "./job-ledger.ts";
import { OriginSlots } from "./origin-slots.ts";
import { type PlannedRequest, planJob } from "./plan-job.ts";
import { ShardLocations } from "./shard-locations.ts";
import { stickyWorker } from "./sticky-worker.ts";
import { WantedSet } from "./wanted-set.ts";
import type { WorkerPool } from "./worker-pool.ts";
import type { ChunkFailure, ChunkOutcome, JobEvent } from "./worker-protocol.ts";

export type ChunkSchedulerOptions = {
  readonly pool: WorkerPool;
  /** Decoded planes kept on the page; what is wanted now is never evicted. */
  readonly cacheBudgetBytes: number;
  /** Asked at the last try for a stored object: "cors" if the server answers but does not let this page read the answer. */
  readonly diagnose: (array: ArrayHandle, object: ChunkCoords) => Promise<"cors" | "network">;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
};

/** Bodies smaller than this are left to finish: over HTTP/1.1 an abort costs the connection. */
const abortBytes = 128 * 1024;
/** Bookkeeping counted per cached state, so that fills and failures are bounded too. */
const stateBytes = 256;
/** Jobs that may wait for decoding, per worker, while the network goes on. */
const backlogPerWorker = 4;

const pending: ChunkState = { kind: "pending" };

/**
 * Turns what the clients want into jobs: the most urgent first, one request per job, slots per origin, retries with jitter. Clients
 * declare their whole set each time; nothing is asked for twice, what is no longer wanted leaves the queue at once and is aborted in
 * flight where the body is large. A job belongs to all planes in it: it is aborted only when nobody wants any of them.
 */
export class ChunkScheduler implements ChunkClient {
  readonly #options: ChunkSchedulerOptions;
  readonly #wanted = new WantedSet();
  readonly #queue = new ChunkQueue();
  readonly #ledger = new JobLedger();
  readonly #states: ByteLru<ChunkState>;
  readonly #arrays = new Map<number, ArrayRecord>();
  readonly #slots = new Map<string, OriginSlots>();
  readonly #locations = new ShardLocations();
  readonly #corsOnErrors = new Set<string>();
  readonly #diagnosing = new Set<string>();
  readonly #changes = new ChangeNotifier();
  #pumping = false;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #requests = 0;
  #bytes = 0;
  #decodedChunks = 0;

  constructor(options: ChunkSchedulerOptions) {
    this.#options = options;
    this.#states = new ByteLru(options.cacheBudgetBytes, (key) => this.#wanted.has(key));
  }

  /** Must come before any of the array's planes is wanted. `origin` decides with whom it shares slots. */
  register(array: ArrayHandle, origin: string): void {
    this.#arrays.set(array.id, arrayRecord(array, origin));
    if (!this.#slots.has(origin)) this.#slots.set(origin, new OriginSlots());
    this.#options.pool.register(array);
  }

  /** Drops all that is known of an array. Clients must no longer want any of its planes. */
  forget(arrayId: number): void {
    this.#arrays.delete(arrayId);
    this.#states.deletePrefix(`${arrayId}/`);
    this.#locations.forgetArray(arrayId);
    this.#options.pool.forget(arrayId);
  }

  setWanted(client: string, requests: readonly ChunkRequest[]): void {
    for (const { key } of this.#wanted.declare(client, requests)) {
      this.#queue.remove(key);
      const job = this.#ledger.jobOf(key);
      if (job) this.#abortIfUnwanted(job);
    }
    for (const { ref } of this.#wanted.values()) this.#enqueueIfNeeded(ref);
    this.#queue.reorder();
    this.#states.trim();
    this.#schedulePump();
  }

  state(key: string): ChunkState | undefined {
    return this.#states.get(key) ?? (this.#wanted.has(key) ? pending : undefined);
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Asks again, past the HTTP cache, for every wanted plane that failed. */
  retryFailed(): void {
    for (const { ref } of this.#wanted.values()) {
      const state = this.#states.peek(ref.key);
      if (state === undefined || state.kind === "data" || state.kind === "fill") continue;
      this.#states.delete(ref.key);
      this.#enqueue(ref, { attempts: 0, readyAtMs: 0, reload: true });
    }
    this.#corsOnErrors.clear();
    this.#schedulePump();
    this.#changes.notify();
  }

  statistics(): ChunkStatistics {
    return {
      requests: this.#requests,
      bytes: this.#bytes,
      decodedChunks: this.#decodedChunks,
      cacheBytes: this.#states.bytes,
      queued: this.#queue.size,
      running: this.#options.pool.runningJobs,
      workers: this.#options.pool.size,
    };
  }

  destroy(): void {
    clearTimeout(this.#retryTimer);
    this.#changes.clear();
    this.#options.pool.destroy();
  }

  #enqueueIfNeeded(ref: PlaneRef): void {
    const { key } = ref;
    if (this.#states.peek(key) || this.#ledger.jobOf(key) || this.#queue.has(key)) return;
    if (!this.#diagnosing.has(key))
      this.#enqueue(ref, { attempts: 0, readyAtMs: 0, reload: false });
  }

  #enqueue(ref: PlaneRef, attempt: Pick<QueuedPlane, "attempts" | "readyAtMs" | "reload">): void {
    const record = this.#arrays.get(ref.array.id);
    if (record === undefined) throw new Error(`Array ${ref.array.id} was not registered.`);
    this.#queue.add({ ref, record, ...attempt, ...planeUnit(record, ref) });
  }

  #schedulePump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    const nowMs = performance.now();
    const { pool } = this.#options;
    const order = (key: string) => this.#wanted.get(key)?.order ?? Number.POSITIVE_INFINITY;
    const full = new Set<string>();
    for (const plane of this.#queue.sorted(order)) {
      if (full.size === this.#slots.size) break;
      if (plane.readyAtMs > nowMs || !this.#queue.has(plane.ref.key)) continue;
      const slots = this.#slots.get(plane.record.origin)!;
      if (slots.free === 0 || pool.runningJobs >= slots.limit + backlogPerWorker * pool.size) {
        full.add(plane.record.origin);
        continue;
      }
      if (!this.#isBusy(plane)) this.#start(plane, nowMs, slots);
    }
    clearTimeout(this.#retryTimer);
    const nextReadyMs = this.#queue.nextReadyMs(nowMs);
    if (nextReadyMs !== undefined) {
      this.#retryTimer = setTimeout(() => this.#pump(), nextReadyMs - nowMs + 1);
    }
  }

  #isBusy(plane: QueuedPlane): boolean {
    if (plane.record.access !== "shard") return this.#ledger.isBusy(plane.unitKey);
    const located = this.#locations.has(plane.unitKey, plane.chunkKey);
    return this.#ledger.isBusy(located ? plane.chunkKey : plane.unitKey);
  }

  #start(plane: QueuedPlane, nowMs: number, slots: OriginSlots): void {
    const ready = this.#queue
      .readyInUnit(plane.unitKey, nowMs)
      .filter((other) => other.reload === plane.reload && !this.#isBusy(other));
    const planned = planJob(plane, ready, this.#locations.of(plane.unitKey));
    for (const { ref } of planned.planes) this.#queue.remove(ref.key);
    if (planned.kind === "fill") {
      for (const each of planned.planes) this.#settle(each, fillState(each));
      return;
    }
    const job = this.#ledger.open(planned, slots);
    const { pool } = this.#options;
    const sticky = stickyWorker(planned, pool.size);
    job.id = pool.run(sticky ?? pool.leastBusy(), planned.job, (event) =>
      this.#onEvent(job, event),
    );
  }

  #onEvent(job: JobRecord, event: JobEvent): void {
    const { planned } = job;
    switch (event.kind) {
      case "transferred": {
        const { requests, bytes, durationMs, protocol } = event.transfer;
        this.#requests += requests;
        this.#bytes += bytes;
        const timing = requests > 0 ? { durationMs, protocol, throttled: false } : undefined;
        this.#ledger.releaseSlot(job, timing);
        break;
      }
      case "located":
        if (planned.job.kind === "locate") this.#locations.remember(planned.job, event.locations);
        for (const plane of [...job.open.values()]) {
          this.#ledger.leave(job, plane.ref.key);
          if (this.#wanted.has(plane.ref.key)) this.#queue.add(plane);
        }
        break;
      case "outcome":
        if (event.outcome.kind === "planes") this.#decodedChunks++;
        for (const plane of planned.planesByItem[event.index] ?? []) {
          this.#onOutcome(job, plane, event.outcome);
        }
        break;
      case "failed":
        if (job.holdsSlot) this.#requests++;
        this.#ledger.releaseSlot(job, event.failure.throttled ? throttledTiming : undefined);
        for (const plane of [...job.open.values()]) this.#onFailure(job, plane, event.failure);
        break;
      case "done":
        this.#close(job);
        break;
    }
    this.#schedulePump();
    this.#changes.notify();
  }

  #onOutcome(job: JobRecord, plane: QueuedPlane, outcome: ChunkOutcome): void {
    const { key } = plane.ref;
    if (!job.open.has(key)) return;
    if (outcome.kind === "failed") {
      this.#onFailure(job, plane, outcome.failure);
      return;
    }
    this.#ledger.leave(job, key);
    if (outcome.kind === "fill") {
      this.#settle(plane, fillState(plane));
      return;
    }
    const cut = outcome.planes.find((each) => each.key === key);
    if (cut) this.#settle(plane, { kind: "data", plane: cut.plane });
  }

  #onFailure(job: JobRecord, plane: QueuedPlane, failure: ChunkFailure): void {
    const { ref, record } = plane;
    this.#ledger.leave(job, ref.key);
    const random = (this.#options.random ?? Math.random)();
    const step = afterFailure(plane, failure, this.#corsOnErrors.has(record.origin), random);
    if (step.kind === "settle") {
      this.#settle(plane, step.state);
      return;
    }
    if (!this.#wanted.has(ref.key)) return;
    if (step.kind === "diagnose") {
      void this.#diagnose(plane, failure);
      return;
    }
    // After a mismatch the shard may have been rewritten: its index is read again too.
    if (step.reload) this.#locations.forgetShard(plane.unitKey);
    const readyAtMs = performance.now() + step.delayMs;
    this.#enqueue(ref, { attempts: step.attempts, readyAtMs, reload: step.reload });
  }

  async #diagnose(plane: QueuedPlane, failure: ChunkFailure): Promise<void> {
    const { key } = plane.ref;
    this.#diagnosing.add(key);
    const { ref, unit } = plane;
    const verdict = await this.#options.diagnose(ref.array, unit).catch(() => "network" as const);
    this.#diagnosing.delete(key);
    if (verdict === "cors") this.#corsOnErrors.add(plane.record.origin);
    this.#settle(plane, diagnosedState(failure, verdict));
  }

  #settle({ ref, record }: QueuedPlane, state: ChunkState): void {
    // A late answer for an array that was forgotten meanwhile.
    if (this.#arrays.get(ref.array.id) !== record) return;
    this.#states.set(
      ref.key,
      state,
      stateBytes + (state.kind === "data" ? state.plane.byteLength : 0),
    );
    this.#changes.notify();
  }

  #abortIfUnwanted(job: JobRecord): void {
    for (const key of job.open.keys()) if (this.#wanted.has(key)) return;
    if (!job.holdsSlot || job.planned.expectedBytes < abortBytes) return;
    this.#options.pool.abort(job.id);
    this.#requests++;
    this.#close(job);
  }

  #close(job: JobRecord): void {
    for (const { ref } of this.#ledger.close(job)) {
      // Wanted again since the job was aborted: from the start.
      if (this.#wanted.has(ref.key)) this.#enqueueIfNeeded(ref);
    }
  }
}

const throttledTiming = { durationMs: 0, protocol: undefined, throttled: true };

function fillState({ record }: QueuedPlane): ChunkState {
  return { kind: "fill", value: record.handle.metadata.fillValue };
}
