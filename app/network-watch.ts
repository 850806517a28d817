import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { ChunkScheduler } from "../src/zarr/chunks/chunk-scheduler.ts";
import type { PausedOrigin } from "../src/zarr/chunks/origin-breakers.ts";
import type { Problem } from "../src/zarr/problem.ts";

/**
 * Keeps the store informed of servers that do not answer or that refuse what does not exist, and the scheduler of whether this computer has
 * a network.
 */
export function watchNetwork(store: ViewerStore, scheduler: ChunkScheduler): void {
  scheduler.setOnline(navigator.onLine);
  addEventListener("online", () => scheduler.setOnline(true));
  addEventListener("offline", () => scheduler.setOnline(false));
  scheduler.subscribe(() => {
    const state = store.getState();
    const paused = scheduler.paused();
    if (!isSame(paused, state.paused)) store.setState({ paused });
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
  const { url } = source;
  const root = roots.find((each) => `${url}/`.startsWith(each));
  if (root === undefined) return undefined;
  return {
    code: "ZH-01",
    severity: "info",
    path: root,
    expected: "404 for a key that does not exist",
    received: "403",
  };
}
