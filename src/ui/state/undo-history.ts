import { changedContrasts } from "./own-contrast.ts";
import type { PlateState } from "./plate.ts";
import type { ViewerState } from "./viewer-state.ts";

/** What undo brings back: the view, the plane and the rendering; of a plate also what wells have for themselves. */
export type UndoableState = Pick<
  ViewerState,
  "view" | "selection" | "channels" | "labels" | "imageBackground" | "greyscale"
> & { readonly ownContrast: PlateState["ownContrast"] | undefined };

/** Steps of `State`, oldest first; `future` holds what was undone, next first. */
export type UndoHistory<State> = {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
};

/** Older steps are forgotten. */
export const keptSteps = 100;

/** A history that begins here. */
export function beginHistory<State>(present: State): UndoHistory<State> {
  return { past: [], present, future: [] };
}

/** A new step; what was undone is gone. */
export function recordStep<State>(
  { past, present }: UndoHistory<State>,
  next: State,
): UndoHistory<State> {
  return { past: [...past, present].slice(-keptSteps), present: next, future: [] };
}

/** More of the same gesture: the present changes and no step is added. */
export function amendStep<State>({ past }: UndoHistory<State>, present: State): UndoHistory<State> {
  return { past, present, future: [] };
}

/** One step back; the same history if there is none. */
export function undoStep<State>(history: UndoHistory<State>): UndoHistory<State> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return {
    past: past.slice(0, -1),
    present: past[past.length - 1] ?? present,
    future: [present, ...future],
  };
}

/** One undone step again; the same history if there is none. */
export function redoStep<State>(history: UndoHistory<State>): UndoHistory<State> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0] ?? present, future: future.slice(1) };
}

/** The part of the viewer's state that undo knows. */
export function undoableOf({
  view,
  selection,
  channels,
  labels,
  imageBackground,
  greyscale,
  plate,
}: ViewerState): UndoableState {
  const ownContrast = plate?.ownContrast;
  return { view, selection, channels, labels, imageBackground, greyscale, ownContrast };
}

/** What is to be set to have a remembered step again; where one is on the plate stays. */
export function restoredState(
  { ownContrast, ...others }: UndoableState,
  { plate }: Pick<ViewerState, "plate">,
): Partial<ViewerState> {
  const isOther = plate && ownContrast && plate.ownContrast !== ownContrast;
  return { ...others, ...(isOther ? { plate: { ...plate, ownContrast } } : {}) };
}

/**
 * What a change is about, so that one gesture is one step: "view", "selection", or a channel's setting. undefined if nothing changed.
 */
export function gestureOf(before: UndoableState, after: UndoableState): string | undefined {
  const parts: string[] = [];
  if (before.view !== after.view) parts.push("view");
  if (before.selection !== after.selection) parts.push("selection");
  if (before.imageBackground !== after.imageBackground) parts.push("background");
  if (before.greyscale !== after.greyscale) parts.push("greyscale");
  if (before.labels !== after.labels) parts.push("labels");
  parts.push(...changedContrasts(before.ownContrast, after.ownContrast));
  if (before.channels !== after.channels) {
    for (const [position, channel] of after.channels.entries()) {
      const old = before.channels[position];
      if (old === channel) continue;
      const keys = Object.keys(channel).filter(
        (key) => old === undefined || Reflect.get(old, key) !== Reflect.get(channel, key),
      );
      if (keys.length > 0) parts.push(`channel ${channel.index}: ${keys.join()}`);
    }
  }
  return parts.length === 0 ? undefined : parts.join("; ");
}

/**
 * Display limits that were found for channels without any, and label images that were found, are nobody's step: every remembered state gets
 * them.
 */
export function withFound(state: UndoableState, found: UndoableState): UndoableState {
  const withLabels = withFoundLabels(state, found);
  let isChanged = withLabels !== state;
  const channels = state.channels.map((channel) => {
    const window = found.channels.find(({ index }) => index === channel.index)?.window;
    if (channel.window !== undefined || window === undefined) return channel;
    isChanged = true;
    return { ...channel, window };
  });
  return isChanged ? { ...withLabels, channels } : state;
}

function withFoundLabels(state: UndoableState, found: UndoableState): UndoableState {
  const isSameList =
    state.labels.length === found.labels.length &&
    state.labels.every(({ name }, i) => name === found.labels[i]?.name);
  if (isSameList) return state;
  const labels = found.labels.map(
    (label) => state.labels.find(({ name }) => name === label.name) ?? { ...label, visible: false },
  );
  return { ...state, labels };
}
