import { isTransientCode } from "./failure-policy.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

/** Requests to an origin that rest after too many failures in a row. */
export type PausedOrigin = {
  readonly origin: string;
  /**
   * "offline": this computer has no network; "failing": the server does not answer, or only with errors; "throttled": it asked to wait.
   */
  readonly cause: "offline" | "failing" | "throttled";
  /** When the next try is due (`performance.now()` clock); undefined: when the network is back. */
  readonly nextTryMs: number | undefined;
};

type Breaker = {
  /** Chunks that failed since the last answer: one that is ill by itself is tried more than once, and says nothing of the others. */
  readonly failing: Set<string>;
  /** How often it opened without a success in between. */
  openings: number;
  nextTryMs: number | undefined;
  isProbing: boolean;
  /** What waits for the origin is shown as failed meanwhile. */
  hasGivenUp: boolean;
};

/** Failures in a row, each of another chunk, that open the breaker (ux-and-faults 2.4). */
const failuresToOpen = 8;

/** How long an origin rests, in milliseconds. The first rest is short and silent: most troubles are over by then. */
export type RestPolicy = {
  readonly firstMs: number;
  /** The second one; each further one is twice as long as the one before. */
  readonly secondMs: number;
  readonly longestMs: number;
};

export const defaultRestPolicy: RestPolicy = {
  firstMs: 1_000,
  secondMs: 5_000,
  longestMs: 60_000,
};

/**
 * Stops asking an origin that fails all the time. While it rests nothing is asked of it; then one request probes it: a success closes the
 * breaker, a failure makes the next rest twice as long.
 */
export class OriginBreakers {
  readonly #changed: () => void;
  readonly #policy: RestPolicy;
  readonly #breakers = new Map<string, Breaker>();
  #isOnline = true;

  /** @param changed is called when an origin begins or ends to rest */
  constructor(changed: () => void, policy: RestPolicy = defaultRestPolicy) {
    this.#changed = changed;
    this.#policy = policy;
  }

  /** Whether a request to this origin may start now; the only one of a probed origin must be given by `inFlight` 0. */
  admits(origin: string, nowMs: number, inFlight: number): boolean {
    const breaker = this.#breakers.get(origin);
    if (!breaker || breaker.openings === 0) return true;
    if (!this.#isDue(breaker, nowMs) || breaker.isProbing || inFlight > 0) return false;
    breaker.isProbing = true;
    return true;
  }

  /** Whether what waits for this origin should be shown as failed meanwhile. */
  givesUp(origin: string): boolean {
    return this.#breakers.get(origin)?.hasGivenUp ?? false;
  }

  /** A request failed in a way that may tell about the server, and not about this one chunk. */
  failed(origin: string, failure: ChunkFailure, nowMs: number, chunk: string): void {
    // Too many requests is an answer: the slots see to that.
    if (!isTransientCode(failure.code) || failure.status === 429) return;
    const breaker = this.#breakerOf(origin);
    breaker.failing.add(chunk);
    const wasProbing = breaker.isProbing;
    breaker.isProbing = false;
    const isResting = breaker.openings > 0 && !wasProbing;
    if (isResting || (breaker.failing.size < failuresToOpen && !wasProbing && this.#isOnline))
      return;
    breaker.openings++;
    if (breaker.openings > 1 || !this.#isOnline) breaker.hasGivenUp = true;
    const { firstMs, secondMs, longestMs } = this.#policy;
    const laterMs = Math.min(longestMs, secondMs * 2 ** (breaker.openings - 2));
    breaker.nextTryMs = nowMs + (breaker.openings === 1 ? firstMs : laterMs);
    this.#changed();
  }

  /** The origin answered. Returns true if it had been given up, so that what was shown as failed is tried again. */
  answered(origin: string): boolean {
    const breaker = this.#breakers.get(origin);
    if (!breaker) return false;
    this.#breakers.delete(origin);
    if (breaker.openings > 0) this.#changed();
    return breaker.hasGivenUp;
  }

  /** A probe ended without telling anything (aborted, no longer wanted). */
  releaseProbe(origin: string): void {
    const breaker = this.#breakers.get(origin);
    if (breaker) breaker.isProbing = false;
  }

  setOnline(isOnline: boolean): void {
    if (this.#isOnline === isOnline) return;
    this.#isOnline = isOnline;
    for (const breaker of this.#breakers.values()) {
      if (isOnline) breaker.nextTryMs = 0;
      else if (breaker.openings > 0) breaker.hasGivenUp = true;
    }
    this.#changed();
  }

  /** Nothing is known of any origin any more: all are asked again. */
  reset(): void {
    this.#breakers.clear();
    this.#changed();
  }

  /** Origins that rest, and are no longer expected to be back at once. */
  paused(): PausedOrigin[] {
    return [...this.#breakers].flatMap(([origin, { nextTryMs, hasGivenUp }]): PausedOrigin[] => {
      if (!hasGivenUp) return [];
      return [
        this.#isOnline
          ? { origin, cause: "failing", nextTryMs }
          : { origin, cause: "offline", nextTryMs: undefined },
      ];
    });
  }

  /** Origins whose probe is due. */
  due(nowMs: number): string[] {
    return [...this.#breakers].flatMap(([origin, breaker]) =>
      breaker.openings > 0 && !breaker.isProbing && this.#isDue(breaker, nowMs) ? [origin] : [],
    );
  }

  /** When the next probe is due; undefined if none will be by itself. */
  nextDueMs(nowMs: number): number | undefined {
    let next: number | undefined;
    for (const { openings, isProbing, nextTryMs } of this.#breakers.values()) {
      if (!this.#isOnline || openings === 0 || isProbing || nextTryMs === undefined) continue;
      if (nextTryMs > nowMs && (next === undefined || nextTryMs < next)) next = nextTryMs;
    }
    return next;
  }

  #isDue({ nextTryMs }: Breaker, nowMs: number): boolean {
    return this.#isOnline && nextTryMs !== undefined && nextTryMs <= nowMs;
  }

  #breakerOf(origin: string): Breaker {
    let breaker = this.#breakers.get(origin);
    if (!breaker) {
      breaker = {
        failing: new Set(),
        openings: 0,
        nextTryMs: undefined,
        isProbing: false,
        hasGivenUp: false,
      };
      this.#breakers.set(origin, breaker);
    }
    return breaker;
  }
}
