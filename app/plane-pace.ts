import { sameSelection } from "../src/layers/tiles/selection-history.ts";
import type { Selection } from "../src/zarr/image/image-model.ts";
import { indexAlong } from "./plane-step.ts";

/** A hand that stays on a plane for this long wants to see it. */
const restMs = 80;

/** A hand that is faster than the planes come sees one in so many. */
const stride = 16;

export type PlanePaceDeps = {
  /** Whether all of a selection is on screen. */
  isShown(selection: Selection): boolean;
  /** Whether all of it is in memory, so that it costs no request. */
  isThere(selection: Selection): boolean;
  /** Another selection is to be shown. */
  changed(): void;
  /** For tests: milliseconds on a clock of its own. */
  readonly nowMs?: () => number;
};

/**
 * Which of the planes that a hand passes over are shown. Each of them, as long as they come as fast as the hand moves; else the one it rests on,
 * one in `stride` on the way, and what is in memory anyway. The others are never asked for: they would be late, and hold up the last one.
 */
export class PlanePace {
  readonly #deps: PlanePaceDeps;
  readonly #nowMs: () => number;
  #shown: Selection | undefined;
  #shownAtMs = 0;
  /** How long the last plane took from being selected to being on screen; undefined while it is on its way. */
  #tookMs: number | undefined;
  #selected: Selection | undefined;
  #selectedAtMs = Number.NEGATIVE_INFINITY;
  #intervalMs = Number.POSITIVE_INFINITY;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #waiting: (() => void)[] = [];

  constructor(deps: PlanePaceDeps) {
    this.#deps = deps;
    this.#nowMs = deps.nowMs ?? (() => performance.now());
  }

  /** A state with the selection that is to be shown of it. */
  paced<State extends { readonly selection: Selection; readonly passesPlanes: boolean }>(
    state: State,
  ): State {
    const selection = this.shown(state.selection, state.passesPlanes);
    return selection === state.selection ? state : { ...state, selection };
  }

  /** The selection to show for the one that is selected. @param isPassed a hand is on its way over planes, and may go on */
  shown(selected: Selection, isPassed: boolean): Selection {
    if (selected !== this.#selected) this.#select(selected);
    const shown = this.#shown;
    if (shown === undefined || !isPassed) return this.#show(selected);
    if (sameSelection(shown, selected)) return this.#show(shown);
    if (this.#isDue(shown, selected)) return this.#show(selected);
    this.#rest ??= setTimeout(() => this.#hasRested(), restMs);
    return shown;
  }

  /** To be called after each drawn frame: what was shown on the way may be there, and the next one due. */
  drawn(): void {
    if (this.#shown === undefined || this.#tookMs !== undefined) return;
    if (!this.#deps.isShown(this.#shown)) return;
    this.#tookMs = this.#nowMs() - this.#shownAtMs;
    if (this.#rest !== undefined) this.#deps.changed();
  }

  /** Resolves when what is selected is what is shown. */
  idle(): Promise<void> {
    if (this.#rest === undefined) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Another image: nothing of it is shown yet. */
  clear(): void {
    this.#endRest();
    this.#shown = undefined;
    this.#selected = undefined;
    this.#selectedAtMs = Number.NEGATIVE_INFINITY;
  }

  #select(selected: Selection): void {
    const nowMs = this.#nowMs();
    this.#intervalMs = nowMs - this.#selectedAtMs;
    this.#selected = selected;
    this.#selectedAtMs = nowMs;
  }

  #isDue(shown: Selection, selected: Selection): boolean {
    if (this.#nowMs() - this.#selectedAtMs >= restMs) return true;
    if (this.#deps.isThere(selected)) return true;
    if (this.#tookMs === undefined) return false;
    return this.#intervalMs >= this.#tookMs || distance(shown, selected) >= stride;
  }

  #show(selection: Selection): Selection {
    this.#endRest();
    if (selection !== this.#shown) {
      this.#shown = selection;
      this.#shownAtMs = this.#nowMs();
      this.#tookMs = undefined;
    }
    return selection;
  }

  #hasRested(): void {
    this.#rest = undefined;
    const leftMs = this.#selectedAtMs + restMs - this.#nowMs();
    // The hand moved meanwhile: one timer at a time, however fast it is.
    if (leftMs > 0) this.#rest = setTimeout(() => this.#hasRested(), leftMs);
    else this.#deps.changed();
  }

  #endRest(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Planes between two selections, along the axis on which they are farthest apart. */
function distance(a: Selection, b: Selection): number {
  const lengths = Object.keys(b).map((axis) => Math.abs(indexAlong(b, axis) - indexAlong(a, axis)));
  return Math.max(0, ...lengths);
}
