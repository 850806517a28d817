import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import { keepHere, readKeptHere } from "./session-storage.ts";

const reloadedKey = "reloaded-for";
/** A part that is missing again this soon after a reload is missing for good. */
const reloadAgainMs = 5 * 60_000;

/**
 * A new version was put up while this page was open, and the parts that it has not loaded yet are gone (`vite:preloadError`): the page is loaded
 * again, once, at the same view; if that does not help, or would lose a private source, it only says so.
 * @param writeAddress puts the view into the address, now
 */
export function watchForOutdatedBuild(store: ViewerStore, writeAddress: () => void): void {
  addEventListener("vite:preloadError", () => {
    const reloadedAtMs = Number(readKeptHere(reloadedKey) ?? 0);
    const isTried = Date.now() - reloadedAtMs < reloadAgainMs;
    const isPrivate = store.getState().access !== undefined;
    if (isTried || isPrivate || !keepHere(reloadedKey, String(Date.now()))) {
      store.setState({ isOutdated: true });
      return;
    }
    writeAddress();
    location.reload();
  });
}
