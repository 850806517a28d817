import { type ArrayRecord, arrayRecord, planeUnit } from "./array-record.ts";
import { ChangeNotifier } from "./change-notifier.ts";
import { type Attempt, ChunkQueue, firstAttempt, type QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle, ChunkClient, ChunkRequest, PlaneRef } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";
import type { ChunkStatistics } from "./chunk-statistics.ts";
import type { Diagnose } from "./diagnoses.ts";
import { FailedPlanes } from "./failed-planes.ts";
import { JobLedger, type JobRecord } from "./job-ledger.ts";
import { throttledTiming } from "./origin-slots.ts";
import { fillState, noOutcome, outcomeState } from "./outcome-state.ts";
import { planJob } from "./plan-job.ts";
import { PlaneStates } from "./plane-states.ts";
import { ShardLocations } from "./shard-locations.ts";
import { SlotTable, type SlotUrgency } from "./slot-table.ts";
import { stickyWorker } from "./sticky-worker.ts";
import { WantedSet } from "./wanted-set.ts";
import type { WorkerPool } from "./worker-pool.ts";
import type { ChunkFailure, ChunkOutcome, JobEvent } from "./worker-protocol.ts";

export type ChunkSchedulerOptions = {
  readonly pool: WorkerPool;
  /** Decoded planes kept on the page; what is wanted now is never evicted. */
  readonly cacheBudgetBytes: number;
  /** Asked before the last try for a stored object: "cors" if the server answers but does not let this page read the answer. */
  readonly diagnose: Diagnose;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
};

