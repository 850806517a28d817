import { flushSync } from "react-dom";
import { type ShownStore, shownStore } from "../src/ui/state/shown-store.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";

/** What a person, or a tool for them, does to the page. */
const inputs = ["pointerdown", "click", "keydown", "wheel", "input"] as const;

function afterPaint(done: () => void): void {
  requestAnimationFrame(() => setTimeout(done));
}

/**
 * The state as the page shows it, and what its layout depends on, which does not wait for the picture: it would have to be drawn again in
 * another size. Whoever does something is answered by the page as it is, not as it was a moment ago.
 */
export function shownStores(store: ViewerStore): { shown: ShownStore; layout: ShownStore } {
  const layout = shownStore(store, { waitsFor: "metadata", afterPaint });
  const shown = shownStore(store, { waitsFor: "picture", afterPaint });
  const catchUp = () => {
    if (!shown.isBehind() && !layout.isBehind()) return;
    flushSync(() => {
      layout.catchUp();
      shown.catchUp();
    });
  };
  for (const type of inputs)
    document.addEventListener(type, catchUp, { capture: true, passive: true });
  return { shown, layout };
}
