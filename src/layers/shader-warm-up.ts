import type { GpuPace } from "./gpu/gpu-pace.ts";
import type { TileRenderer } from "./gpu/tile-renderer.ts";

/** Milliseconds between shaders, and before the first: a hand that moves on at once comes first. */
const intervalMs = 100;

/**
 * Makes shaders ready one by one, whenever the GPU is done with what it was given. Once a picture is there, not before: on two cores with a
 * software renderer a first picture came 40 to 90 ms later when its shader was made ready ahead (measured), for that takes what decoding needs.
 */
export class ShaderWarmUp {
  readonly #renderer: TileRenderer;
  readonly #pace: GpuPace;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(renderer: TileRenderer, pace: GpuPace) {
    this.#renderer = renderer;
    this.#pace = pace;
  }

  /** To be called when there may be shaders to make ready. */
  soon(): void {
    if (this.#timer !== undefined || !this.#renderer.isCold) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#next();
      this.soon();
    }, intervalMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next(): void {
    const nowMs = performance.now();
    if (this.#pace.isBusy(nowMs)) return;
    if (this.#renderer.warmUp()) this.#pace.sent(nowMs);
  }
}
