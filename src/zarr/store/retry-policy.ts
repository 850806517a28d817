/** At most this many tries of one request, the first included. */
export const maxAttempts = 4;

/** How often one request may be answered by "too many requests" (429): the server is well, and will answer those who wait. */
export const maxThrottles = 12;

const baseDelayMs = 250;
const capDelayMs = 8_000;
const capRetryAfterMs = 60_000;

/** How long a server may make us wait, whatever it says. */
export function restMs(retryAfterMs: number): number {
  return Math.min(retryAfterMs, capRetryAfterMs);
}

/**
 * Delay before the next try after `attempts` failed ones (1, 2, 3): exponential with full jitter, so that many
 * tiles that failed together do not come back together. A server's own `Retry-After` wins, capped.
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(attempts: number, random: number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return restMs(retryAfterMs);
  return random * Math.min(capDelayMs, baseDelayMs * 2 ** attempts);
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
