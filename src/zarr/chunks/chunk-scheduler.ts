import { type ArrayRecord, arrayRecord, planeUnit } from "./array-record.ts";
import { ChangeNotifier } from "./change-notifier.ts";
import {
  type Attempt,
  ChunkQueue,
  firstAttempt,
  lastAttempt,
  type QueuedPlane,
} from "./chunk-queue.ts";
import type { ArrayHandle, ChunkClient, ChunkRequest, PlaneRef } from "./chunk-request.ts";
import { type ChunkState, isFailed } from "./chunk-state.ts";
import type { ChunkStatistics } from "./chunk-statistics.ts";
import type { Diagnose } from "./diagnoses.ts";
import { FailedPlanes } from "./failed-planes.ts";
import { isTransient } from "./failure-policy.ts";
import { JobRunner } from "./job-runner.ts";
import type { PausedOrigin, RestPolicy } from "./origin-breakers.ts";
import { PlaneStates } from "./plane-states.ts";
import type { AskForAbsent, AskForKnown } from "./refusals.ts";
import { ShardLocations } from "./shard-locations.ts";
import type { ReleaseSlot, SlotUrgency } from "./slot-table.ts";
import { WantedSet } from "./wanted-set.ts";
import type { WorkerPool } from "./worker-pool.ts";

