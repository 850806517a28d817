/** Wheel pixels per plane: one notch of a mouse is about 100, a trackpad sends many small ones. */
const pixelsPerStep = 60;
const pixelsPerLine = 40;

/** Whole steps out of wheel events, the rest kept for the next one. */
export class WheelSteps {
  #rest = 0;

  /** Steps that an event makes: positive towards the user, as one scrolls down. */
  take({ deltaX, deltaY, deltaMode }: Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode">): number {
    // With Shift some systems turn the wheel's direction by 90 degrees.
    const delta = Math.abs(deltaY) >= Math.abs(deltaX) ? deltaY : deltaX;
    const pixels = deltaMode === 0 ? delta : delta * pixelsPerLine;
    if (Math.sign(pixels) !== Math.sign(this.#rest)) this.#rest = 0;
    // A notch is one step, however far the system scrolls for it.
    this.#rest += Math.max(-pixelsPerStep, Math.min(pixelsPerStep, pixels));
    const steps = Math.trunc(this.#rest / pixelsPerStep);
    this.#rest -= steps * pixelsPerStep;
    return steps || 0;
  }
}
