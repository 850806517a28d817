import type { ChannelRendering, Scene } from "../src/layers/scene.ts";
import type { ChannelSettings, ViewerState } from "../src/ui/state/viewer-state.ts";
import type { OpenSource } from "./open-source.ts";

/** The scene of a state; the previous one, by identity, if nothing that is drawn differs. */
export function sceneOf(
  state: ViewerState,
  { image, arrays }: Pick<OpenSource, "image" | "arrays">,
  before: Scene | undefined,
): Scene {
  const { selection, channels, imageBackground } = state;
  const isSame =
    before?.image === image &&
    before.selection === selection &&
    before.background === imageBackground &&
    renderings.get(channels) === before.channels;
  if (before && isSame) return before;
  return {
    image,
    arrays,
    selection,
    channels: renderingsOf(channels),
    background: imageBackground,
  };
}

const renderings = new WeakMap<readonly ChannelSettings[], readonly ChannelRendering[]>();

function renderingsOf(channels: readonly ChannelSettings[]): readonly ChannelRendering[] {
  let known = renderings.get(channels);
  if (!known) {
    known = channels.map(renderingOf);
    renderings.set(channels, known);
  }
  return known;
}

function renderingOf({
  index,
  visible,
  color,
  window,
  inverted,
}: ChannelSettings): ChannelRendering {
  const limits = window ? { start: window.start, end: window.end } : null;
  return { index, visible, color, window: limits, gamma: 1, inverted };
}
