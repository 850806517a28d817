/** What one message may hold, in characters and numbers, and how deep. */
const maxSize = 2 ** 20;
const maxDepth = 16;

/** Whether a message is small enough to be looked at. Stops counting where it is not. */
export function isSmallMessage(message: unknown): boolean {
  let left = maxSize;
  const take = (value: unknown, depth: number): boolean => {
    left -= 8;
    if (typeof value === "string") left -= value.length;
    else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) left -= value.byteLength;
    else if (typeof value === "object" && value !== null) {
      if (depth >= maxDepth) return false;
      // Maps, sets and the like have no entries of that kind; schemas know none of them.
      for (const key in value) {
        left -= key.length;
        if (left < 0 || !take(Reflect.get(value, key), depth + 1)) return false;
      }
    }
    return left >= 0;
  };
  return take(message, 0);
}

/** So many at once, and again so many a second; `now` in milliseconds. */
export class RateLimit {
  readonly #perSecond: number;
  #left: number;
  #lastMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
    this.#lastMs = nowMs;
  }

  take(nowMs: number): boolean {
    const passedS = Math.max(0, nowMs - this.#lastMs) / 1000;
    this.#lastMs = nowMs;
    this.#left = Math.min(this.#perSecond, this.#left + passedS * this.#perSecond);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
