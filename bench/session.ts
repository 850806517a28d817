import type { Browser, Page } from "@playwright/test";
import type { LoggedRequest } from "../e2e/store/request-log.ts";
import type { TestStore } from "../e2e/store/test-store.ts";
import type { BenchLane, BenchWindow } from "./lane-result.ts";
import { watchLongTasks } from "./lanes.ts";
import { ourLane } from "./our-lane.ts";
import { quietMachine } from "./quiet-machine.ts";
import type { BenchContext } from "./scenarios/scenario.ts";

/** What one step of a session cost. */
export type Phase = {
  readonly ms: number;
  /** Requests that had started when the picture was final; what came in advance after that is counted apart. */
  readonly requests: readonly LoggedRequest[];
  readonly prefetched: readonly LoggedRequest[];
  readonly blockedMs: number;
};

const viewport = { width: 1280, height: 800 };
const quietMs = 500;

/** A page that is driven step by step; between steps the network is silent. */
export class Session {
  readonly page: Page;
  readonly #store: TestStore;

  private constructor(page: Page, store: TestStore) {
    this.page = page;
    this.#store = store;
  }

  /** Opens a page in a context of its own, runs `steps`, and closes it. */
  static async run<T>(
    browser: Browser,
    store: TestStore,
    url: string,
    steps: (session: Session) => Promise<T>,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<T> {
    const context = await browser.newContext({ viewport });
    try {
      const page = await context.newPage();
      await page.addInitScript(watchLongTasks);
      await prepare?.(page);
      await page.goto(url);
      await page.waitForFunction(() => (globalThis as BenchWindow).benchLane !== undefined);
      const session = new Session(page, store);
      await session.silence();
      await quietMachine();
      return await steps(session);
    } finally {
      await context.close();
    }
  }

  /**
   * Runs `steps` in our app once the picture of `source` is there.
   * @param worldPerPixel of level 0
   * @param watch runs in the page before its scripts
   */
  static runOurs<T>(
    { browser, store, addresses }: BenchContext,
    source: string,
    worldPerPixel: number,
    steps: (session: Session) => Promise<T>,
    watch?: () => void,
  ): Promise<T> {
    return Session.run(
      browser,
      store,
      `${addresses.app}?source=${encodeURIComponent(source)}`,
      async (session) => {
        await session.phase("settled");
        return steps(session);
      },
      async (page) => {
        if (watch) await page.addInitScript(watch);
        await page.addInitScript(ourLane, worldPerPixel);
      },
    );
  }

  /** Calls one method of the page's lane and measures. The network is silent before, and waited for after. */
  async phase<Name extends keyof BenchLane>(
    name: Name,
    ...args: Parameters<NonNullable<BenchLane[Name]>>
  ): Promise<Phase> {
    return this.measure(() => this.call(name, ...args));
  }

  /** Does something that answers with milliseconds to the final picture, and measures what else it costs. The network is silent before. */
  async measure(act: () => Promise<number>): Promise<Phase> {
    this.#store.clearLog();
    const before = await this.#blockedMs();
    const ms = await act();
    const finalMs = performance.now();
    const blockedMs = (await this.#blockedMs()) - before;
    await this.silence();
    const log = this.#store.log();
    return {
      ms,
      requests: log.filter(({ startMs }) => startMs <= finalMs),
      prefetched: log.filter(({ startMs }) => startMs > finalMs),
      blockedMs,
    };
  }

  /** Calls one method of the page's lane. */
  call<Name extends keyof BenchLane>(
    name: Name,
    ...args: Parameters<NonNullable<BenchLane[Name]>>
  ): Promise<number> {
    return this.page.evaluate(
      async ({ method, values }) => {
        const lane = (globalThis as BenchWindow).benchLane;
        const call = lane?.[method] as ((...given: unknown[]) => Promise<number>) | undefined;
        if (!call) throw new Error(`This lane cannot ${method}.`);
        return call(...values);
      },
      { method: name, values: args as unknown[] },
    );
  }

  /** Waits until no request has been made for a while. */
  async silence(): Promise<void> {
    for (let count = -1; ; ) {
      const log = this.#store.log();
      const isBusy = log.some(({ endMs }) => endMs === undefined);
      if (!isBusy && log.length === count) return;
      count = log.length;
      await this.page.waitForTimeout(quietMs);
    }
  }

  #blockedMs(): Promise<number> {
    return this.page.evaluate(() => (globalThis as BenchWindow).benchBlockedMs ?? 0);
  }
}

export function bytesOf(requests: readonly LoggedRequest[]): number {
  return requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
}
