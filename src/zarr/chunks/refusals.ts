import type { QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";
import { fillState } from "./outcome-state.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

/**
 * What a server answers for a key that surely does not exist: "missing" (404), "refused" (403, as S3 does for those who may not list),
 * "unknown" (anything else).
 */
export type AbsentAnswer = "missing" | "refused" | "unknown";

/** Asks for a key beside the array's metadata that surely does not exist. */
export type AskForAbsent = (array: ArrayHandle) => Promise<AbsentAnswer>;

type Surroundings = {
  readonly askForAbsent: AskForAbsent;
  readonly settle: (plane: QueuedPlane, state: ChunkState) => void;
};

type Root = {
  readonly answer: Promise<AbsentAnswer>;
  /** Something stored below this root was read: the server lets this page read what is there. */
  isReadable: boolean;
  isTakenForMissing: boolean;
  /** Refused before anything was readable. */
  readonly undecided: Map<string, { readonly plane: QueuedPlane; readonly failure: ChunkFailure }>;
};

/**
 * Decides what a 403 for a chunk means, once per source root (ux-and-faults 2.4): where a key that surely does not exist gets 403 as well and
 * other chunks can be read, refused chunks are missing ones; where it gets 404 they are denied; else nobody can tell.
 */
export class Refusals {
  readonly #around: Surroundings;
  readonly #roots = new Map<string, Root>();
  readonly #readable = new Set<string>();
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
    return [...this.#roots].flatMap(([name, { isTakenForMissing }]) =>
      isTakenForMissing ? [name] : [],
    );
  }

  /** A stored object of this array was read. */
  wasRead(array: ArrayHandle): void {
    const name = rootOf(array);
    if (this.#readable.has(name)) return;
    this.#readable.add(name);
    const root = this.#roots.get(name);
    if (!root) return;
    root.isReadable = true;
    const undecided = [...root.undecided.values()];
    root.undecided.clear();
    for (const { plane, failure } of undecided) void this.handle(plane, failure);
  }

  /** What was learnt may no longer hold. */
  forget(): void {
    this.#roots.clear();
  }

  /** Settles a plane whose object was refused with 403. */
  async handle(plane: QueuedPlane, failure: ChunkFailure): Promise<void> {
    const { key, array } = plane.ref;
    const name = rootOf(array);
    const root = this.#rootOf(name, array);
    this.#waiting.add(key);
    const answer = await root.answer;
    this.#waiting.delete(key);
    const { settle } = this.#around;
    switch (answer) {
      case "missing":
        settle(plane, { kind: "denied", code: failure.code, reason: failure.reason });
        return;
      case "unknown":
        settle(plane, undecidedState(failure));
        return;
      case "refused":
        if (root.isReadable) {
          root.isTakenForMissing = true;
          settle(plane, fillState(plane));
        } else {
          root.undecided.set(key, { plane, failure });
          settle(plane, undecidedState(failure));
        }
    }
  }

  #rootOf(name: string, array: ArrayHandle): Root {
    let root = this.#roots.get(name);
    if (!root) {
      root = {
        answer: this.#around.askForAbsent(array).catch((): AbsentAnswer => "unknown"),
        isReadable: this.#readable.has(name),
        isTakenForMissing: false,
        undecided: new Map(),
      };
      this.#roots.set(name, root);
    }
    return root;
  }
}

function undecidedState({ reason }: ChunkFailure): ChunkState {
  const addition =
    "This server refuses keys that do not exist in the same way, so whether the chunk exists cannot be told.";
  return { kind: "unverifiable", code: "ZS-FORBIDDEN", reason: `${reason} ${addition}` };
}

function rootOf({ store }: ArrayHandle): string {
  return store.kind === "http" ? store.root : store.kind;
}
