import type { StageDeps } from "./stage-deps.ts";

/** A graphics context was lost and did not come back. */
export class ContextLostError extends Error {
  override readonly name = "ContextLostError";
}

/** Browsers give a lost context back within a second or two, or not at all. */
const patienceMs = 5_000;

/** Whether there is anything to draw with: a context that is lost may come back, and what fails without one is no failure of its own. */
export class DrawingAbility {
  readonly #deps: Pick<StageDeps, "onFailure" | "onRecovered">;
  readonly #onFailed: () => void;
  #state: "able" | "lost" | "failed" | "retrying" | "ended" = "able";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onFailed called after each failure, also after those that are not told again */
  constructor(deps: Pick<StageDeps, "onFailure" | "onRecovered">, onFailed: () => void) {
    this.#deps = deps;
    this.#onFailed = onFailed;
  }

  /** Nothing will be drawn until something is done about it. */
  get hasFailed(): boolean {
    return this.#state === "failed";
  }

  /** The context is gone; the browser may give it back. */
  lose(): void {
    if (this.#state !== "able") return;
    this.#state = "lost";
    this.#timer = setTimeout(
      () => this.#tell(new ContextLostError("The graphics context did not come back.")),
      patienceMs,
    );
  }

  /** Drawing failed. What fails while the context is lost works again with the next one, and is passed over. */
  fail(error: unknown): void {
    if (this.#state === "lost" || this.#state === "ended") return;
    if (this.hasFailed) this.#onFailed();
    else this.#tell(error instanceof Error ? error : new Error(String(error)));
  }

  /** Something was drawn. */
  recover(): void {
    clearTimeout(this.#timer);
    const hadFailed = this.#state === "failed" || this.#state === "retrying";
    this.#state = "able";
    if (hadFailed) this.#deps.onRecovered?.();
  }

  /** Another try is made; until it succeeds what was told stands. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#state = this.hasFailed ? "retrying" : "able";
  }

  #tell(error: Error): void {
    this.#state = "failed";
    if (this.#deps.onFailure) this.#deps.onFailure(error);
    else console.error(error);
    this.#onFailed();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#state = "ended";
  }
}
