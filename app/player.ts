import type { ComposedFrame } from "../src/layers/frame-composer.ts";
import { bufferedRuns } from "../src/layers/tiles/buffered-runs.ts";
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
import { isThere } from "../src/zarr/chunks/chunk-state.ts";
import type { Axis, ImageModel, Selection } from "../src/zarr/image/image-model.ts";
import type { CalmMoments } from "./calm-moments.ts";
import { type PlaneReadiness, PlaybackClock } from "./playback-clock.ts";
import { showsSelection } from "./shown-planes.ts";

export type PlayerDeps = {
  readonly store: ViewerStore;
  readonly chunks: ChunkClient;
  readonly calm: CalmMoments;
  /** The stage's last frame. */
  drawn(): ComposedFrame | undefined;
};

/** Plays along an axis: moves the selection, and keeps track of what is in memory. */
export class Player {
  readonly #deps: PlayerDeps;
  readonly #clock: PlaybackClock;
  #direction: PlayHead["direction"] = 1;

  constructor(deps: PlayerDeps) {
    this.#deps = deps;
    this.#clock = new PlaybackClock({
      readiness: () => this.#readiness(),
      advance: () => this.#advance(),
      nowMs: () => performance.now(),
    });
    deps.store.subscribe((state, before) => this.#onState(state, before));
    deps.chunks.subscribe(() => this.#reportSoon());
  }

  #onState(state: ViewerState, before: ViewerState): void {
    if (state.playback !== before.playback) this.#onPlayback(state, before);
    if (state.stage !== before.stage) {
      this.#clock.drawn();
      // Before the first frame nobody knows which tiles a plane has.
      if (before.stage === undefined) this.#reportSoon();
    }
    const isOther =
      state.view !== before.view ||
      state.selection !== before.selection ||
      state.channels !== before.channels ||
      state.source !== before.source;
    if (isOther) this.#reportSoon();
  }

  #onPlayback({ playback }: ViewerState, before: ViewerState): void {
    if (playback.playing === undefined) {
      this.#clock.stop();
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
    if (!frame || !showsSelection(frame, selection)) return "none";
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

  /** The next planes, the soonest first; none while nothing plays. */
  upcoming(): readonly Selection[] {
    const { playback, selection } = this.#deps.store.getState();
    const found = this.#playedAxis();
    if (!found) return [];
    const { axis, image, index } = found;
    const count = playback.fps > 15 ? 4 : playback.fps > 7 ? 3 : 2;
    const head = { index, direction: this.#direction };
    const indices = upcomingIndices(head, axis.size, playback.mode, count);
    return indices.map((next) => withSelection(selection, image, axis.name, next));
  }

  #reportSoon(): void {
    this.#deps.calm.once(this.#reportBuffered);
  }

  readonly #reportBuffered = (): void => {
    const { store, chunks } = this.#deps;
    const { source, selection, buffered } = store.getState();
    const [part] = this.#deps.drawn()?.parts ?? [];
    if (source.status !== "open" || part?.catalogue.image !== source.image) return;
    const isBuffered = (key: string) => isThere(chunks.state(key));
    const input = { ...part.input, selection };
    const next = sliderAxes(source.image).map(
      (axis): BufferedAxis => ({ axis: axis.name, runs: bufferedRuns(input, axis, isBuffered) }),
    );
    if (JSON.stringify(next) !== JSON.stringify(buffered)) store.setState({ buffered: next });
  };
}
