/** What a page of the benchmark leaves in `window.benchFinalMs`: time from the start of navigation to its final picture. */
export type BenchWindow = typeof globalThis & {
  benchFinalMs?: number;
  /** Σ (long task − 50 ms) so far; kept by a script that the runner puts into every page. */
  benchBlockedMs?: number;
  benchDecode?: Promise<readonly DecodeResult[]>;
  benchLane?: BenchLane;
};

/** Where to look: a centre in pixels of level 0, and log2 of CSS pixels for each of them. */
export type BenchView = { readonly x: number; readonly y: number; readonly zoom: number };

/** What a page of a warm lane can be told. Each answers with milliseconds from the call to the final picture. */
export type BenchLane = {
  /** Opens a source, all code being there. The floor takes a plan instead. */
  open(source: string): Promise<number>;
  /** Waits for the picture of what the page was opened with. */
  settled?(): Promise<number>;
  look?(view: BenchView): Promise<number>;
  plane?(z: number): Promise<number>;
  /** Waits for the picture; counts from where the mouse was let go. */
  released?(): Promise<number>;
  /** Draws so many frames one after the other, each a little moved. */
  frames?(count: number): Promise<number>;
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
