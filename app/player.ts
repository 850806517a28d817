import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import { bufferedRuns } from "../src/layers/tiles/buffered-runs.ts";
import { planPrefetch } from "../src/layers/tiles/plan-prefetch.ts";
import { sameSelection } from "../src/layers/tiles/selection-history.ts";
import {
  type BufferedAxis,
  nextHead,
  type PlayHead,
  upcomingIndices,
} from "../src/ui/state/playback.ts";
import { selectedIndex, sliderAxes, withSelection } from "../src/ui/state/selection.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { ChunkClient } from "../src/zarr/chunks/chunk-request.ts";
import type { Axis, ImageModel } from "../src/zarr/image/image-model.ts";
import { type PlaneReadiness, PlaybackClock } from "./playback-clock.ts";

const client = "playback";
/** Decoded bytes of planes that are fetched ahead. */
const aheadBytes = 48 * 2 ** 20;
const bufferedIntervalMs = 300;

export type PlayerDeps = {
  readonly store: ViewerStore;
  readonly chunks: ChunkClient;
  /** The stage's last frame. */
  drawn(): ComposedFrame | undefined;
};

/** Plays along an axis: moves the selection, fetches the next planes, and keeps track of what is in memory. */
export class Player {
  readonly #deps: PlayerDeps;
  readonly #clock: PlaybackClock;
  #direction: PlayHead["direction"] = 1;
  #aheadOf: string | undefined;
  #bufferedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: PlayerDeps) {
    this.#deps = deps;
    this.#clock = new PlaybackClock({
      readiness: () => this.#readiness(),
      advance: () => this.#advance(),
      nowMs: () => performance.now(),
    });
    deps.store.subscribe((state, before) => this.#onState(state, before));
    deps.chunks.subscribe(() => this.#lookForBuffered());
  }

  #onState(state: ViewerState, before: ViewerState): void {
    if (state.playback !== before.playback) this.#onPlayback(state, before);
    if (state.stage !== before.stage) {
      this.#fetchAhead(state);
      this.#clock.drawn();
    }
    const isOther =
      state.view !== before.view ||
      state.selection !== before.selection ||
      state.channels !== before.channels ||
      state.source !== before.source;
    if (isOther) this.#lookForBuffered();
  }

  #onPlayback({ playback }: ViewerState, before: ViewerState): void {
    if (playback.playing === undefined) {
      this.#clock.stop();
      this.#aheadOf = undefined;
      this.#deps.chunks.setWanted(client, []);
      return;
    }
    if (before.playback.playing !== playback.playing) this.#begin();
    this.#clock.run(playback.fps);
  }

  /** From the end, a single run begins anew. */
  #begin(): void {
    this.#direction = 1;
    const found = this.#playedAxis();
    if (!found) return;
    const { axis, image, index } = found;
    const { playback, selection } = this.#deps.store.getState();
    if (playback.mode === "once" && index === axis.size - 1) {
      this.#deps.store.setState({ selection: withSelection(selection, image, axis.name, 0) });
    }
  }

  #playedAxis(): { axis: Axis; image: ImageModel; index: number } | undefined {
    const { source, playback, selection } = this.#deps.store.getState();
    if (source.status !== "open") return undefined;
    const axis = sliderAxes(source.image).find(({ name }) => name === playback.playing);
    return axis && { axis, image: source.image, index: selectedIndex(selection, axis) };
  }

  #readiness(): PlaneReadiness {
    const frame = this.#deps.drawn();
    const { selection } = this.#deps.store.getState();
    const [part] = frame?.parts ?? [];
    if (!frame || !part || !sameSelection(part.input.selection, selection)) return "none";
    if (frame.complete) return "whole";
    return frame.covered ? "coarse" : "none";
  }

  #advance(): boolean {
    const { store } = this.#deps;
    const { playback, selection } = store.getState();
    const found = this.#playedAxis();
    const head =
      found && nextHead({ ...found, direction: this.#direction }, found.axis.size, playback.mode);
    if (!found || !head) {
      store.setState({ playback: { ...playback, playing: undefined } });
      return false;
    }
    this.#direction = head.direction;
    store.setState({
      selection: withSelection(selection, found.image, found.axis.name, head.index),
    });
    return true;
  }

  /** Declares the next planes, but adds none while something that is on screen is still waited for. */
  #fetchAhead({ playback, selection }: ViewerState): void {
    const found = this.#playedAxis();
    const parts = this.#deps.drawn()?.parts ?? [];
    const [part] = parts;
    if (!found || !part || this.#readiness() !== "whole") return;
    const { axis, image, index } = found;
    const { view, channels } = part.input;
    const aheadOf = JSON.stringify([index, this.#direction, playback, view, channels]);
    if (aheadOf === this.#aheadOf) return;
    this.#aheadOf = aheadOf;
    const count = playback.fps > 15 ? 4 : playback.fps > 7 ? 3 : 2;
    const head = { index, direction: this.#direction };
    const upcoming = upcomingIndices(head, axis.size, playback.mode, count);
    const selections = upcoming.map((next) => withSelection(selection, image, axis.name, next));
    this.#deps.chunks.setWanted(
      client,
      planPrefetch(
        parts.map(({ input }) => input),
        selections,
        aheadBytes,
      ),
    );
  }

  #lookForBuffered(): void {
    this.#bufferedTimer ??= setTimeout(() => {
      this.#bufferedTimer = undefined;
      this.#reportBuffered();
    }, bufferedIntervalMs);
  }

  #reportBuffered(): void {
    const { store, chunks } = this.#deps;
    const { source, selection, buffered } = store.getState();
    const [part] = this.#deps.drawn()?.parts ?? [];
    if (source.status !== "open" || part?.catalogue.image !== source.image) return;
    const isThere = (key: string) => {
      const state = chunks.state(key);
      return state?.kind === "data" || state?.kind === "fill";
    };
    const input = { ...part.input, selection };
    const next = sliderAxes(source.image).map(
      (axis): BufferedAxis => ({ axis: axis.name, runs: bufferedRuns(input, axis, isThere) }),
    );
    if (JSON.stringify(next) !== JSON.stringify(buffered)) store.setState({ buffered: next });
  }
}
