import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";

/** Nobody reads numbers that change more often. */
const soonestMs = 200;

/** A picture that waits for nothing from the network and has stayed as it is for so long rests. */
const restMs = 60;

/** Whoever waits for longer is called even if the picture never rests. */
const latestMs = 1000;

/**
 * When to tell what is shown beside the picture: bytes, histograms, marks on sliders. Each change of it makes the browser compose the whole page once
 * more, 50 ms with a software renderer, which the picture has to wait for. So all of it changes together, once the picture rests.
 */
export class CalmMoments {
  readonly #store: ViewerStore;
  readonly #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer is due; undefined while there is none. */
  #dueMs: number | undefined;
  #firstMs = 0;
  #changedMs = Number.NEGATIVE_INFINITY;
  /** Another picture is asked for, and no frame has told yet what is missing of it. */
  #isAwaited = false;

  constructor(store: ViewerStore) {
    this.#store = store;
    store.subscribe((state, before) => {
      const isDrawn = state.stage !== undefined && state.stage !== before.stage;
      if (!isDrawn && !isAnother(state, before)) return;
      this.#isAwaited = !isDrawn;
      this.#changedMs = performance.now();
      if (this.#waiting.size > 0) this.#plan();
    });
  }

  /** Calls back once, however often it is asked to until then. The returned function takes that back. */
  once(tell: () => void): () => void {
    const isFirst = this.#waiting.size === 0;
    this.#waiting.add(tell);
    if (isFirst) {
      this.#firstMs = performance.now();
      this.#plan();
    }
    return () => this.#waiting.delete(tell);
  }

  #plan(): void {
    const isWhole = !this.#isAwaited && nothingMissing(this.#store.getState());
    const restsMs = isWhole ? this.#changedMs + restMs : Number.POSITIVE_INFINITY;
    const dueMs = Math.min(Math.max(this.#firstMs + soonestMs, restsMs), this.#firstMs + latestMs);
    if (dueMs === this.#dueMs) return;
    this.#dueMs = dueMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#call(), dueMs - performance.now());
  }

  #call(): void {
    this.#dueMs = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    // Should one of them throw, the others are called all the same.
    for (const tell of waiting) queueMicrotask(tell);
  }
}

function isAnother(state: ViewerState, before: ViewerState): boolean {
  return (
    state.view !== before.view ||
    state.selection !== before.selection ||
    state.source !== before.source
  );
}

function nothingMissing({ source, stage }: ViewerState): boolean {
  return source.status !== "opening" && (stage === undefined || stage.tiles.pending === 0);
}
