import { channelsInHand } from "../src/ui/state/own-contrast.ts";
import type { ChannelSettings, ContrastHint } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { PlaneStatistics } from "../src/zarr/chunks/chunk-state.ts";
import { autoWindow } from "./auto-window.ts";
import type { CalmMoments } from "./calm-moments.ts";

/** From this share of the pixels on, a picture counts as black or white. */
const almostAll = 0.995;

/** A visible channel and what is in view of it. */
export type HintedChannel = Pick<ChannelSettings, "window" | "inverted"> & {
  readonly statistics: PlaneStatistics;
};

/** Shares of the values at or below `start` and at or above `end`; a bin counts where its centre lies. */
function sharesOutside(
  { min, max, count, histogram }: NonNullable<PlaneStatistics>,
  { start, end }: NonNullable<ChannelSettings["window"]>,
): { readonly below: number; readonly above: number } {
  const binWidth = (max - min) / histogram.length;
  let below = 0;
  let above = 0;
  for (const [bin, inBin] of histogram.entries()) {
    const value = min + (bin + 0.5) * binWidth;
    if (value <= start) below += inBin;
    else if (value >= end) above += inBin;
  }
  return { below: below / count, above: above / count };
}

/**
 * What is wrong with the picture's display limits; undefined if enough lies within them, if any channel is still unknown, or if automatic
 * limits would change nothing for the better.
 */
export function contrastHint(channels: readonly HintedChannel[]): ContrastHint | undefined {
  const ends = new Set<"black" | "white">();
  for (const { window, inverted, statistics } of channels) {
    if (!window || !statistics || statistics.min === statistics.max) return undefined;
    const { below, above } = sharesOutside(statistics, window);
    if (Math.max(below, above) < almostAll) return undefined;
    const found = autoWindow([{ statistics }]);
    const after = found && sharesOutside(statistics, found);
    // Sparse images are dark, and stay it.
    if (!after || Math.max(after.below, after.above) >= almostAll) return undefined;
    ends.add(below > above === inverted ? "white" : "black");
  }
  if (ends.size === 2) return "flat";
  return [...ends][0];
}

/** Keeps `contrastHint` in the store, a little after the picture or the limits changed. */
export function watchContrast(
  store: ViewerStore,
  calm: CalmMoments,
  statisticsOf: (channel: number) => PlaneStatistics,
): void {
  const look = () => {
    const state = store.getState();
    const { source, greyscale, stage, contrastHint: before } = state;
    const channels = channelsInHand(state);
    const isWhole = source.status === "open" && stage !== undefined && stage.tiles.pending === 0;
    const visible = channels.filter((channel) => channel.visible);
    const shown = greyscale ? visible.slice(0, 1) : visible;
    const hint = isWhole
      ? contrastHint(
          shown.map(({ index, window, inverted }) => ({
            window,
            inverted,
            statistics: statisticsOf(index),
          })),
        )
      : undefined;
    if (hint !== before) store.setState({ contrastHint: hint });
  };
  store.subscribe((state, before) => {
    const isChanged =
      state.stage !== before.stage ||
      channelsInHand(state) !== channelsInHand(before) ||
      state.greyscale !== before.greyscale;
    if (isChanged) calm.once(look);
  });
}
