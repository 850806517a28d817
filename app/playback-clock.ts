/** How much of the current plane is on screen: all that was asked for, the coarsest level at least, or less. */
export type PlaneReadiness = "whole" | "coarse" | "none";

export type PlaybackClockDeps = {
  readiness(): PlaneReadiness;
  /** Goes on to the next plane; false at the end. */
  advance(): boolean;
  readonly nowMs: () => number;
};

/** A plane that is late is passed over for its coarser picture after this time, so that slow planes do not hold up the rest. */
const graceMs = 300;

/**
 * Goes from plane to plane at a rate, and never on from a plane that was not shown: one that is due waits until it is whole, or, after a
 * grace, covered by the coarsest level. Time that was waited is not made up for.
 */
export class PlaybackClock {
  readonly #deps: PlaybackClockDeps;
  #intervalMs: number | undefined;
  #shownAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: PlaybackClockDeps) {
    this.#deps = deps;
  }

  get isRunning(): boolean {
    return this.#intervalMs !== undefined;
  }

  /** Starts, or goes on at another rate. */
  run(fps: number): void {
    if (this.#intervalMs === undefined) this.#shownAtMs = this.#deps.nowMs();
    this.#intervalMs = 1000 / fps;
    this.#tick();
  }

  stop(): void {
    this.#intervalMs = undefined;
    clearTimeout(this.#timer);
  }

  /** To be called after each drawn frame: what was waited for may be there. */
  drawn(): void {
    if (this.#intervalMs === undefined) return;
    if (this.#deps.nowMs() >= this.#shownAtMs + this.#intervalMs) this.#tick();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#intervalMs === undefined) return;
    const nowMs = this.#deps.nowMs();
    const dueMs = this.#shownAtMs + this.#intervalMs;
    const atMs = nowMs < dueMs ? dueMs : Math.max(nowMs + 50, dueMs + graceMs);
    this.#timer = setTimeout(() => this.#tick(), atMs - nowMs);
  }

  #tick(): void {
    if (this.#intervalMs === undefined) return;
    const nowMs = this.#deps.nowMs();
    const dueMs = this.#shownAtMs + this.#intervalMs;
    const readiness = this.#deps.readiness();
    // Timers may come up to a millisecond early.
    const isDue = nowMs >= dueMs - 1;
    if (isDue && (readiness === "whole" || (readiness === "coarse" && nowMs >= dueMs + graceMs))) {
      // In step with the rate while planes come in time, from now on otherwise.
      this.#shownAtMs = nowMs - dueMs < this.#intervalMs ? dueMs : nowMs;
      if (!this.#deps.advance()) {
        this.stop();
        return;
      }
    }
    this.#schedule();
  }
}
