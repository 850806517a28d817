import type { GpuPace } from "./gpu/gpu-pace.ts";

/** Why a frame is wanted: somebody changed what is shown, or something came in for it. */
export type FrameReason = "change" | "arrival";

/** Calls `draw` in an animation frame when one was requested, and not before the GPU is done with the last. */
export class FrameLoop {
  readonly #draw: (nowMs: number) => void;
  readonly #fail: (error: unknown) => void;
  #request: number | undefined;
  #isChange = false;
  #pace: GpuPace | undefined;

  /** @param fail is told what `draw` throws */
  constructor(draw: (nowMs: number) => void, fail: (error: unknown) => void) {
    this.#draw = draw;
    this.#fail = fail;
  }

  get isRequested(): boolean {
    return this.#request !== undefined;
  }

  request(reason: FrameReason = "change"): void {
    if (reason === "change") this.#isChange = true;
    this.#request ??= requestAnimationFrame(this.#run);
  }

  /** From here on frames wait for this GPU. */
  keepPaceWith(pace: GpuPace | undefined): void {
    this.#pace = pace;
  }

  cancel(): void {
    if (this.#request !== undefined) cancelAnimationFrame(this.#request);
    this.#request = undefined;
  }

  readonly #run = (nowMs: number): void => {
    this.#request = undefined;
    const pace = this.#pace;
    if (pace && (pace.isBusy(nowMs) || (!this.#isChange && pace.isResting(nowMs)))) {
      this.#request = requestAnimationFrame(this.#run);
      return;
    }
    this.#isChange = false;
    try {
      this.#draw(nowMs);
    } catch (error) {
      this.#fail(error);
    }
  };
}
