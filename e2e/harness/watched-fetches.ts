import type { Page } from "@playwright/test";

/** One request as its page or worker saw it: address, and from when to when on one clock for all of them, in milliseconds. */
type Fetch = readonly [url: string, fromMs: number, toMs: number];

/** Runs in the page and in each worker: keeps when every request was issued and when its body was there, or it was called off. */
function watch(): void {
  const fetches: Fetch[] = [];
  // The browser cancels what was aborted in a task of its own, and stamps `responseEnd` only then: this is when the page gave it up.
  const aborts: { readonly url: string; readonly atMs: number }[] = [];
  const { fetch } = globalThis;
  const watchedFetch: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    init?.signal?.addEventListener("abort", () => aborts.push({ url, atMs: performance.now() }));
    return fetch(input, init);
  };
  Object.assign(globalThis, { watchedFetches: fetches, fetch: watchedFetch });
  new PerformanceObserver((list) => {
    const { timeOrigin } = performance;
    for (const entry of list.getEntries()) {
      if (!(entry instanceof PerformanceResourceTiming)) continue;
      const { name, startTime, responseEnd } = entry;
      const abort = aborts.find(
        ({ url, atMs }) => url === name && startTime <= atMs && atMs <= responseEnd,
      );
      fetches.push([name, timeOrigin + startTime, timeOrigin + (abort?.atMs ?? responseEnd)]);
    }
  }).observe({ type: "resource", buffered: true });
}

function watched(): readonly Fetch[] {
  return Reflect.get(globalThis, "watchedFetches") ?? [];
}

/** What was asked of a source, as the page and its workers issued it: before the browser lets requests wait for one of its six connections. */
export type WatchedFetches = {
  /** Since the page was loaded. `atOnce`: the most that were under way together. */
  read(source: string): Promise<{ readonly count: number; readonly atOnce: number }>;
};

/** To be called before the page is loaded. */
export async function watchFetches(page: Page): Promise<WatchedFetches> {
  await page.addInitScript(watch);
  page.on("worker", (worker) => void worker.evaluate(watch));
  return {
    async read(source) {
      const fetches = await Promise.all([
        page.evaluate(watched),
        ...page.workers().map((worker) => worker.evaluate(watched)),
      ]);
      const own = fetches.flat().filter(([url]) => url.startsWith(source));
      return { count: own.length, atOnce: mostAtOnce(own) };
    },
  };
}

/** Clocks of pages and workers are coarse: by so much one may seem to begin before another has ended. */
const clockMs = 0.2;

function mostAtOnce(fetches: readonly Fetch[]): number {
  const changes = fetches.flatMap(([, fromMs, toMs]) => [
    { atMs: fromMs, by: 1 },
    { atMs: Math.max(fromMs, toMs - clockMs), by: -1 },
  ]);
  changes.sort((a, b) => a.atMs - b.atMs || b.by - a.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
