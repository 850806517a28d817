import { maxAttempts, maxThrottles, retryDelayMs } from "../store/retry-policy.ts";
import type { QueuedPlane } from "./chunk-queue.ts";
import type { ChunkState } from "./chunk-state.ts";
import type { Verdict } from "./diagnoses.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

/** The worker that had the job is gone. */
export const workerCode = "ZS-WORKER";

/** What happens to a plane whose read failed. */
export type NextStep =
  | {
      readonly kind: "retry";
      readonly attempts: number;
      readonly throttles: number;
      readonly delayMs: number;
      readonly reload: boolean;
    }
  /** Find out whether the server answers at all, before the last try if there is one left. */
  | {
      readonly kind: "diagnose";
      readonly attempts: number;
      readonly delayMs: number;
      readonly isLast: boolean;
    }
  | { readonly kind: "settle"; readonly state: ChunkState };

/**
 * Transient failures are tried again with jitter, at most `maxAttempts` times; what contradicts its checksum is
 * read once more past the HTTP cache; "too many requests" (429) is no failed try, and waited out at most `maxThrottles` times; the rest is final. Where no answer came, the server is probed before the last try and not after
 * it: a network that comes back just then must not look like a server that hides its errors.
 * @param corsOnErrors the origin is known to answer errors without CORS headers, so that trying again is of no use
 */
export function afterFailure(
  plane: Pick<QueuedPlane, "attempts" | "throttles" | "reload"> &
    Partial<Pick<QueuedPlane, "verdict">>,
  failure: ChunkFailure,
  corsOnErrors: boolean,
  random: number,
): NextStep {
  const { reload } = plane;
  const { retryAfterMs } = failure;
  if (failure.status === 429 && plane.throttles < maxThrottles) {
    const throttles = plane.throttles + 1;
    const delayMs = retryDelayMs(throttles, random, retryAfterMs);
    return { kind: "retry", attempts: plane.attempts, throttles, delayMs, reload };
  }
  const { throttles } = plane;
  const attempts = plane.attempts + 1;
  if (failure.retry === "reload" && !reload) {
    return { kind: "retry", attempts, throttles, delayMs: 0, reload: true };
  }
  const delayMs = retryDelayMs(attempts, random, retryAfterMs);
  // What was there when a worker died twice may be what kills it.
  const most = failure.code === workerCode ? 2 : maxAttempts;
  const isLast = failure.retry !== "later" || attempts >= most;
  if (failure.code === "ZS-NETWORK") {
    if (corsOnErrors) return { kind: "diagnose", attempts, delayMs, isLast: true };
    if (isLast && plane.verdict !== undefined) {
      return { kind: "settle", state: diagnosedState(failure, plane.verdict) };
    }
    if (attempts >= maxAttempts - 1) return { kind: "diagnose", attempts, delayMs, isLast };
  }
  if (!isLast) return { kind: "retry", attempts, throttles, delayMs, reload };
  const { kind, code, reason } = failure;
  return { kind: "settle", state: { kind, code, reason } };
}

/** The verdict after a probe: a host that omits CORS headers on errors looks the same as a dead one. */
export function diagnosedState(failure: ChunkFailure, verdict: Verdict): ChunkState {
  if (verdict === "network")
    return { kind: failure.kind, code: failure.code, reason: failure.reason };
  const reason = `${failure.reason} The server answers, but does not let this page read the answer, so whether the chunk exists cannot be told.`;
  return { kind: "unverifiable", code: "ZS-CORS", reason };
}

/** A failure of the way to the server, not of what is stored: worth another try once the server answers again. */
export function isTransient(state: ChunkState): boolean {
  return state.kind === "error" && isTransientCode(state.code);
}

/** True for codes that tell of the server or the network, not of one object or of this page. */
export function isTransientCode(code: string): boolean {
  return transientCodes.has(code) || /^ZS-HTTP-(408|425|429|5(?!01)\d\d)$/.test(code);
}

const transientCodes: ReadonlySet<string> = new Set([
  "ZS-NETWORK",
  "ZS-PAUSED",
  "ZS-TIMEOUT",
  "ZS-TRUNCATED",
]);

/** For planes of an origin that is not asked for the time being. */
export function pausedState(origin: string): ChunkState {
  const host = URL.canParse(origin) ? new URL(origin).host : origin;
  const reason = `Not asked for: ${host} does not answer at the moment. It is tried again by itself.`;
  return { kind: "error", code: "ZS-PAUSED", reason };
}
