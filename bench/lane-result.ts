/** What a page of the benchmark leaves in `window.benchFinalMs`: time from the start of navigation to its final picture. */
export type BenchWindow = typeof globalThis & {
  benchFinalMs?: number;
  /** Σ (long task − 50 ms) so far; kept by a script that the runner puts into every page. */
  benchBlockedMs?: number;
  benchDecode?: Promise<readonly DecodeResult[]>;
};

/** One request of a recorded run, to be replayed by the floor. */
export type ReplayedRequest = {
  readonly method: string;
  readonly url: string;
  readonly range: string | undefined;
  /** Positions of the requests that must have ended before this one starts. */
  readonly after: readonly number[];
};

export type DecodeLane = "ours" | "numcodecs" | "zarrita";

/** Medians of one codec in decoded megabytes per second. */
export type DecodeResult = { readonly name: string } & Readonly<Record<DecodeLane, number>>;