/** Bodies smaller than this are left to finish: over HTTP/1.1 an abort costs the connection. */
const abortBytes = 128 * 1024;
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
  readonly #states: PlaneStates;
  readonly #arrays = new Map<number, ArrayRecord>();
  readonly #slots = new SlotTable(() => this.#schedulePump());
  readonly #locations = new ShardLocations();
  readonly #failed: FailedPlanes;
  readonly #changes = new ChangeNotifier();
  #pumping = false;
  #destroyed = false;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #requests = 0;
  #bytes = 0;
  #decodedChunks = 0;

  constructor(options: ChunkSchedulerOptions) {
    this.#options = options;
    this.#states = new PlaneStates(options.cacheBudgetBytes, (key) => this.#wanted.has(key));
    this.#failed = new FailedPlanes({
      queue: this.#queue,
      locations: this.#locations,
      diagnose: options.diagnose,
      random: options.random ?? Math.random,
      isWanted: ({ ref, record }) =>
        this.#arrays.get(ref.array.id) === record && this.#wanted.has(ref.key),
      settle: (plane, state) => this.#settle(plane, state),
      wake: () => this.#schedulePump(),
    });
  }

  /** Must come before any of the array's planes is wanted. `origin` decides with whom it shares slots. */
  register(array: ArrayHandle, origin: string): void {
    this.#arrays.set(array.id, arrayRecord(array, origin));
    this.#slots.of(origin);
    this.#options.pool.register(array);
  }

  /** Resolves once there is a slot for a request that is no chunk's, with what gives it back. */
  slot(origin: string, urgency: SlotUrgency): Promise<() => void> {
    return this.#slots.wait(origin, urgency);
  }

  /** Drops all that is known of an array, of which no client may want a plane any more. */
  forget(arrayId: number): void {
    this.#arrays.delete(arrayId);
    this.#queue.removeArray(arrayId);
    this.#states.forgetArray(arrayId);
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

  /** Asks again, past the HTTP cache and with fresh shard indexes, for every wanted plane that failed. */
  retryFailed(): void {
    this.#failed.forgetOrigins();
    for (const { ref } of this.#wanted.values()) {
      if (!this.#states.hasFailed(ref.key)) continue;
      this.#states.delete(ref.key);
      const plane = this.#queued(ref, { ...firstAttempt, reload: true });
      if (plane === undefined) continue;
      this.#locations.forgetShard(plane.unitKey);
      this.#queue.add(plane);
    }
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
    this.#destroyed = true;
    clearTimeout(this.#retryTimer);
    this.#changes.clear();
    this.#options.pool.destroy();
  }

  #enqueueIfNeeded(ref: PlaneRef): void {
    const { key } = ref;
    if (this.#states.has(key) || this.#ledger.jobOf(key) || this.#queue.has(key)) return;
    if (this.#failed.isDiagnosed(key)) return;
    const plane = this.#queued(ref, firstAttempt);
    if (plane === undefined) throw new Error(`Array ${ref.array.id} was not registered.`);
    // Tries are counted per object: who joins one that waits for its next try waits with it.
    const readKey = this.#locations.readKey(plane);
    for (const waiting of this.#queue.retries()) {
      if (this.#locations.readKey(waiting) !== readKey) continue;
      const { attempts, readyAtMs, reload, verdict } = waiting;
      this.#queue.add({ ...plane, attempts, readyAtMs, reload, verdict });
      return;
    }
    this.#queue.add(plane);
  }

  #queued(ref: PlaneRef, attempt: Attempt): QueuedPlane | undefined {
    const record = this.#arrays.get(ref.array.id);
    return record && { ref, record, ...attempt, ...planeUnit(record, ref) };
  }

  #schedulePump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      if (!this.#destroyed) this.#pump();
    });
  }

  #pump(): void {
    const nowMs = performance.now();
    const { pool } = this.#options;
    const order = (key: string) => this.#wanted.get(key)?.order ?? Number.POSITIVE_INFINITY;
    const full = new Set<string>();
    this.#slots.serve("urgent");
    for (const plane of this.#queue.sorted(order)) {
      if (full.size === this.#slots.size) break;
      if (plane.readyAtMs > nowMs || !this.#queue.has(plane.ref.key)) continue;
      const slots = this.#slots.of(plane.record.origin);
      // Decoding is what all origins share: none of them waits for another one's slow server.
      if (this.#ledger.decoding >= backlogPerWorker * pool.size) break;
      if (slots.free === 0) {
        full.add(plane.record.origin);
        continue;
      }
      if (!this.#isBusy(plane)) this.#start(plane, nowMs, slots);
    }
    this.#slots.serve("idle");
    clearTimeout(this.#retryTimer);
    const nextReadyMs = this.#queue.nextReadyMs(nowMs);
    if (nextReadyMs !== undefined) {
      this.#retryTimer = setTimeout(() => this.#pump(), nextReadyMs - nowMs + 1);
    }
  }

  #isBusy(plane: QueuedPlane): boolean {
    return this.#ledger.isBusy(this.#locations.readKey(plane));
  }

  #start(plane: QueuedPlane, nowMs: number, slots: JobRecord["slots"]): void {
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
        this.#onOutcome(job, planned.planesByItem[event.index] ?? [], event.outcome);
        break;
      case "failed":
        if (job.holdsSlot) this.#requests++;
        this.#ledger.releaseSlot(job, event.failure.throttled ? throttledTiming : undefined);
        this.#onFailure(job, [...job.open.values()], event.failure);
        break;
      case "done":
        // A job that says nothing of a plane must not be started over and over.
        if (job.open.size > 0) this.#onFailure(job, [...job.open.values()], noOutcome);
        this.#ledger.close(job);
        break;
    }
    this.#schedulePump();
    this.#changes.notify();
  }

  #onOutcome(job: JobRecord, planes: readonly QueuedPlane[], outcome: ChunkOutcome): void {
    const open = planes.filter(({ ref }) => job.open.has(ref.key));
    if (outcome.kind === "failed") {
      this.#onFailure(job, open, outcome.failure);
      return;
    }
    for (const plane of open) {
      const state = outcomeState(plane, outcome);
      if (state === undefined) continue;
      this.#ledger.leave(job, plane.ref.key);
      this.#settle(plane, state);
    }
  }

  #onFailure(job: JobRecord, planes: readonly QueuedPlane[], failure: ChunkFailure): void {
    for (const { ref } of planes) this.#ledger.leave(job, ref.key);
    this.#failed.handle(planes, failure);
  }

  #settle({ ref, record }: QueuedPlane, state: ChunkState): void {
    // A late answer for an array that was forgotten meanwhile.
    if (this.#arrays.get(ref.array.id) !== record) return;
    this.#states.settle(ref.key, state);
    this.#changes.notify();
  }

  #abortIfUnwanted(job: JobRecord): void {
    for (const key of job.open.keys()) if (this.#wanted.has(key)) return;
    if (!job.holdsSlot || job.planned.expectedBytes < abortBytes) return;
    this.#options.pool.abort(job.id);
    this.#requests++;
    this.#ledger.close(job);
  }
}
