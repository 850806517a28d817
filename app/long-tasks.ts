/**
 * Measures how long the main thread was blocked: the sum over all long tasks of what exceeds 50 ms, in milliseconds. Where the
 * browser does not report long tasks it stays 0.
 */
export class LongTaskMeter {
  #blockedMs = 0;
  readonly #observer: PerformanceObserver | undefined;

  constructor() {
    if (!PerformanceObserver.supportedEntryTypes.includes("longtask")) return;
    this.#observer = new PerformanceObserver((list) => this.#count(list.getEntries()));
    this.#observer.observe({ type: "longtask", buffered: true });
  }

  get blockedMs(): number {
    if (this.#observer) this.#count(this.#observer.takeRecords());
    return this.#blockedMs;
  }

  disconnect(): void {
    this.#observer?.disconnect();
  }

  #count(entries: readonly PerformanceEntry[]): void {
    for (const { duration } of entries) this.#blockedMs += Math.max(0, duration - 50);
  }
}
