export const playbackModes = ["loop", "ping-pong", "once"] as const;

/** What happens at the end of the axis. */
export type PlaybackMode = (typeof playbackModes)[number];

export const slowestFps = 1;
export const fastestFps = 30;

/** Walking along an axis by itself. It never begins by itself. */
export type Playback = {
  /** Name of the axis that plays; undefined while none does. */
  readonly playing: string | undefined;
  /** Planes per second, 1…30; fewer are shown if planes come slower. */
  readonly fps: number;
  readonly mode: PlaybackMode;
};

/** Runs of indices, first and last, whose planes are in memory for the current view. */
export type BufferedRun = { readonly first: number; readonly last: number };
export type BufferedAxis = { readonly axis: string; readonly runs: readonly BufferedRun[] };

export const defaultPlayback: Playback = { playing: undefined, fps: 8, mode: "loop" };

export type PlaybackChange = {
  readonly playing?: string | undefined;
  readonly fps?: number;
  readonly mode?: PlaybackMode;
};

/** Applies a change; frame rates are whole and within the limits. */
export function withPlayback(playback: Playback, change: PlaybackChange): Playback {
  const { fps = playback.fps, mode = playback.mode } = change;
  return {
    playing: "playing" in change ? change.playing : playback.playing,
    fps: Number.isFinite(fps)
      ? Math.max(slowestFps, Math.min(fastestFps, Math.round(fps)))
      : playback.fps,
    mode,
  };
}

/** Where playback stands: `direction` is −1 on the way back of a ping-pong. */
export type PlayHead = { readonly index: number; readonly direction: 1 | -1 };

/** The next place along an axis of `size` indices; undefined at the end of a single run. */
export function nextHead(
  { index, direction }: PlayHead,
  size: number,
  mode: PlaybackMode,
): PlayHead | undefined {
  if (size < 2) return undefined;
  switch (mode) {
    case "loop":
      return { index: (index + 1) % size, direction: 1 };
    case "once":
      return index + 1 < size ? { index: index + 1, direction: 1 } : undefined;
    case "ping-pong": {
      const ahead = index + direction;
      if (ahead >= 0 && ahead < size) return { index: ahead, direction };
      return { index: index - direction, direction: direction === 1 ? -1 : 1 };
    }
  }
}

/** The indices that come next, at most `count`, each once and without the current one. */
export function upcomingIndices(
  head: PlayHead,
  size: number,
  mode: PlaybackMode,
  count: number,
): readonly number[] {
  const indices: number[] = [];
  let at: PlayHead | undefined = head;
  for (let step = 0; step < count; step++) {
    at = nextHead(at, size, mode);
    if (at === undefined) break;
    if (at.index !== head.index && !indices.includes(at.index)) indices.push(at.index);
  }
  return indices;
}
