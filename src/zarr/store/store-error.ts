/**
 * Why a read failed. "network": no answer (DNS, reset, refused); "offline", "mixed-content", "local-network", "cors": the same, once it is
 * known why (`diagnoseNetworkError`); "truncated": fewer bytes than promised; "range": a wrong or ignored byte range that could
 * not be mended; "html": a web page where data was expected; "too-large": over the caller's cap; "disk": the file system
 * failed to read; "changed": another version than what was read before.
 */
export type StoreErrorKind =
  | "denied"
  | "status"
  | "network"
  | "offline"
  | "mixed-content"
  | "local-network"
  | "cors"
  | "timeout"
  | "truncated"
  | "range"
  | "html"
  | "too-large"
  | "disk"
  | "changed";

/** A failed read. `url` never holds the query or user info. `retryable` by policy: network, timeout, truncated, 408, 425, 429, 5xx. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly kind: StoreErrorKind;
  readonly url: string;
  readonly status: number | undefined;
  readonly retryable: boolean;
  /** From an exposed `Retry-After` header, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The first words of the web page that came instead of data. */
  readonly pageWords: string | undefined;

  constructor(
    kind: StoreErrorKind,
    message: string,
    details: {
      url: string;
      status?: number;
      retryAfterMs?: number;
      pageWords?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.url = details.url;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.pageWords = details.pageWords;
    const { status } = details;
    this.retryable =
      kind === "network" ||
      kind === "timeout" ||
      kind === "truncated" ||
      (kind === "status" &&
        status !== undefined &&
        (status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501)));
  }
}
