/** What is on the canvas of an image that is left for another stays for so many milliseconds at most. */
const leftMs = 400;

/** A new image has so many milliseconds to be there whole before it is shown in part. */
const cameMs = 400;

/**
 * From one image to the next the old picture stays until the new one is whole, or for a moment at most: nothing flashes, and what half a picture
 * costs goes into the whole one (docs/decisions/009-from-image-to-image.md).
 */
export class PictureHold {
  #untilMs = Number.NEGATIVE_INFINITY;

  /** @param isOneComing where there will be nothing: another one is on its way */
  changeScene(
    before: unknown,
    next: unknown,
    isOneComing: boolean,
    nowMs = performance.now(),
  ): void {
    if (!next) this.#untilMs = isOneComing && before ? nowMs + leftMs : Number.NEGATIVE_INFINITY;
    else if (!before) this.#untilMs = nowMs + cameMs;
  }

  /** What is asked for now is to be shown as it comes. */
  end(): void {
    this.#untilMs = Number.NEGATIVE_INFINITY;
  }

  /** Whether a frame is not to be drawn yet. @param isWhole nothing is missing in it */
  isHeld(isWhole: boolean, nowMs = performance.now()): boolean {
    return !isWhole && nowMs < this.#untilMs;
  }
}
