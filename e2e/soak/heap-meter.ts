import type { CDPSession, Page } from "@playwright/test";

const mebibyte = 2 ** 20;

/** Memory and what hangs on it, after a collection of garbage. MiB. */
export type HeapReading = {
  readonly seconds: number;
  /** JavaScript objects of the page. */
  readonly pageMiB: number;
  /** JavaScript objects of all workers together. */
  readonly workersMiB: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly workers: number;
};

/** Reads the heaps of a page and of its workers through the browser's debugging protocol. */
export class HeapMeter {
  readonly readings: HeapReading[] = [];
  readonly #session: CDPSession;
  readonly #startedMs = performance.now();
  /** Sessions of the workers that live. */
  readonly #workers = new Set<string>();
  readonly #replies = new Map<number, (result: unknown) => void>();
  #lastId = 0;

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      if (targetInfo.type === "worker") this.#workers.add(sessionId);
    });
    session.on("Target.detachedFromTarget", ({ sessionId }) => this.#workers.delete(sessionId));
    session.on("Target.receivedMessageFromTarget", ({ message }) => {
      const { id, result }: { id?: number; result?: unknown } = JSON.parse(message);
      if (id !== undefined) this.#replies.get(id)?.(result);
    });
  }

  static async of(page: Page): Promise<HeapMeter> {
    const session = await page.context().newCDPSession(page);
    const meter = new HeapMeter(session);
    // The driver keeps sessions that share a connection to itself: workers are asked through this one.
    const options = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
    await session.send("Target.setAutoAttach", options);
    return meter;
  }

  async read(): Promise<HeapReading> {
    await this.#session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.#session.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await this.#session.send("Memory.getDOMCounters");
    let workersBytes = 0;
    for (const worker of this.#workers) {
      await this.#ask(worker, "HeapProfiler.collectGarbage");
      const usage = await this.#ask(worker, "Runtime.getHeapUsage");
      workersBytes += Number(Reflect.get(Object(usage), "usedSize"));
    }
    const reading: HeapReading = {
      seconds: (performance.now() - this.#startedMs) / 1000,
      pageMiB: usedSize / mebibyte,
      workersMiB: workersBytes / mebibyte,
      nodes,
      listeners: jsEventListeners,
      workers: this.#workers.size,
    };
    this.readings.push(reading);
    return reading;
  }

  async #ask(sessionId: string, method: string): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise((resolve) => this.#replies.set(id, resolve));
    const message = JSON.stringify({ id, method });
    await this.#session.send("Target.sendMessageToTarget", { sessionId, message });
    const result = await answered;
    this.#replies.delete(id);
    return result;
  }
}

/** Least-squares slope of readings over minutes, of those after `fromSeconds`: caches have filled up by then. */
export function slopePerMinute(
  readings: readonly HeapReading[],
  value: (reading: HeapReading) => number,
  fromSeconds: number,
): number {
  const points = readings
    .filter(({ seconds }) => seconds >= fromSeconds)
    .map((reading) => [reading.seconds / 60, value(reading)] as const);
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [above, below] = [0, 0];
  for (const [x, y] of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
