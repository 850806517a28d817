import type { ChunkCoords } from "../array/array-metadata.ts";
import type { ChunkQueue, QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";
import type { ChunkStatistics } from "./chunk-statistics.ts";
import { pausedState } from "./failure-policy.ts";
import { JobLedger, type JobRecord } from "./job-ledger.ts";
import { OriginBreakers, type RestPolicy } from "./origin-breakers.ts";
import { throttledTiming } from "./origin-slots.ts";
import { fillState, noOutcome, outcomeState } from "./outcome-state.ts";
import { planJob } from "./plan-job.ts";
import type { ShardLocations } from "./shard-locations.ts";
import { SlotTable } from "./slot-table.ts";
import { stickyWorker } from "./sticky-worker.ts";
import { isFallback } from "./wanted-set.ts";
import type { WorkerPool } from "./worker-pool.ts";
import type { ChunkFailure, ChunkOutcome, JobEvent } from "./worker-protocol.ts";

/** What the runner asks of the scheduler, and tells it. */
type Surroundings = {
  readonly pool: WorkerPool;
  readonly queue: ChunkQueue;
  readonly locations: ShardLocations;
  /** Place in the order of service, lower is sooner; undefined if nobody wants the plane any more. */
  readonly orderOf: (planeKey: string) => number | undefined;
  readonly settle: (plane: QueuedPlane, state: ChunkState) => void;
  readonly onFailure: (planes: readonly QueuedPlane[], failure: ChunkFailure) => void;
  /** A stored object of this array was read. */
  readonly wasRead: (array: ArrayHandle, object: ChunkCoords) => void;
  /** The state of a plane that may not be asked for, since access to its source has ended. */
  readonly stateWithoutAccess: (plane: QueuedPlane) => ChunkState | undefined;
  /** An origin that had been given up answers again. */
  readonly onRecovered: (origin: string) => void;
  /** One plane of this origin should be queued, as a probe. */
  readonly onProbeDue: (origin: string) => void;
  readonly changed: () => void;
  readonly restPolicy: RestPolicy | undefined;
};

/** Bodies smaller than this are left to finish: over HTTP/1.1 an abort costs the connection, if the request has one. */
const abortBytes = 128 * 1024;
/** Jobs that may wait for decoding, per worker, while the network goes on. */
const backlogPerWorker = 4;

/** Runs queued planes as jobs: the most urgent first, one request per job, slots per origin, none for origins that rest. */
export class JobRunner {
  readonly slots = new SlotTable(() => this.wake());
  readonly breakers: OriginBreakers;
  readonly #around: Surroundings;
  readonly #ledger = new JobLedger();
  #isWoken = false;
  #isDestroyed = false;
  #isAsleep = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #requests = 0;
  #bytes = 0;
  #decodedChunks = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.breakers = new OriginBreakers(() => this.#onBreaker(), around.restPolicy);
  }

  get statistics(): Pick<ChunkStatistics, "requests" | "bytes" | "decodedChunks"> {
    return { requests: this.#requests, bytes: this.#bytes, decodedChunks: this.#decodedChunks };
  }

  /** True while the plane is in a job. */
  isRunning(planeKey: string): boolean {
    return this.#ledger.jobOf(planeKey) !== undefined;
  }

  /** Looks soon whether something can be started. */
  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      if (!this.#isDestroyed) this.#pump();
    });
  }

  /** While nobody looks no plane is started; what is under way ends, and metadata that somebody waits for are read. */
  setAsleep(isAsleep: boolean): void {
    this.#isAsleep = isAsleep;
    this.wake();
  }

  /** The plane is no longer wanted: its job is aborted if that pays and nobody wants any other plane of it. */
  release(planeKey: string): void {
    const job = this.#ledger.jobOf(planeKey);
    if (!job) return;
    for (const key of job.open.keys()) if (this.#around.orderOf(key) !== undefined) return;
    if (!job.holdsSlot) return;
    const isUnsent = job.slots.waitsInBrowser(this.#ledger.ahead(job));
    if (!isUnsent && job.planned.expectedBytes < abortBytes) return;
    this.#requests++;
    this.breakers.releaseProbe(originOf(job));
    // Its slot is taken until the worker has called its fetch off: another request would be one too many.
    const freeSlot = this.#ledger.abandon(job);
    this.#around.pool.abort(job.id, () => {
      freeSlot();
      this.wake();
    });
  }

  destroy(): void {
    this.#isDestroyed = true;
    clearTimeout(this.#timer);
  }

  #onBreaker(): void {
    this.wake();
    this.#around.changed();
  }

  #pump(): void {
    const nowMs = performance.now();
    const { pool, queue } = this.#around;
    const full = new Set<string>();
    for (const origin of this.breakers.due(nowMs)) this.#around.onProbeDue(origin);
    this.slots.serve("urgent");
    if (this.#isAsleep) return;
    for (const plane of queue.sorted(this.#orderOf)) {
      if (full.size === this.slots.size) break;
      if (plane.readyAtMs > nowMs || !queue.has(plane.ref.key)) continue;
      const refused = this.#around.stateWithoutAccess(plane);
      if (refused) {
        queue.remove(plane.ref.key);
        this.#around.settle(plane, refused);
        continue;
      }
      const { origin } = plane.record;
      const slots = this.slots.of(origin);
      // Decoding is what all origins share: none of them waits for another one's slow server.
      if (this.#ledger.decoding >= backlogPerWorker * pool.size) break;
      // The coarse picture comes first, also on a line on which the others take half a minute.
      const isBehind =
        !isFallback(this.#orderOf(plane.ref.key)) && this.#ledger.fallbacks(slots) > 0;
      if (slots.free === 0 || (isBehind && slots.isCrowded)) {
        full.add(origin);
        continue;
      }
      if (this.#isBusy(plane)) continue;
      if (this.breakers.admits(origin, nowMs, slots.inFlight)) {
        this.#start(plane, nowMs, slots);
      } else if (this.breakers.givesUp(origin)) {
        queue.remove(plane.ref.key);
        this.#around.settle(plane, pausedState(origin));
      } else {
        full.add(origin);
      }
    }
    this.slots.serve("idle");
    this.#pumpAgain(nowMs);
  }

  /** When the next retry or the next probe is due. */
  #pumpAgain(nowMs: number): void {
    clearTimeout(this.#timer);
    const dueMs = Math.min(
      this.#around.queue.nextReadyMs(nowMs) ?? Number.POSITIVE_INFINITY,
      this.breakers.nextDueMs(nowMs) ?? Number.POSITIVE_INFINITY,
      this.slots.nextFreeMs(nowMs) ?? Number.POSITIVE_INFINITY,
    );
    if (Number.isFinite(dueMs)) this.#timer = setTimeout(() => this.#pump(), dueMs - nowMs + 1);
  }

  readonly #orderOf = (planeKey: string): number =>
    this.#around.orderOf(planeKey) ?? Number.POSITIVE_INFINITY;

  #isBusy(plane: QueuedPlane): boolean {
    return this.#ledger.isBusy(this.#around.locations.readKey(plane));
  }

  #start(plane: QueuedPlane, nowMs: number, slots: JobRecord["slots"]): void {
    const { pool, queue, locations, settle } = this.#around;
    const ready = queue
      .readyInUnit(plane.unitKey, nowMs)
      .filter((other) => other.reload === plane.reload && !this.#isBusy(other));
    const planned = planJob(plane, ready, locations.of(plane.unitKey));
    for (const { ref } of planned.planes) queue.remove(ref.key);
    if (planned.kind === "fill") {
      for (const each of planned.planes) settle(each, fillState(each));
      this.breakers.releaseProbe(plane.record.origin);
      return;
    }
    const job = this.#ledger.open(planned, slots, isFallback(this.#orderOf(plane.ref.key)));
    const sticky = stickyWorker(planned, pool.size);
    job.id = pool.run(sticky ?? pool.leastBusy(), planned.job, (event) =>
      this.#onEvent(job, event),
    );
  }

  #onEvent(job: JobRecord, event: JobEvent): void {
    const { planned } = job;
    const { queue, locations, orderOf, changed } = this.#around;
    switch (event.kind) {
      case "transferred": {
        const { requests, bytes, durationMs, protocol } = event.transfer;
        this.#requests += requests;
        this.#bytes += bytes;
        const timing = requests > 0 ? { durationMs, protocol, throttled: false } : undefined;
        this.#ledger.releaseSlot(job, timing);
        if (requests > 0) this.#onAnswer(job);
        break;
      }
      case "located":
        if (planned.job.kind === "locate") locations.remember(planned.job, event.locations);
        for (const plane of [...job.open.values()]) {
          this.#ledger.leave(job, plane.ref.key);
          if (orderOf(plane.ref.key) !== undefined) queue.add(plane);
        }
        break;
      case "outcome":
        this.#onOutcome(job, planned.planesByItem[event.index] ?? [], event.outcome);
        break;
      case "failed":
        if (job.holdsSlot) this.#requests++;
        this.#ledger.releaseSlot(job, throttledTiming(event.failure));
        // An answer that is no use is an answer.
        if (event.failure.retry !== "later") this.#onAnswer(job);
        else {
          const chunk = planned.planes[0]?.chunkKey ?? "";
          this.breakers.failed(originOf(job), event.failure, performance.now(), chunk);
        }
        this.#onFailure(job, [...job.open.values()], event.failure);
        break;
      case "done":
        // A job that says nothing of a plane must not be started over and over.
        if (job.open.size > 0) this.#onFailure(job, [...job.open.values()], noOutcome);
        this.breakers.releaseProbe(originOf(job));
        this.#ledger.close(job);
        break;
    }
    this.wake();
    changed();
  }

  #onAnswer(job: JobRecord): void {
    const origin = originOf(job);
    if (this.breakers.answered(origin)) this.#around.onRecovered(origin);
  }

  #onOutcome(job: JobRecord, planes: readonly QueuedPlane[], outcome: ChunkOutcome): void {
    const open = planes.filter(({ ref }) => job.open.has(ref.key));
    if (outcome.kind === "failed") {
      this.#onFailure(job, open, outcome.failure);
      return;
    }
    if (outcome.kind === "planes") {
      this.#decodedChunks++;
      const [first] = planes;
      if (first) this.#around.wasRead(first.ref.array, first.unit);
    }
    for (const plane of open) {
      const state = outcomeState(plane, outcome);
      if (state === undefined) continue;
      this.#ledger.leave(job, plane.ref.key);
      this.#around.settle(plane, state);
    }
  }

  #onFailure(job: JobRecord, planes: readonly QueuedPlane[], failure: ChunkFailure): void {
    for (const { ref } of planes) this.#ledger.leave(job, ref.key);
    this.#around.onFailure(planes, failure);
  }
}

/** All planes of a job are read from one stored object. */
function originOf({ planned }: JobRecord): string {
  return planned.planes[0]?.record.origin ?? "";
}
