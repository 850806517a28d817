/**
 * A question whose answer may change, asked once at a time: whoever asks gets an answer that was asked for after that moment, and those who come
 * while one is under way share the next one.
 */
export class SharedProbe<T> {
  readonly #ask: () => Promise<T>;
  #running: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** Rejects if the question does. */
  answer(): Promise<T> {
    if (this.#running === undefined) return this.#start();
    const after = () => {
      this.#next = undefined;
      return this.#start();
    };
    this.#next ??= this.#running.then(after, after);
    return this.#next;
  }

  #start(): Promise<T> {
    const running = this.#ask().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
