import type { ChannelWindow } from "../../zarr/image/image-model.ts";
import { type ChannelChange, usableWindow, withChannel } from "./channels.ts";
import type { PlateState } from "./plate.ts";
import type { ChannelSettings, ViewerState } from "./viewer-state.ts";

/** Display limits of one well alone, by channel index; a channel that is not in it has the plate's. */
export type OwnWindows = ReadonlyMap<number, ChannelWindow>;

/** Wells that may have limits of their own at once: each is a layer of the picture. */
export const mostOwnContrasts = 48;

type Shown = Pick<ViewerState, "channels" | "plate">;

/** The limits of its own that the opened well has; undefined where it has the plate's. */
export function ownWindows(plate: PlateState | undefined): OwnWindows | undefined {
  return plate?.opened && plate.ownContrast.get(plate.opened.well.id);
}

const inHand = new WeakMap<
  readonly ChannelSettings[],
  { readonly windows: OwnWindows; readonly channels: readonly ChannelSettings[] }
>();

/** The channels as they are shown where one is: with the limits of the opened well, if it has its own. The same list for the same state. */
export function channelsInHand({ channels, plate }: Shown): readonly ChannelSettings[] {
  const windows = ownWindows(plate);
  if (windows === undefined) return channels;
  const known = inHand.get(channels);
  if (known?.windows === windows) return known.channels;
  const made = channels.map((channel) => {
    const window = windows.get(channel.index);
    return window ? { ...channel, window } : channel;
  });
  inHand.set(channels, { windows, channels: made });
  return made;
}

/** Changes a channel; its limits are changed for the opened well alone where that has its own. */
export function withChannelInHand(
  { channels, plate }: Shown,
  index: number,
  change: ChannelChange,
): Partial<Shown> {
  const windows = ownWindows(plate);
  const { window: asked, ...others } = change;
  if (!plate?.opened || windows === undefined || asked === undefined) {
    return { channels: withChannel(channels, index, change) };
  }
  const window = usableWindow(asked);
  const rest = Object.keys(others).length > 0;
  return {
    ...(rest ? { channels: withChannel(channels, index, others) } : {}),
    ...(window
      ? { plate: withWindows(plate, plate.opened.well.id, new Map([...windows, [index, window]])) }
      : {}),
  };
}

/** Gives the opened well limits of its own, which begin as those of the plate, or takes them from it. */
export function withOwnContrast({ channels, plate }: Shown, isOwn: boolean): Partial<Shown> {
  if (!plate?.opened || isOwn === (ownWindows(plate) !== undefined)) return {};
  const { id } = plate.opened.well;
  if (!isOwn) return { plate: withWindows(plate, id, undefined) };
  const windows = new Map(
    channels.flatMap(({ index, window }) => (window ? [[index, window] as const] : [])),
  );
  return { plate: withWindows(plate, id, windows) };
}

/** The contrast that a link gives to the well which it opens; without one that well has the plate's. */
export function withLinkedContrast(
  plate: PlateState,
  own: ReadonlyMap<number, Pick<ChannelWindow, "start" | "end">> | undefined,
): PlateState {
  const id = plate.opened?.well.id;
  if (id === undefined || (own === undefined && !plate.ownContrast.has(id))) return plate;
  if (own === undefined) return withWindows(plate, id, undefined);
  // Back and forward to a well that has these limits already: those that were found for its sliders stay.
  const known = plate.ownContrast.get(id);
  const isKnown = [...own].every(([index, { start, end }]) => {
    const window = known?.get(index);
    return window?.start === start && window.end === end;
  });
  if (known?.size === own.size && isKnown) return plate;
  const windows = [...own].flatMap(([index, { start, end }]) => {
    const window = usableWindow({ start, end, min: start, max: end });
    return window ? [[index, window] as const] : [];
  });
  return withWindows(plate, id, new Map(windows));
}

/** The oldest gives way where there are too many. */
function withWindows(plate: PlateState, id: string, windows: OwnWindows | undefined): PlateState {
  const others = [...plate.ownContrast].filter(([well]) => well !== id);
  const kept = windows ? others.slice(Math.max(0, others.length + 1 - mostOwnContrasts)) : others;
  return { ...plate, ownContrast: new Map(windows ? [...kept, [id, windows]] : kept) };
}

/** What differs between two states of all wells, each in words that stay the same for as long as one limit is dragged. */
export function changedContrasts(
  before: PlateState["ownContrast"] | undefined,
  after: PlateState["ownContrast"] | undefined,
): readonly string[] {
  if (before === after) return [];
  const wells = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...wells].flatMap((well) => {
    const [old, own] = [before?.get(well), after?.get(well)];
    if (old === own) return [];
    if (!old || !own) return `contrast of ${well}: ${own ? "its own" : "the plate's"}`;
    const changed = [...own.keys()].filter((index) => old.get(index) !== own.get(index));
    return `contrast of ${well}: ${changed.join()}`;
  });
}
