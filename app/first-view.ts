import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";

/** An image is open, but nobody knows yet how large it is shown, so that none of its views is the fitted one. */
export function isWithoutView({ source, view }: Pick<ViewerState, "source" | "view">): boolean {
  return source.status === "open" && view === undefined;
}

/** Resolves once the open image has a view, or is not open any more. */
export function firstView(store: ViewerStore): Promise<void> {
  if (!isWithoutView(store.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe((state) => {
      if (isWithoutView(state)) return;
      unsubscribe();
      resolve();
    });
  });
}
