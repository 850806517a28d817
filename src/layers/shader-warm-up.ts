import type { GpuPace } from "./gpu/gpu-pace.ts";
import type { TileRenderer } from "./gpu/tile-renderer.ts";

/** Milliseconds between looks whether a shader is compiled. */
const intervalMs = 8;

/**
 * Makes shaders ready one by one while tiles are on their way, whenever the GPU is done with what it was given. Not by animation frames: of those
 * there are few while the page itself is drawn anew.
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
