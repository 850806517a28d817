import type { GpuPace } from "./gpu/gpu-pace.ts";

/** Why a frame is wanted: somebody changed what is shown, something came in for it, or the last that was missing did. */
export type FrameReason = "change" | "arrival" | "completion";

export type FrameSteps = {
  /** What is shown has changed, but cannot be drawn yet: what is no longer wanted need not wait for that. */
  plan(): void;
  draw(nowMs: number): void;
  /** The GPU that frames wait for, as long as there is one. */
  pace(): GpuPace | undefined;
  /** Is told what the others throw. */
  fail(error: unknown): void;
};

/** Calls `draw` in an animation frame when one was requested, and not before the GPU is done with the last. */
export class FrameLoop {
  readonly #steps: FrameSteps;
  #request: number | undefined;
  #isChange = false;
  #isPlanned = false;

  constructor(steps: FrameSteps) {
    this.#steps = steps;
  }

  get isRequested(): boolean {
    return this.#request !== undefined;
  }

  request(reason: FrameReason = "change"): void {
    if (reason !== "arrival") {
      this.#isChange = true;
      this.#isPlanned = false;
    }
    if (reason === "completion") {
      // A whole picture need not wait for the screen's next frame: it is in that one all the same, and the GPU begins sooner.
      this.cancel();
      this.#run(performance.now());
      return;
    }
    this.#request ??= requestAnimationFrame(this.#run);
  }

  cancel(): void {
    if (this.#request !== undefined) cancelAnimationFrame(this.#request);
    this.#request = undefined;
  }

  readonly #run = (nowMs: number): void => {
    this.#request = undefined;
    try {
      if (this.#isTooEarly(nowMs)) {
        this.#request = requestAnimationFrame(this.#run);
        if (this.#isChange && !this.#isPlanned) this.#steps.plan();
        this.#isPlanned = true;
        return;
      }
      this.#isChange = false;
      this.#steps.draw(nowMs);
    } catch (error) {
      this.#steps.fail(error);
    }
  };

  #isTooEarly(nowMs: number): boolean {
    const pace = this.#steps.pace();
    return !!pace && (pace.isBusy(nowMs) || (!this.#isChange && pace.isResting(nowMs)));
  }
}
