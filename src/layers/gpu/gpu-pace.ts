/**
 * A GPU that takes longer than this for a frame, which is more than one of 60 a second, rests for some times as long, within bounds, before it is
 * given another that nobody waits for.
 */
const slowFrameMs = 25;

/**
 * How many times as long: a frame of half of a picture that is there soon afterwards delays the whole picture by more than it shows sooner. The
 * software renderer took 200 ms for one, and shares its cores with the decoders.
 */
const restFrames = 3;

/** The longest rest: a first frame may have taken seconds, for its shaders had to be compiled. */
const longestRestMs = 400;

/** A fence that is not signalled after this is taken for lost. */
const lostFenceMs = 4_000;

/**
 * Knows whether the GPU still works on the last frame. Frames that queue up would be seen late one by one, and the next call that has to
 * ask the driver something (a new texture page does) would block the main thread until all of them are done.
 */
export class GpuPace {
  readonly #gl: WebGL2RenderingContext;
  #fence: WebGLSync | null = null;
  #isFrame = false;
  #wasSeenBusy = false;
  #sentAtMs = 0;
  #doneAtMs = 0;
  #frameMs = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** How long a frame takes, as far as animation frames tell; 0 as long as each was done before anybody looked. */
  get frameMs(): number {
    return this.#frameMs;
  }

  /** A frame was handed over, or textures only, which tell nothing of how long a frame takes. */
  sent(nowMs: number, what: "frame" | "textures" = "frame"): void {
    const gl = this.#gl;
    gl.deleteSync(this.#fence);
    this.#isFrame = what === "frame";
    this.#fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    this.#sentAtMs = nowMs;
    this.#wasSeenBusy = false;
  }

  /** Whether the last frame is still being drawn. Never blocks. */
  isBusy(nowMs: number): boolean {
    if (!this.#fence) return false;
    const gl = this.#gl;
    const isDone =
      gl.isContextLost() || gl.getSyncParameter(this.#fence, gl.SYNC_STATUS) !== gl.UNSIGNALED;
    const tookMs = nowMs - this.#sentAtMs;
    if (!isDone && tookMs < lostFenceMs) {
      this.#wasSeenBusy = true;
      return true;
    }
    gl.deleteSync(this.#fence);
    this.#fence = null;
    if (!this.#isFrame) return false;
    // It may have been done for long before somebody looked.
    this.#frameMs = this.#wasSeenBusy ? tookMs : Math.min(this.#frameMs, tookMs);
    this.#doneAtMs = this.#sentAtMs + this.#frameMs;
    return false;
  }

  /** What is asked for now is not there yet: a slow GPU is spared frames of parts of it. */
  rest(nowMs: number): void {
    this.#doneAtMs = nowMs;
  }

  /** Whether a slow GPU should be spared frames that only show what has come in meanwhile: it often shares its cores with the decoders. */
  isResting(nowMs: number): boolean {
    const restMs = Math.min(restFrames * this.#frameMs, longestRestMs);
    return this.#frameMs > slowFrameMs && nowMs - this.#doneAtMs < restMs;
  }
}
