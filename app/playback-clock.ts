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

/** After a plane that was late, so many others have no such time: a film keeps its rate, coarser, rather than halt at each plane. */
const wary = 8;

/**
 * Goes from plane to plane at a rate, and never on from a plane that was not shown: one that is due waits until it is whole, or, after a
 * grace, covered by the coarsest level. Where that happens, the next ones are not waited for, so that the rate is kept. Time that was waited is
 * not made up for.
 */
export class PlaybackClock {
  readonly #deps: PlaybackClockDeps;
  #intervalMs: number | undefined;
  #shownAtMs = 0;
  /** Planes yet to come that are not waited for. */
  #wary = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: PlaybackClockDeps) {
    this.#deps = deps;
  }

  get isRunning(): boolean {
    return this.#intervalMs !== undefined;
  }

  /** Starts, or goes on at another rate. */
  run(fps: number): void {
    if (this.#intervalMs === undefined) {
      this.#shownAtMs = this.#deps.nowMs();
      this.#wary = 0;
    }
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
    const lateMs = Math.max(nowMs + 50, dueMs + (this.#wary > 0 ? 0 : graceMs));
    const atMs = nowMs < dueMs ? dueMs : lateMs;
    this.#timer = setTimeout(() => this.#tick(), atMs - nowMs);
  }

  #tick(): void {
    if (this.#intervalMs === undefined) return;
    const nowMs = this.#deps.nowMs();
    const dueMs = this.#shownAtMs + this.#intervalMs;
    const readiness = this.#deps.readiness();
    // Timers may come up to a millisecond early.
    const isDue = nowMs >= dueMs - 1;
    const isWaitedFor = this.#wary === 0 && nowMs < dueMs + graceMs;
    if (isDue && (readiness === "whole" || (readiness === "coarse" && !isWaitedFor))) {
      this.#wary = readiness === "coarse" ? wary : Math.max(0, this.#wary - 1);
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
