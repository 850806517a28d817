import type { ChunkCoords } from "../array/array-metadata.ts";
import { changedCode } from "./chunk-failure.ts";
import type { ChunkQueue, QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";
import { type Diagnose, Diagnoses } from "./diagnoses.ts";
import { afterFailure, diagnosedState, type NextStep } from "./failure-policy.ts";
import { type AskForAbsent, type AskForKnown, Refusals } from "./refusals.ts";
import type { ShardLocations } from "./shard-locations.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

type Surroundings = {
  readonly queue: ChunkQueue;
  readonly locations: ShardLocations;
  readonly diagnose: Diagnose;
  readonly askForAbsent: AskForAbsent;
  readonly askForKnown: AskForKnown;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly isWanted: (plane: QueuedPlane) => boolean;
  readonly settle: (plane: QueuedPlane, state: ChunkState) => void;
  /** Something was queued outside of an event. */
  readonly wake: () => void;
};

/** Decides what becomes of planes whose read failed: another try, a probe of the server, or a final state. */
export class FailedPlanes {
  readonly #around: Surroundings;
  readonly #diagnoses: Diagnoses;
  readonly #refusals: Refusals;
  /** Source roots of which parts of another version came than what was opened. */
  readonly #changed = new Set<string>();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#diagnoses = new Diagnoses(around.diagnose);
    this.#refusals = new Refusals({ ...around, onAccessEnded: around.wake });
  }

  /** True while the plane waits for the result of a probe. */
  isDiagnosed(planeKey: string): boolean {
    return this.#diagnoses.isWaiting(planeKey) || this.#refusals.isWaiting(planeKey);
  }

  /** Source roots whose refusals are taken for missing keys. */
  takenForMissing(): readonly string[] {
    return this.#refusals.takenForMissing();
  }

  /** Source roots that could be read, and refuse everything by now. */
  endedAccess(): readonly string[] {
    return this.#refusals.endedAccess();
  }

  /** Source roots that were changed since they were opened. */
  changedRoots(): readonly string[] {
    return [...this.#changed];
  }

  /** Sources are opened anew, as they are now: access to them may have come back. */
  forgetSources(): void {
    this.#refusals.forgetEnded();
    this.#changed.clear();
  }

  /** The state of a plane that need not be asked for; undefined if it may be. */
  stateWithoutAccess(plane: QueuedPlane): ChunkState | undefined {
    return this.#refusals.stateWithoutAccess(plane);
  }

  /** A stored object of this array was read. */
  wasRead(array: ArrayHandle, object: ChunkCoords): void {
    this.#refusals.wasRead(array, object);
  }

  /** What was learnt about origins may no longer hold. */
  forgetOrigins(): void {
    this.#diagnoses.forgetOrigins();
    this.#refusals.forget();
  }

  /** Planes that failed together are tried again together: they are one request. */
  handle(planes: readonly QueuedPlane[], failure: ChunkFailure): void {
    const { locations, settle, random } = this.#around;
    const jitter = random();
    const nowMs = performance.now();
    for (const plane of planes) {
      if (failure.kind === "denied" && failure.status !== undefined) {
        void this.#refusals.handle(plane, failure);
        continue;
      }
      const hidesErrors = this.#diagnoses.hidesErrors(plane.record.origin);
      const step = afterFailure(plane, failure, hidesErrors, jitter);
      if (step.kind === "settle") {
        this.#learn(plane, step.state);
        settle(plane, step.state);
      } else if (step.kind === "diagnose") {
        void this.#diagnose(plane, failure, step);
      } else {
        // After a mismatch the shard may have been rewritten: its index is read again too.
        if (step.reload) locations.forgetShard(plane.unitKey);
        const { attempts, throttles, reload } = step;
        this.#tryAgain({ ...plane, attempts, throttles, reload, readyAtMs: nowMs + step.delayMs });
      }
    }
  }

  async #diagnose(
    plane: QueuedPlane,
    failure: ChunkFailure,
    { attempts, delayMs, isLast }: Extract<NextStep, { kind: "diagnose" }>,
  ): Promise<void> {
    if (!this.#around.isWanted(plane)) return;
    const verdict = await this.#diagnoses.verdictOn(plane);
    if (isLast) {
      const state = diagnosedState(failure, verdict);
      this.#learn(plane, state);
      this.#around.settle(plane, state);
    } else {
      this.#tryAgain({ ...plane, attempts, verdict, readyAtMs: performance.now() + delayMs });
    }
    this.#around.wake();
  }

  #tryAgain(plane: QueuedPlane): void {
    if (this.#around.isWanted(plane)) this.#around.queue.add(plane);
  }

  #learn({ ref, record }: QueuedPlane, state: ChunkState): void {
    const { store } = ref.array;
    if (state.kind === "error" && state.code === changedCode && store.kind === "http") {
      this.#changed.add(store.root);
    }
    if (state.kind === "unverifiable") this.#diagnoses.rememberHidesErrors(record.origin);
  }
}
