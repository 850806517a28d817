import { defaultLabels, type LabelSettings, withLabel } from "../src/ui/state/labels.ts";
import { channelsInHand, withChannelInHand } from "../src/ui/state/own-contrast.ts";
import { platePoint, plateView, viewToTell } from "../src/ui/state/plate.ts";
import { withSelection } from "../src/ui/state/selection.ts";
import type { ViewerActions } from "../src/ui/state/viewer-state.ts";
import { displayAxesOf } from "../src/zarr/image/display-axes.ts";
import type { ChannelWindow } from "../src/zarr/image/image-model.ts";
import type { ZarrscopeApi, ZarrscopeState } from "./automation-api.ts";
import { firstView, isWithoutView } from "./first-view.ts";
import { LongTaskMeter } from "./long-tasks.ts";
import { parseStateChange, type StateChange } from "./state-change.ts";
import { version } from "./version.ts";
import type { ViewerSession } from "./viewer-session.ts";

/** The automation interface of one session. */
export function createAutomation(session: ViewerSession, actions: ViewerActions): ZarrscopeApi {
  const { store, machinery } = session;
  const longTasks = new LongTaskMeter();
  return {
    version,
    settled: async () => ({ tiles: await session.settled() }),
    getState: () => stateOf(session),
    setState: async (input) => {
      const change = parseStateChange(input);
      if (change.source !== undefined) await session.open(change.source);
      applyChange(session, actions, change);
      if (change.view) await changeView(session, actions, change.view);
    },
    tilesAt: async ({ x, y }) => {
      const tiles = session.stage?.tileAt(...worldPoint(session, x, y)) ?? [];
      return tiles.map(({ channel, state }) => ({ channel, state: state.kind }));
    },
    valueAt: async ({ x, y }) => {
      const at = worldPoint(session, x, y);
      await session.plate?.readAt(...at);
      return session.stage?.valueAt(...at);
    },
    labelsAt: async ({ x, y }) => session.stage?.labelsAt(x, y) ?? [],
    stats: () => {
      const { requests, bytes, decodedChunks, cacheBytes, workers } =
        machinery.scheduler.statistics();
      const { metadataCosts } = session;
      const { stage } = store.getState();
      return {
        requests: requests + metadataCosts.requests,
        bytes: bytes + metadataCosts.bytes,
        decodedChunks,
        cacheBytes,
        gpuBytes: stage?.gpuBytes ?? 0,
        gpuPages: stage?.gpuPages ?? 0,
        drawCalls: stage?.drawCalls ?? 0,
        workers,
        blockedMs: longTasks.blockedMs,
      };
    },
  };
}

/** A point as scripts tell it, in the world of the scene: with a well opened they mean that well's own. */
function worldPoint({ store }: ViewerSession, x: number, y: number): readonly [number, number] {
  const opened = store.getState().plate?.opened;
  return opened ? platePoint([x, y], opened.placement) : [x, y];
}

function stateOf({ store }: ViewerSession): ZarrscopeState {
  const state = store.getState();
  const { source, view: shown, plate, selection, greyscale, labels } = state;
  const view = shown && viewToTell(shown, plate);
  const axes = source.status === "open" ? displayAxesOf(source.image) : undefined;
  return {
    source: source.status === "empty" ? null : source.url,
    view: view ? { target: [view.target[0], view.target[1]], zoom: view.zoom } : null,
    axes: axes ? [axes[0], axes[1]] : null,
    selection: { ...selection },
    channels: channelsInHand(state).map(({ window, ...channel }) => ({
      ...channel,
      window: window ? { ...window } : null,
    })),
    greyscale,
    labels: state.labelsFound ? labels.map((label) => ({ ...label })) : null,
  };
}

function applyChange({ store }: ViewerSession, actions: ViewerActions, change: StateChange): void {
  if (change.axes) actions.setDisplayAxes(change.axes);
  store.setState((state) => {
    const { source, selection, labels } = state;
    if (source.status !== "open") return {};
    let nextSelection = selection;
    for (const [axis, index] of Object.entries(change.selection ?? {})) {
      nextSelection = withSelection(nextSelection, source.image, axis, index);
    }
    let changed = state;
    for (const part of change.channels ?? []) {
      const { index, visible, color, inverted, gamma, lut, window } = part;
      const current = channelsInHand(state).find((channel) => channel.index === index)?.window;
      const next = withChannelInHand(changed, index, {
        ...(visible === undefined ? {} : { visible }),
        ...(color === undefined ? {} : { color: color.toUpperCase() }),
        ...(inverted === undefined ? {} : { inverted }),
        ...(gamma === undefined ? {} : { gamma }),
        ...(lut === undefined ? {} : { lut }),
        ...(window ? { window: changedWindow(window, current) } : {}),
      });
      changed = { ...changed, ...next };
    }
    const { greyscale = state.greyscale } = change;
    return {
      selection: nextSelection,
      passesPlanes: false,
      channels: changed.channels,
      plate: changed.plate,
      greyscale,
      labels: changedLabels(labels, change.labels ?? []),
    };
  });
}

/** Half a view is completed by the one that there is; an image that was opened just now may have to wait for its first. */
async function changeView(
  { store }: ViewerSession,
  actions: ViewerActions,
  change: NonNullable<StateChange["view"]>,
): Promise<void> {
  const { source } = store.getState();
  const isWhole = change.target !== undefined && change.zoom !== undefined;
  if (!isWhole && isWithoutView(store.getState())) await firstView(store);
  const { view, plate, source: sourceNow } = store.getState();
  if (sourceNow !== source) return;
  const told = view && viewToTell(view, plate);
  const { target = told?.target, zoom = told?.zoom } = change;
  if (target === undefined || zoom === undefined) return;
  const placement = plate?.opened?.placement;
  actions.setView(placement ? plateView({ target, zoom }, placement) : { target, zoom });
}

function changedLabels(
  labels: readonly LabelSettings[],
  changes: NonNullable<StateChange["labels"]>,
): readonly LabelSettings[] {
  const known = new Set(labels.map(({ name }) => name));
  const added = changes.map(({ name }) => name).filter((name) => !known.has(name));
  let next = added.length === 0 ? labels : [...labels, ...defaultLabels([...new Set(added)])];
  for (const { name, visible, opacity, style } of changes) {
    next = withLabel(next, name, {
      ...(visible === undefined ? {} : { visible }),
      ...(opacity === undefined ? {} : { opacity }),
      ...(style === undefined ? {} : { style }),
    });
  }
  return next;
}

/** Slider limits stay as they were, unless they are given. */
function changedWindow(
  {
    start,
    end,
    min,
    max,
  }: { start: number; end: number; min?: number | undefined; max?: number | undefined },
  current: ChannelWindow | undefined,
): ChannelWindow {
  return { start, end, min: min ?? current?.min ?? start, max: max ?? current?.max ?? end };
}
