import { restMs } from "../store/retry-policy.ts";

/** What one finished request tells about its origin. */
export type RequestTiming = {
  readonly durationMs: number;
  readonly protocol: string | undefined;
  /** The server asked to slow down (429, 503). */
  readonly throttled: boolean;
  /** For how long it asked not to be asked at all (429 with Retry-After), in milliseconds. */
  readonly retryAfterMs?: number;
};

/** What a failure tells with which the server asks to slow down; undefined if it does not. */
export function throttledTiming(failure: {
  readonly throttled: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
}): RequestTiming | undefined {
  if (!failure.throttled) return undefined;
  const { status, retryAfterMs } = failure;
  // A server that is in trouble (503) says when one object will be there; only 429 speaks of all requests.
  const isForAll = status === 429 && retryAfterMs !== undefined;
  const rest = isForAll ? { retryAfterMs } : {};
  return { durationMs: 0, protocol: undefined, throttled: true, ...rest };
}

/** Requests that the browser sends at once over HTTP/1.1; the others wait inside it. */
const connections = 6;
/** A request that takes less is not worth holding back another one for. */
const quickMs = 500;
const minSlots = 12;
const maxSlots = 64;
const minThrottledSlots = 2;

/**
 * Requests that may be under way at once for one origin. The browser sends six over HTTP/1.1 and lets the rest wait, so 12 hide the
 * latency; over HTTP/2 up to 64 pay. Where the protocol cannot be read (cross-origin without Timing-Allow-Origin) the limit grows while
 * requests that ran with all slots taken are hardly slower than the fastest one, and shrinks when they queue.
 */
export class OriginSlots {
  #inFlight = 0;
  #limit = minSlots;
  #wasThrottled = false;
  /** Nothing may start before this time (performance.now() clock). */
  #restsUntilMs = 0;
  /** A missing object does not say over which protocol it is missing. */
  #protocol: string | undefined;
  #bestMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.POSITIVE_INFINITY;

  get limit(): number {
    return Math.floor(this.#limit);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Whether one more request might be sent before one that was made earlier, and keep it waiting for long: workers that are busy or only
   * starting send theirs late, and then every connection may be taken. Not where requests are over soon.
   */
  get isCrowded(): boolean {
    const mayBeSlow = !isMultiplexed(this.#protocol) && this.#lastMs > quickMs;
    return mayBeSlow && this.#inFlight >= connections;
  }

  /**
   * Whether a request with so many before it is, most likely, still to be sent: to call it off costs nothing, and what comes next is sent sooner.
   * Where the protocol cannot be read, a limit that has grown tells that requests do not queue.
   */
  waitsInBrowser(ahead: number): boolean {
    const queues = this.#protocol?.startsWith("http/1") ?? this.#limit <= minSlots;
    return queues && ahead >= connections;
  }

  get free(): number {
    return performance.now() < this.#restsUntilMs ? 0 : Math.max(0, this.limit - this.#inFlight);
  }

  /** Until when nothing starts, since the server asked for that; undefined if it did not, or the time is over. */
  restsUntilMs(nowMs: number): number | undefined {
    return this.#restsUntilMs > nowMs ? this.#restsUntilMs : undefined;
  }

  endRest(): void {
    this.#restsUntilMs = 0;
  }

  take(): void {
    this.#inFlight++;
  }

  /** Takes in the protocol by which an answer came, where it can be read: metadata tell it before the first chunk is asked for. */
  learn(protocol: string | undefined): void {
    this.#protocol = protocol ?? this.#protocol;
    if (isMultiplexed(this.#protocol) && !this.#wasThrottled) this.#limit = maxSlots;
  }

  /** Gives a slot back; without `timing` (aborted, served from memory) nothing is learned. */
  release(timing?: RequestTiming): void {
    const wasFull = this.#inFlight >= this.limit;
    this.#inFlight--;
    if (timing === undefined) return;
    if (timing.throttled) {
      this.#limit = Math.max(minThrottledSlots, this.#limit / 2);
      this.#wasThrottled = true;
      const untilMs = performance.now() + restMs(timing.retryAfterMs ?? 0);
      this.#restsUntilMs = Math.max(this.#restsUntilMs, untilMs);
      return;
    }
    this.learn(timing.protocol);
    this.#lastMs = timing.durationMs;
    if (isMultiplexed(this.#protocol)) {
      // A server that asked for less gets more only little by little.
      if (this.#wasThrottled) this.#limit = Math.min(maxSlots, this.#limit + 0.5);
      return;
    }
    if (this.#protocol?.startsWith("http/1") === true) {
      // Also the way back up after a throttled spell.
      this.#limit = Math.min(minSlots, this.#limit + 0.5);
      return;
    }
    // The best time ages slowly, so that one lucky request does not rule for ever.
    this.#bestMs = Math.min(this.#bestMs * 1.0002, timing.durationMs);
    if (!wasFull) return;
    const ratio = timing.durationMs / Math.max(1, this.#bestMs);
    if (ratio < 1.6) this.#limit = Math.min(maxSlots, this.#limit + 1);
    else if (ratio > 2.5) this.#limit = Math.max(Math.min(minSlots, this.#limit), this.#limit - 1);
  }
}

function isMultiplexed(protocol: string | undefined): boolean {
  return protocol === "h2" || protocol === "h3";
}
