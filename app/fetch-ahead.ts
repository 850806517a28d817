import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import { planAround, planPrefetch, prefetchBytes } from "../src/layers/tiles/plan-prefetch.ts";
import { samePlans } from "../src/layers/tiles/plan-tiles.ts";
import { withSelection } from "../src/ui/state/selection.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { ChunkClient, ChunkRequest } from "../src/zarr/chunks/chunk-request.ts";
import type { Selection } from "../src/zarr/image/image-model.ts";
import { indexAlong, planeStep } from "./plane-step.ts";
import { showsSelection } from "./shown-planes.ts";

const client = "ahead";

/** Decoded bytes that are fetched ahead at most: planes first, what is left of them around the view. */
const budgetBytes = 48 * 2 ** 20;

/** Planes that a hand which steps through them will probably want next. */
const stepsAhead = 2;

/** A hand that passes over planes faster than this looks at none of them long enough to say what it wants next. */
const unhurriedMs = 150;

/** A view that stays for so long is left for its surroundings next, if for anything. */
const idleMs = 300;

export type FetchAheadDeps = {
  readonly store: ViewerStore;
  readonly chunks: ChunkClient;
  /** The stage's last frame. */
  drawn(): ComposedFrame | undefined;
  /** What playback will show next, the soonest first; empty while nothing plays. */
  upcoming(): readonly Selection[];
  /** The user asked for less data (`Save-Data`): only playback, which cannot do without, fetches ahead. */
  readonly savesData: boolean;
};

/**
 * Fetches what will probably be looked at next: the next planes while something plays or a hand steps through them, and once nothing has happened
 * for a while one tile around the view. Never while something that is on screen is waited for.
 */
export class FetchAhead {
  readonly #deps: FetchAheadDeps;
  #step: ReturnType<typeof planeStep>;
  #steppedAtMs = 0;
  #aheadOf: ComposedFrame["parts"] | undefined;
  #wanted = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: FetchAheadDeps) {
    this.#deps = deps;
    deps.store.subscribe((state, before) => this.#onState(state, before));
  }

  #onState(state: ViewerState, before: ViewerState): void {
    if (state.source !== before.source) this.#step = undefined;
    else if (state.selection !== before.selection) {
      const nowMs = performance.now();
      const isHasty = state.passesPlanes && nowMs - this.#steppedAtMs < unhurriedMs;
      this.#step = isHasty ? undefined : planeStep(before.selection, state.selection);
      this.#steppedAtMs = nowMs;
    }
    const isOtherFilm = state.playback !== before.playback;
    // What comes next is another matter now; nothing need be drawn for it.
    if (isOtherFilm) this.#aheadOf = undefined;
    if (isOtherFilm || state.stage !== before.stage) this.#afterFrame(state);
  }

  #afterFrame(state: ViewerState): void {
    const frame = this.#deps.drawn();
    const isPlaying = state.playback.playing !== undefined;
    // While a hand passes over planes the frame is mostly of another one.
    if (!frame || !showsSelection(frame, state.selection) || frame.tiles.pending > 0) {
      // A film cannot stop fetching for each frame that is late.
      if (!isPlaying) this.#declare([]);
      return;
    }
    // What is only on its way to the graphics card keeps no connection busy.
    if (!frame.complete) return;
    if (this.#aheadOf && samePlans(frame.parts, this.#aheadOf)) return;
    const planes = this.#planes(frame, state);
    this.#declare(planes, frame.parts);
    if (isPlaying || this.#deps.savesData) return;
    this.#idle = setTimeout(() => {
      const around = planAround(inputsOf(frame), budgetBytes - prefetchBytes(planes));
      if (around.length > 0) this.#declare([...planes, ...behind(planes, around)], frame.parts);
    }, idleMs);
  }

  #planes(frame: ComposedFrame, { source, selection }: ViewerState): ChunkRequest[] {
    const playing = this.#deps.upcoming();
    if (playing.length > 0) return planPrefetch(inputsOf(frame), playing, budgetBytes);
    const step = this.#step;
    if (!step || this.#deps.savesData || source.status !== "open") return [];
    const { image } = source;
    const index = indexAlong(selection, step.axis);
    const next = Array.from({ length: stepsAhead }, (_, k) =>
      withSelection(selection, image, step.axis, index + step.by * (k + 1)),
    );
    // For a plate of wells a step would be a thousand requests on suspicion.
    const few = inputsOf(frame).filter(({ isOneOfMany }) => !isOneOfMany);
    return planPrefetch(few, next, budgetBytes);
  }

  #declare(requests: readonly ChunkRequest[], aheadOf?: ComposedFrame["parts"]): void {
    clearTimeout(this.#idle);
    this.#aheadOf = aheadOf;
    if (requests.length === 0 && this.#wanted === 0) return;
    this.#wanted = requests.length;
    this.#deps.chunks.setWanted(client, requests);
  }
}

function inputsOf({ parts }: ComposedFrame): ComposedFrame["parts"][number]["input"][] {
  return parts.map(({ input }) => input);
}

/** Requests in the same tier, served after others. */
function behind(first: readonly ChunkRequest[], then: readonly ChunkRequest[]): ChunkRequest[] {
  return then.map(({ ref, priority: { tier, rank } }) => ({
    ref,
    priority: { tier, rank: rank + first.length },
  }));
}

/** Whether the user asked for less data. Exists in Chromium only, and in no type library. */
export function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, "connection");
  return (
    typeof connection === "object" &&
    connection !== null &&
    Reflect.get(connection, "saveData") === true
  );
}
