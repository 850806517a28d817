import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { ChunkScheduler } from "../src/zarr/chunks/chunk-scheduler.ts";
import type { PausedOrigin } from "../src/zarr/chunks/origin-breakers.ts";
import type { Problem } from "../src/zarr/problem.ts";

/**
 * Keeps the store informed of servers that do not answer or that refuse what does not exist, of access that has ended and of data that change, and
 * the scheduler of whether this computer has a network, and whether anybody looks.
 */
export function watchNetwork(store: ViewerStore, scheduler: ChunkScheduler): void {
  scheduler.setOnline(navigator.onLine);
  addEventListener("online", () => scheduler.setOnline(true));
  addEventListener("offline", () => scheduler.setOnline(false));
  const fallAsleep = () => scheduler.setAsleep(document.visibilityState === "hidden");
  fallAsleep();
  document.addEventListener("visibilitychange", fallAsleep);
  // A page that comes back from the browser's back-forward cache was frozen in whatever state it was.
  addEventListener("pageshow", fallAsleep);
  scheduler.subscribe(() => {
    const state = store.getState();
    const paused = scheduler.paused();
    if (!isSame(paused, state.paused)) store.setState({ paused });
    const accessEnded = isAmong(state, scheduler.endedAccess());
    const sourceChanged = isAmong(state, scheduler.changedRoots());
    if (accessEnded !== state.accessEnded || sourceChanged !== state.sourceChanged) {
      store.setState({ accessEnded, sourceChanged });
    }
    const problem = takenForMissing(state, scheduler.takenForMissing());
    if (problem) store.setState({ problems: [...state.problems, problem] });
  });
}

function isSame(a: readonly PausedOrigin[], b: readonly PausedOrigin[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ origin, cause, nextTryMs }, i) => {
      const other = b[i];
      return origin === other?.origin && cause === other.cause && nextTryMs === other.nextTryMs;
    })
  );
}

/** What the problems list has to say of the open source, if it does not yet. */
function takenForMissing(
  { source, problems }: ViewerState,
  roots: readonly string[],
): Problem | undefined {
  if (source.status !== "open" || problems.some(({ code }) => code === "ZH-01")) return undefined;
  const root = rootOf(source.url, roots);
  if (root === undefined) return undefined;
  return {
    code: "ZH-01",
    severity: "info",
    path: root,
    expected: "404 for a key that does not exist",
    received: "403",
  };
}

/** The root below which an address lies. */
function rootOf(url: string, roots: readonly string[]): string | undefined {
  return roots.find((root) => `${url}/`.startsWith(root));
}

function isAmong({ source }: ViewerState, roots: readonly string[]): boolean {
  return source.status === "open" && rootOf(source.url, roots) !== undefined;
}
