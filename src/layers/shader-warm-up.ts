import type { GpuPace } from "./gpu/gpu-pace.ts";
import type { TileRenderer } from "./gpu/tile-renderer.ts";

/** Milliseconds between looks whether a shader is compiled. */
const intervalMs = 8;

type WarmUpDeps = {
  /** What draws; undefined while there is no context. */
  graphics(): { readonly renderer: TileRenderer; readonly pace: GpuPace } | undefined;
  /** Is told what goes wrong. */
  fail(error: unknown): void;
};

/**
 * Makes shaders ready one by one while tiles are on their way, whenever the GPU is done with what it was given. Not by animation frames: of those
 * there are few while the page itself is drawn anew.
 */
export class ShaderWarmUp {
  readonly #deps: WarmUpDeps;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: WarmUpDeps) {
    this.#deps = deps;
  }

  /** To be called when there may be shaders to make ready. */
  soon(): void {
    if (this.#timer !== undefined || !this.#deps.graphics()?.renderer.isCold) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#next();
        this.soon();
      } catch (error) {
        this.#deps.fail(error);
      }
    }, intervalMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next(): void {
    const graphics = this.#deps.graphics();
    const nowMs = performance.now();
    if (!graphics || graphics.pace.isBusy(nowMs)) return;
    if (graphics.renderer.warmUp()) graphics.pace.sent(nowMs);
  }
}
