import type { ViewerState } from "./viewer-state.ts";
import type { ViewerStore } from "./viewer-store.ts";

/** What components read of a store. */
export type ReadableStore = Pick<ViewerStore, "getState" | "getInitialState" | "subscribe">;

/** A store as the interface shows it, which may be a moment behind. */
export type ShownStore = ReadableStore & {
  /** Whether the state of the moment is another one. */
  readonly isBehind: () => boolean;
  /** Shows the state of the moment. */
  readonly catchUp: () => void;
};

export type ShownOptions = {
  /** Whether the interface waits for the picture of the next image too, or for its metadata alone. */
  readonly waitsFor: "picture" | "metadata";
  /** Calls back once the browser has painted what is drawn now. */
  readonly afterPaint: (done: () => void) => void;
};

/** Milliseconds that what belongs to the last image stays while the next one's metadata is read. */
const metadataMs = 400;
/** Milliseconds that the picture is waited for, which the stage shows after 400 as far as it is there. */
const pictureMs = 600;

type Wait = "metadata" | "picture" | "paint";

/**
 * From one image to the next the interface stays as it was until the new picture is there, or for a moment at most: nothing flashes, and the
 * picture does not wait for panels to be drawn (docs/decisions/009-from-image-to-image.md). Everything else is shown at once.
 */
export function shownStore(store: ViewerStore, { waitsFor, afterPaint }: ShownOptions): ShownStore {
  const listeners = new Set<Parameters<ViewerStore["subscribe"]>[0]>();
  let shown = store.getState();
  let wait: Wait | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function catchUp(): void {
    clearTimeout(timer);
    wait = undefined;
    const before = shown;
    shown = store.getState();
    if (shown === before) return;
    for (const listener of [...listeners]) listener(shown, before);
  }

  function begin(next: Wait, longestMs: number): void {
    if (wait === next) return;
    wait = next;
    clearTimeout(timer);
    timer = setTimeout(catchUp, longestMs);
  }

  store.subscribe((state) => {
    const next = wanted(shown, state, wait);
    if (next === undefined || (next !== "metadata" && waitsFor === "metadata")) catchUp();
    else if (next === "metadata") begin(next, metadataMs);
    else if (next === "picture") begin(next, pictureMs);
    else if (wait !== "paint") {
      // A page that is not on screen is never painted: the time limit stands.
      wait = "paint";
      afterPaint(() => wait === "paint" && catchUp());
    }
  });

  return {
    getState: () => shown,
    getInitialState: store.getInitialState,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isBehind: () => wait !== undefined,
    catchUp,
  };
}

/** What the interface is to wait for before it shows `state`. */
function wanted(shown: ViewerState, state: ViewerState, wait: Wait | undefined): Wait | undefined {
  const { status } = state.source;
  if (status === "opening") return shown.source.status === "open" ? "metadata" : undefined;
  const isOther = wait !== undefined || shown.source.status === "opening";
  if (status !== "open" || !isOther || state.graphicsFailure !== undefined) return undefined;
  return state.stage === undefined ? "picture" : "paint";
}
