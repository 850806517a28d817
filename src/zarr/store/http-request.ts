import { discardBody, retryAfterMs } from "./http-body.ts";
import { urlForPeople } from "./http-root.ts";
import { StoreError } from "./store-error.ts";

export type HttpTimeouts = {
  /** Until the status line and headers are here. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly stallMs: number;
};

export const defaultHttpTimeouts: HttpTimeouts = { headersMs: 20_000, stallMs: 15_000 };

export type HttpRequest = {
  readonly url: string;
  readonly init: RequestInit;
  readonly fetch: typeof globalThis.fetch;
  readonly timeouts: HttpTimeouts;
  readonly signal: AbortSignal | undefined;
};

/**
 * Sends one request and hands the response to `consume`, which calls `onProgress` for each piece of body it gets.
 * A body that it leaves unread is cut off.
 * @throws StoreError "network" without an answer, "timeout", "truncated" if the body breaks off; the caller's own abort
 *   reason if its signal aborts; what `consume` throws as a StoreError
 */
export async function sendRequest<T>(
  request: HttpRequest,
  consume: (response: Response, onProgress: () => void) => Promise<T>,
): Promise<T> {
  const { signal, timeouts } = request;
  signal?.throwIfAborted();
  const url = urlForPeople(request.url);
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  let timedOut: StoreError | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restartTimer = (ms: number, message: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timedOut = new StoreError("timeout", message, { url });
      controller.abort(timedOut);
    }, ms);
  };
  const onProgress = () => {
    restartTimer(timeouts.stallMs, `The server stopped sending in the middle of ${url}.`);
  };
  let response: Response | undefined;
  restartTimer(timeouts.headersMs, `The server did not answer in time for ${url}.`);
  try {
    response = await request.fetch(request.url, {
      ...request.init,
      credentials: "same-origin",
      referrerPolicy: "no-referrer",
      signal: controller.signal,
    });
    onProgress();
    return await consume(response, onProgress);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timedOut !== undefined) throw timedOut;
    if (error instanceof StoreError) throw error;
    throw response !== undefined
      ? new StoreError("truncated", `The connection broke off in the middle of ${url}.`, {
          url,
          cause: error,
        })
      : new StoreError("network", `There was no answer for ${url}.`, { url, cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    // Nobody reads the rest of this body; an answer without one is not cut off.
    if (response?.bodyUsed === false && response.body !== null) controller.abort();
  }
}

/** The error for a status that is neither success nor "missing"; lets go of the body. */
export function statusError(response: Response, requestUrl: string): StoreError {
  discardBody(response);
  const url = urlForPeople(requestUrl);
  const { status } = response;
  if (status === 401 || status === 403) {
    return new StoreError("denied", `The server denies access (${status}) to ${url}.`, {
      url,
      status,
    });
  }
  if (status === 416) {
    return new StoreError("range", `The server has no such bytes (416) of ${url}.`, {
      url,
      status,
    });
  }
  const waitMs = retryAfterMs(response, Date.now());
  return new StoreError("status", `The server answered ${status} for ${url}.`, {
    url,
    status,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}
