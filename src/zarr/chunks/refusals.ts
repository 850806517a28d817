import type { ChunkCoords } from "../array/array-metadata.ts";
import type { QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";
import { fillState } from "./outcome-state.ts";
import { SharedProbe } from "./shared-probe.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

/**
 * What a server answers for a key that surely does not exist: "missing" (404), "refused" (403, as S3 does for those who may not list),
 * "unknown" (anything else).
 */
export type AbsentAnswer = "missing" | "refused" | "unknown";

/** Asks for a key beside the array's metadata that surely does not exist. */
export type AskForAbsent = (array: ArrayHandle) => Promise<AbsentAnswer>;

/** What a server answers now for an object that was read before: "refused" is 401 or 403, "unknown" anything else but its bytes. */
export type KnownAnswer = "readable" | "refused" | "unknown";

/** Asks again, past every cache, for a stored object that was read before. */
export type AskForKnown = (array: ArrayHandle, object: ChunkCoords) => Promise<KnownAnswer>;

type Surroundings = {
  readonly askForAbsent: AskForAbsent;
  readonly askForKnown: AskForKnown;
  readonly settle: (plane: QueuedPlane, state: ChunkState) => void;
  /** Access to a source root has ended: nothing of it should be asked for. */
  readonly onAccessEnded: () => void;
};

type Root = {
  /** URL of the root, or the kind of store. */
  readonly name: string;
  readonly absent: Promise<AbsentAnswer>;
  isTakenForMissing: boolean;
  /** Refused before anything was readable. */
  readonly undecided: Map<string, { readonly plane: QueuedPlane; readonly failure: ChunkFailure }>;
};

/**
 * Decides what a refusal (401, 403) of a chunk means, per source root (ux-and-faults 2.4). How a server calls what does not exist is asked once.
 * Access may end at any time, and looks the same: therefore a refused chunk is missing only if an object that was read before is still
 * readable after the refusal. If that is refused too, access has ended, and nothing more is asked for.
 */
export class Refusals {
  readonly #around: Surroundings;
  /** By root and access, as all that follows: with another signature nothing is known yet. */
  readonly #roots = new Map<string, Root>();
  /** Of each root from which something was read: whether that can still be read. */
  readonly #known = new Map<string, SharedProbe<KnownAnswer>>();
  /** Names of roots that refuse everything by now. */
  readonly #ended = new Map<string, string>();
  readonly #waiting = new Set<string>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** True while the plane waits for the answer about its root. */
  isWaiting(planeKey: string): boolean {
    return this.#waiting.has(planeKey);
  }

  /** Source roots whose refusals are taken for missing keys. */
  takenForMissing(): string[] {
    return [...this.#roots.values()].flatMap(({ name, isTakenForMissing }) =>
      isTakenForMissing ? [name] : [],
    );
  }

  /** Source roots that could be read, and refuse everything by now. */
  endedAccess(): string[] {
    return [...this.#ended.values()];
  }

  /** The state of a plane that need not be asked for; undefined if it may be. */
  stateWithoutAccess({ ref }: QueuedPlane): ChunkState | undefined {
    return this.#ended.has(keyOf(ref.array)) ? endedState : undefined;
  }

  /** A stored object of this array was read. */
  wasRead(array: ArrayHandle, object: ChunkCoords): void {
    const rootKey = keyOf(array);
    if (this.#known.has(rootKey)) return;
    const ask = () => this.#around.askForKnown(array, object).catch((): KnownAnswer => "unknown");
    this.#known.set(rootKey, new SharedProbe(ask));
    const root = this.#roots.get(rootKey);
    if (!root) return;
    const undecided = [...root.undecided.values()];
    root.undecided.clear();
    for (const { plane, failure } of undecided) void this.handle(plane, failure);
  }

  /** What was learnt may no longer hold. */
  forget(): void {
    this.#roots.clear();
    this.forgetEnded();
  }

  /** Access may have come back: whatever is wanted is asked for again. */
  forgetEnded(): void {
    this.#ended.clear();
  }

  /** Settles a plane whose object was refused. */
  async handle(plane: QueuedPlane, failure: ChunkFailure): Promise<void> {
    const { key } = plane.ref;
    this.#waiting.add(key);
    const state = await this.#stateOf(plane, failure);
    this.#waiting.delete(key);
    this.#around.settle(plane, state);
  }

  async #stateOf(plane: QueuedPlane, failure: ChunkFailure): Promise<ChunkState> {
    const { array, key } = plane.ref;
    const rootKey = keyOf(array);
    const root = this.#rootOf(rootKey, array);
    const known = this.#known.get(rootKey);
    const [absent, still] = await Promise.all([root.absent, known?.answer()]);
    if (still === "refused") {
      const isNew = !this.#ended.has(rootKey);
      this.#ended.set(rootKey, root.name);
      if (isNew) this.#around.onAccessEnded();
      return endedState;
    }
    // Only 403 is what stores answer for a key that does not exist.
    if (absent === "missing" || failure.status !== 403) {
      return { kind: "denied", code: failure.code, reason: failure.reason };
    }
    if (absent === "refused" && still === "readable") {
      root.isTakenForMissing = true;
      return fillState(plane);
    }
    // Something may have been read while the server was asked.
    if (still === undefined && this.#known.has(rootKey)) return this.#stateOf(plane, failure);
    if (absent === "refused" && still === undefined) root.undecided.set(key, { plane, failure });
    return undecidedState(failure);
  }

  #rootOf(rootKey: string, array: ArrayHandle): Root {
    let root = this.#roots.get(rootKey);
    if (!root) {
      const { store } = array;
      root = {
        name: store.kind === "http" ? store.root : store.kind,
        absent: this.#around.askForAbsent(array).catch((): AbsentAnswer => "unknown"),
        isTakenForMissing: false,
        undecided: new Map(),
      };
      this.#roots.set(rootKey, root);
    }
    return root;
  }
}

const endedState: ChunkState = {
  kind: "denied",
  code: "ZS-EXPIRED",
  reason: "Access has ended: the server refuses what it let this page read before.",
};

function undecidedState({ reason }: ChunkFailure): ChunkState {
  const addition =
    "This server refuses keys that do not exist in the same way, so whether the chunk exists cannot be told.";
  return { kind: "unverifiable", code: "ZS-FORBIDDEN", reason: `${reason} ${addition}` };
}

function keyOf({ store }: ArrayHandle): string {
  return store.kind === "http"
    ? JSON.stringify([store.root, store.search, store.authorization])
    : store.kind;
}