export type ChunkSchedulerOptions = {
  readonly pool: WorkerPool;
  /** Decoded planes kept on the page; what is wanted now is never evicted. */
  readonly cacheBudgetBytes: number;
  /** Asked before the last try for a stored object: "cors" if the server answers but does not let this page read the answer. */
  readonly diagnose: Diagnose;
  /** Asked once per source root, when a chunk is refused with 403: is that how this server calls what is missing? */
  readonly askForAbsent: AskForAbsent;
  /** Asked when a chunk is refused, of an object that was read before: does access go on? */
  readonly askForKnown: AskForKnown;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
  /** How long an origin rests that fails all the time. */
  readonly restPolicy?: RestPolicy;
};

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
  readonly #states: PlaneStates;
  readonly #arrays = new Map<number, ArrayRecord>();
  readonly #locations = new ShardLocations();
  readonly #failed: FailedPlanes;
  readonly #runner: JobRunner;
  readonly #changes = new ChangeNotifier();

  constructor(options: ChunkSchedulerOptions) {
    this.#options = options;
    this.#states = new PlaneStates(options.cacheBudgetBytes, (key) => this.#wanted.has(key));
    const settle = (plane: QueuedPlane, state: ChunkState) => this.#settle(plane, state);
    this.#runner = new JobRunner({
      pool: options.pool,
      queue: this.#queue,
      locations: this.#locations,
      orderOf: (key) => this.#wanted.get(key)?.order,
      settle,
      onFailure: (planes, failure) => this.#failed.handle(planes, failure),
      wasRead: (...read) => this.#failed.wasRead(...read),
      stateWithoutAccess: (plane) => this.#failed.stateWithoutAccess(plane),
      onRecovered: (origin) => this.#askAgain(isTransientOf(origin), firstAttempt),
      onProbeDue: (origin) => this.#askAgain(isTransientOf(origin), lastAttempt, 1),
      changed: () => this.#changes.notify(),
      restPolicy: options.restPolicy,
    });
    this.#failed = new FailedPlanes({
      queue: this.#queue,
      locations: this.#locations,
      diagnose: options.diagnose,
      askForAbsent: options.askForAbsent,
      askForKnown: options.askForKnown,
      random: options.random ?? Math.random,
      isWanted: ({ ref, record }) =>
        this.#arrays.get(ref.array.id) === record && this.#wanted.has(ref.key),
      settle,
      wake: () => this.#runner.wake(),
    });
  }

  /** Must come before any of the array's planes is wanted. `origin` decides with whom it shares slots. */
  register(array: ArrayHandle, origin: string): void {
    this.#arrays.set(array.id, arrayRecord(array, origin));
    this.#runner.slots.of(origin);
    this.#options.pool.register(array);
  }

  /** Resolves once there is a slot for a request that is no chunk's, with what gives it back. */
  slot(origin: string, urgency: SlotUrgency): Promise<ReleaseSlot> {
    return this.#runner.slots.wait(origin, urgency);
  }

  /** Drops all that is known of arrays, and what is still wanted of them. Nobody may want more. */
  forget(...arrayIds: readonly number[]): void {
    const ids = new Set(arrayIds);
    for (const id of ids) if (this.#arrays.delete(id)) this.#options.pool.forget(id);
    for (const part of [this.#wanted, this.#queue, this.#states, this.#locations]) {
      part.forgetArrays(ids);
    }
  }

  setWanted(client: string, requests: readonly ChunkRequest[]): void {
    for (const { key } of this.#wanted.declare(client, requests)) {
      this.#queue.remove(key);
      this.#runner.release(key);
    }
    for (const { ref } of this.#wanted.values()) this.#enqueueIfNeeded(ref);
    this.#queue.reorder();
    this.#states.trim();
    this.#runner.wake();
  }

  state(key: string): ChunkState | undefined {
    return this.#states.get(key) ?? (this.#wanted.has(key) ? pending : undefined);
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Asks again, past the HTTP cache and with fresh shard indexes, for every wanted plane that failed; origins that rest are tried at once. */
  retryFailed(): void {
    this.#failed.forgetOrigins();
    this.#runner.breakers.reset();
    this.#runner.slots.endRests();
    this.#askAgain(isFailed, { ...firstAttempt, reload: true });
    this.#runner.wake();
    this.#changes.notify();
  }

  /** Whether this computer has a network: without one nothing is asked in vain, and all goes on when it is back. */
  setOnline(isOnline: boolean): void {
    this.#runner.breakers.setOnline(isOnline);
  }

  /** While the page is hidden nothing new is asked for; all goes on when it is looked at again. */
  setAsleep(isAsleep: boolean): void {
    this.#runner.setAsleep(isAsleep);
  }

  /** Origins that are not asked for the time being, since they do not answer. */
  paused(): readonly PausedOrigin[] {
    return [...this.#runner.breakers.paused(), ...this.#runner.slots.resting()];
  }

  /** Source roots whose refusals are taken for missing chunks: there, what does not exist is refused too. */
  takenForMissing(): readonly string[] {
    return this.#failed.takenForMissing();
  }

  /** Source roots that could be read, and refuse everything by now: nothing of them is asked for until `retryFailed`. */
  endedAccess(): readonly string[] {
    return this.#failed.endedAccess();
  }

  /** Source roots of which parts came that are of another version than what was opened. */
  changedRoots(): readonly string[] {
    return this.#failed.changedRoots();
  }

  /** A source is opened anew, as it is now: access to it may have come back. */
  forgetSources(): void {
    this.#failed.forgetSources();
  }

  statistics(): ChunkStatistics {
    return {
      ...this.#runner.statistics,
      cacheBytes: this.#states.bytes,
      queued: this.#queue.size,
      running: this.#options.pool.runningJobs,
      workers: this.#options.pool.size,
    };
  }

  destroy(): void {
    this.#runner.destroy();
    this.#changes.clear();
    this.#options.pool.destroy();
  }

  #enqueueIfNeeded(ref: PlaneRef): void {
    const { key } = ref;
    if (this.#states.has(key) || this.#runner.isRunning(key) || this.#queue.has(key)) return;
    if (this.#failed.isDiagnosed(key)) return;
    const plane = this.#queued(ref, firstAttempt);
    if (plane === undefined) throw new Error(`Array ${ref.array.id} was not registered.`);
    // Tries are counted per object: who joins one that waits for its next try waits with it.
    const readKey = this.#locations.readKey(plane);
    for (const waiting of this.#queue.retries()) {
      if (this.#locations.readKey(waiting) !== readKey) continue;
      const { attempts, throttles, readyAtMs, reload, verdict } = waiting;
      this.#queue.add({ ...plane, attempts, throttles, readyAtMs, reload, verdict });
      return;
    }
    this.#queue.add(plane);
  }

  /** Queues wanted planes anew whose state is accepted, the most urgent `most` of them. */
  #askAgain(
    accept: (state: ChunkState, origin: string) => boolean,
    attempt: Attempt,
    most = Number.POSITIVE_INFINITY,
  ): void {
    const chosen: { readonly plane: QueuedPlane; readonly order: number }[] = [];
    for (const { ref, order } of this.#wanted.values()) {
      const state = this.#states.peek(ref.key);
      const plane = state && this.#queued(ref, attempt);
      if (plane && accept(state, plane.record.origin)) chosen.push({ plane, order });
    }
    if (most < chosen.length) chosen.sort((a, b) => a.order - b.order);
    for (const { plane } of chosen.slice(0, most)) {
      this.#states.delete(plane.ref.key);
      if (attempt.reload) this.#locations.forgetShard(plane.unitKey);
      this.#queue.add(plane);
    }
  }

  #queued(ref: PlaneRef, attempt: Attempt): QueuedPlane | undefined {
    const record = this.#arrays.get(ref.array.id);
    return record && { ref, record, ...attempt, ...planeUnit(record, ref) };
  }

  #settle({ ref, record }: QueuedPlane, state: ChunkState): void {
    // A late answer for an array that was forgotten meanwhile.
    if (this.#arrays.get(ref.array.id) !== record) return;
    this.#states.settle(ref.key, state);
    this.#changes.notify();
  }
}

function isTransientOf(origin: string): (state: ChunkState, of: string) => boolean {
  return (state, of) => of === origin && isTransient(state);
}
