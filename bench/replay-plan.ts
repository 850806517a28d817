import type { LoggedRequest } from "../e2e/store/request-log.ts";
import type { TestStore } from "../e2e/store/test-store.ts";
import type { ReplayedRequest } from "./lane-result.ts";

/**
 * Turns a request log into the floor's plan: a request may start when all requests have ended that had ended before it
 * started in the recorded run. So what waited for metadata, a shard index or a free slot waits again, and what was
 * computed in between costs nothing. What was aborted is left out; a HEAD stays a HEAD, a preflight comes by itself.
 */
export function replayPlan(
  log: readonly LoggedRequest[],
  urlOf: (entry: LoggedRequest) => string,
): ReplayedRequest[] {
  const kept = log.filter(({ method, aborted }) => method !== "OPTIONS" && !aborted);
  return kept.map((entry, position) => ({
    method: entry.method,
    url: urlOf(entry),
    range: entry.range,
    after: kept.flatMap(({ endMs }, other) =>
      other < position && endMs !== undefined && endMs <= entry.startMs ? [other] : [],
    ),
  }));
}

/** Puts the plan of a recorded run where the floor reads it; returns that address. */
export function defineReplay(store: TestStore, log: readonly LoggedRequest[]): string {
  const urlOf = ({ origin, url }: LoggedRequest) => `${store.origins[origin]}${url}`;
  store.defineFiles("plan", { "plan.json": replayPlan(log, urlOf) });
  return `${store.url("plan")}/plan.json`;
}
