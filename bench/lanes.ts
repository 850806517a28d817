import type { Browser, Page } from "@playwright/test";
import type { ZarrscopeApi } from "../app/automation-api.ts";
import type { TestStore } from "../e2e/store/test-store.ts";
import type { BenchWindow } from "./lane-result.ts";

/** One run of one lane. */
export type Run = {
  /** From the start of navigation to the final picture. */
  readonly finalMs: number;
  readonly requests: number;
  readonly bytes: number;
  /** Σ (long task − 50 ms) on the main thread until the final picture. */
  readonly blockedMs: number;
};

/** How the picture lies in our own lane, for the others to make the same. */
export type ShownView = { readonly width: number; readonly height: number; readonly zoom: number };

const viewport = { width: 1280, height: 800 };
const deadlineMs = 60_000;

/** Runs in every page before its own scripts: adds up long tasks. */
export function watchLongTasks(): void {
  const page = globalThis as BenchWindow;
  page.benchBlockedMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      page.benchBlockedMs = (page.benchBlockedMs ?? 0) + Math.max(0, duration - 50);
    }
  }).observe({ type: "longtask", buffered: true });
}

/** Runs in our own page: notes the time at which `settled()` first resolves, one frame later. */
function watchZarrscope(): void {
  const page = globalThis as BenchWindow & { zarrscope?: ZarrscopeApi };
  const watch = setInterval(() => {
    if (page.zarrscope === undefined) return;
    clearInterval(watch);
    void page.zarrscope.settled().then(() => {
      requestAnimationFrame(() => {
        page.benchFinalMs = performance.now();
      });
    });
  }, 1);
}

/** Opens an address in a fresh context (nothing cached), waits for the final picture, then for half a second of silence. */
export async function runPage<T>(
  browser: Browser,
  store: TestStore,
  url: string,
  {
    isOurs,
    inspect,
    prepare,
    atFinal,
  }: {
    isOurs: boolean;
    inspect: (page: Page) => Promise<T>;
    /** Before the page is opened. */
    prepare?: (page: Page) => Promise<unknown>;
    /** As soon as the final picture is there. */
    atFinal?: () => void;
  },
): Promise<{ run: Run; inspected: T }> {
  const context = await browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchLongTasks);
    if (isOurs) await page.addInitScript(watchZarrscope);
    await prepare?.(page);
    store.clearLog();
    await page.goto(url);
    const final = await page.waitForFunction(
      () => {
        const { benchFinalMs, benchBlockedMs } = globalThis as BenchWindow;
        return benchFinalMs === undefined ? undefined : { benchFinalMs, benchBlockedMs };
      },
      undefined,
      { timeout: deadlineMs, polling: 50 },
    );
    atFinal?.();
    const { benchFinalMs, benchBlockedMs } = (await final.jsonValue())!;
    await page.waitForTimeout(500);
    const log = store.log();
    const bytes = log.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    const blockedMs = benchBlockedMs ?? 0;
    const run = { finalMs: benchFinalMs, requests: log.length, bytes, blockedMs };
    return { run, inspected: await inspect(page) };
  } finally {
    await context.close();
  }
}

/** Size of our canvas and its zoom in CSS pixels per pixel of level 0 (log2). Fails if the picture is not whole. */
export async function readShownView(page: Page, worldPerPixel: number): Promise<ShownView> {
  const { view, tiles, width, height } = await page.evaluate(async () => {
    const { zarrscope } = globalThis as unknown as { zarrscope: ZarrscopeApi };
    const canvas = document.querySelector("canvas");
    return {
      view: zarrscope.getState().view,
      tiles: (await zarrscope.settled()).tiles,
      width: canvas?.clientWidth ?? 0,
      height: canvas?.clientHeight ?? 0,
    };
  });
  const others = tiles.pending + tiles.denied + tiles.error + tiles.corrupt + tiles.unverifiable;
  if (view === null || tiles.data === 0 || others > 0) {
    throw new Error(`Our own lane shows no whole picture: ${JSON.stringify(tiles)}`);
  }
  return { width, height, zoom: view.zoom + Math.log2(worldPerPixel) };
}
