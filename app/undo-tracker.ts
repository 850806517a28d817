import {
  amendStep,
  beginHistory,
  gestureOf,
  recordStep,
  redoStep,
  restoredState,
  type UndoableState,
  type UndoHistory,
  undoableOf,
  undoStep,
  withFound,
} from "../src/ui/state/undo-history.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";

/** A change of the same thing within this time belongs to the gesture before it. */
const gestureMs = 700;

/** Remembers the steps of one image in a store and takes them back. */
export class UndoTracker {
  readonly #store: ViewerStore;
  readonly #nowMs: () => number;
  #history: UndoHistory<UndoableState>;
  #gesture: string | undefined;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  #isApplying = false;

  constructor(store: ViewerStore, nowMs: () => number = () => performance.now()) {
    this.#store = store;
    this.#nowMs = nowMs;
    this.#history = beginHistory(undoableOf(store.getState()));
    store.subscribe((state, before) => this.#onState(state, before));
  }

  undo(): void {
    this.#apply(undoStep(this.#history));
  }

  redo(): void {
    this.#apply(redoStep(this.#history));
  }

  #apply(history: UndoHistory<UndoableState>): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#gesture = undefined;
    this.#isApplying = true;
    this.#store.setState((state) => ({
      ...restoredState(history.present, state),
      playback: { ...state.playback, playing: undefined },
    }));
    this.#isApplying = false;
    this.#report();
  }

  #onState(state: ViewerState, before: ViewerState): void {
    if (this.#isApplying) return;
    if (state.source !== before.source) {
      this.#history = beginHistory(undoableOf(state));
      this.#gesture = undefined;
      this.#report();
      return;
    }
    const next = undoableOf(state);
    const { present } = this.#history;
    const gesture = gestureOf(present, next);
    if (gesture === undefined || state.source.status !== "open") return;
    if (present.view === undefined || gestureOf(withFound(present, next), next) === undefined) {
      this.#history = {
        past: this.#history.past.map((step) => withFound(step, next)),
        present: next,
        future: this.#history.future.map((step) => withFound(step, next)),
      };
      return;
    }
    const nowMs = this.#nowMs();
    // All planes that play by are one step.
    const goesOn =
      gesture === this.#gesture &&
      (nowMs - this.#changedAtMs < gestureMs ||
        (state.playback.playing !== undefined && gesture === "selection"));
    this.#history = goesOn ? amendStep(this.#history, next) : recordStep(this.#history, next);
    this.#gesture = gesture;
    this.#changedAtMs = nowMs;
    this.#report();
  }

  #report(): void {
    const canUndo = this.#history.past.length > 0;
    const canRedo = this.#history.future.length > 0;
    const { undo } = this.#store.getState();
    if (undo.canUndo === canUndo && undo.canRedo === canRedo) return;
    this.#store.setState({ undo: { canUndo, canRedo } });
  }
}
